"""A reviewer lets a blocking check pass for a reason: for this text only, on record, and never what a rule rests on."""

from decimal import Decimal

import pytest

from conditions.models import Citation, Condition, Fact, Measure
from editorial import actions, chain, errors
from editorial.checks import find_issues
from editorial.freezing import load_fresh
from editorial.models import Decision
from editorial.waivers import find_waiver
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, make_term, publish
from tests.steps import approve, digest_now, digests_now, edit, read_database, review_of, submit, texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Citation:
    source = make_citation()
    publish(source)
    return source


@pytest.fixture
def condition(source: Citation) -> Condition:
    condition = make_condition(sources=[source])
    publish(condition)
    return condition


@pytest.fixture
def fact(condition: Condition, source: Citation) -> Fact:
    """A draft with a blocking check that may be waived, and one that is only a warning."""
    return make_fact(condition, sources=[source, make_citation()], text="They come in three forms:")


def waive(fact: Fact, *codes: str, **values: object) -> Decision:
    options = {"by": make_reviewer(), "digest": digest_now(fact), "reason": "The list follows on the page."}
    return actions.waive(fact, codes=codes or ["dangling-colon"], **{**options, **values})


def test_a_waived_check_lets_the_item_be_submitted_and_approved(fact: Fact) -> None:
    with pytest.raises(errors.IssuesFound):
        submit(fact)

    waive(fact)
    submit(fact)
    approve(fact)

    assert texts_of(fact.condition) == [fact.text]


def test_the_decision_says_who_waived_which_check_and_why_and_stands_in_the_chain(fact: Fact) -> None:
    reviewer = make_reviewer(first_name="Rea", last_name="Viewer")
    decision = waive(fact, by=reviewer)

    assert (decision.action, decision.actor_name, decision.comment) == (
        "waive",
        "Rea Viewer",
        "The list follows on the page.",
    )
    message = "The text ends in a colon and nothing follows. Add the list, or end the sentence."
    assert decision.waived == [{"code": "dangling-colon", "field": "text", "message": message}]
    assert decision.digest == digest_now(fact)
    assert chain.find_break(Decision.objects.in_order()) is None
    assert review_of(fact).status == "draft"


def test_what_was_waived_counts_in_the_hash_of_the_decision(fact: Fact) -> None:
    decision = waive(fact)
    decision.waived = []

    assert chain.hash_of(decision) != decision.hash


def test_a_waiver_is_over_once_the_text_changes(fact: Fact) -> None:
    waive(fact)
    edit(fact, text="They come in four forms:")

    with pytest.raises(errors.IssuesFound, match="ends in a colon"):
        submit(fact)


def test_a_waiver_holds_again_for_the_text_that_it_was_given_for(fact: Fact) -> None:
    text = fact.text
    waive(fact)
    edit(fact, text="They come in four forms:")
    edit(fact, text=text)

    submit(fact)


def test_a_waiver_of_one_check_waives_no_other(condition: Condition, source: Citation) -> None:
    fact = make_fact(condition, sources=[source], text="So many:", kind="quantity", value=Decimal(3), unit="")
    waive(fact, "no-unit")

    with pytest.raises(errors.IssuesFound) as refused:
        submit(fact)
    assert [issue.code for issue in refused.value.issues[fact]] == ["dangling-colon"]


def test_another_number_that_is_implausible_is_another_check(condition: Condition, source: Citation) -> None:
    """The code and the field are the same; what was waived is the sentence that the reviewer read."""
    measure = Measure.objects.create(slug="m", name="Made up", plausible_low=0, plausible_high=1)
    fact = make_fact(condition, sources=[source], kind="quantity", value=Decimal(3), unit="x", measure=measure)
    waive(fact, "implausible")
    submit(fact)
    Measure.objects.filter(pk=measure.pk).update(plausible_high=2)

    assert digest_now(fact) == review_of(fact).submitted_digest
    with pytest.raises(errors.IssuesFound, match="outside what “Made up” can be \\(0 to 2\\)"):
        approve(fact)


def test_several_checks_are_waived_in_one_decision(condition: Condition, source: Citation) -> None:
    fact = make_fact(condition, sources=[source], text="So many:", kind="quantity", value=Decimal(3), unit="")

    decision = waive(fact, "no-unit", "dangling-colon")

    assert {entry["code"] for entry in decision.waived} == {"no-unit", "dangling-colon"}
    submit(fact)


def refuses(error: type[errors.EditorialError], words: str, fact: Fact, *codes: str, **values: object) -> None:
    options = {"by": make_reviewer(), "digest": digest_now(fact), "reason": "So.", **values}
    before = read_database()
    with pytest.raises(error, match=words):
        actions.waive(fact, codes=codes, **options)
    assert read_database() == before


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_check_is_waived_with_a_reason_only(fact: Fact, reason: str) -> None:
    words = "Give the reason why the check does not count"
    refuses(errors.TransitionNotAllowed, words, fact, "dangling-colon", reason=reason)


def test_nobody_waives_a_check_of_their_own_work(fact: Fact) -> None:
    author = make_reviewer()
    edit(fact, by=author, text="My own list:")

    refuses(errors.OwnWorkRefused, "another person must review it", fact, "dangling-colon", by=author)


def test_an_editor_waives_nothing(fact: Fact) -> None:
    refuses(errors.NotPermitted, "do not have the right", fact, "dangling-colon", by=make_editor())


def test_a_check_is_waived_for_the_text_that_was_shown(fact: Fact) -> None:
    shown = digest_now(fact)
    edit(fact, text="They come in five forms:")

    refuses(errors.ContentChanged, "has changed since it was shown", fact, "dangling-colon", digest=shown)


@pytest.mark.parametrize("codes", [[], ["implausible"], ["dangling-colon", "no-such-check"], ["citation-pending"]])
def test_what_the_item_does_not_have_or_does_not_block_is_not_waived(fact: Fact, codes: list[str]) -> None:
    refuses(errors.TransitionNotAllowed, "has no blocking check", fact, *codes)


def test_a_check_is_waived_once(fact: Fact) -> None:
    waive(fact)

    refuses(errors.TransitionNotAllowed, "has no blocking check “dangling-colon” now", fact, "dangling-colon")


def test_what_a_rule_rests_on_is_never_waived(condition: Condition, source: Citation) -> None:
    """A claim without a source, a missing text: no reason makes these good."""
    other = make_condition(sources=[source])
    foreign = make_fact(condition, sources=[source], subtype=other.subtypes.create(slug="s", name="S", definition="D"))
    refuses(errors.TransitionNotAllowed, "Nobody may waive this", foreign, "foreign-subtype")
    uncited = make_fact(condition, sources=[], text="")
    refuses(errors.TransitionNotAllowed, "No source supports this fact", uncited, "uncited")
    refuses(errors.TransitionNotAllowed, "The text is empty", uncited, "empty-text")
    refuses(errors.TransitionNotAllowed, "Nobody may waive this", make_term(sources=[]), "uncited")


def test_what_is_not_approved_yet_is_never_waived(condition: Condition) -> None:
    fact = make_fact(condition, sources=[make_citation()])

    refuses(errors.TransitionNotAllowed, "has no blocking check", fact, "citation-unapproved")


def test_a_waiver_does_not_count_for_a_check_that_may_not_be_waived_any_more(fact: Fact) -> None:
    """What may be waived is said by the check of today, not by an old decision."""
    decision = waive(fact)
    issue = next(i for i in find_issues([load_fresh([fact])[fact]])[fact] if i.code == "dangling-colon")

    assert find_waiver(issue, [decision], digest=decision.digest) == decision
    strict = type(issue)(issue.code, issue.severity, issue.message, issue.field)
    assert find_waiver(strict, [decision], digest=decision.digest) is None


def test_a_public_item_with_a_waived_check_can_be_confirmed(fact: Fact) -> None:
    waive(fact)
    submit(fact)
    approve(fact)

    assert actions.confirm([fact], by=make_reviewer())
    assert digests_now(fact)[fact] == review_of(fact).approval.digest
