"""A page of which a few facts are new is made from its edition before: that is what all approvals make, to the byte."""

import random
from collections.abc import Callable, Sequence
from datetime import timedelta

import pgtrigger
import pytest
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Right
from django.utils import timezone

from conditions.models import Citation, Condition, Fact, Subtype
from editorial import actions, auditing, errors
from editorial.freezing import digest_of
from editorial.models import Edition, ReviewedItem, SearchEntry, SearchWord
from editorial.searching import indexing
from editorial.workflow import Status
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, make_topic, publish
from tests.revisions import comparing
from tests.steps import approve, edit, review_of, revise, submit

pytestmark = pytest.mark.django_db

SEEDS = range(3)
ACTS = 12
OPEN = (Status.DRAFT, Status.IN_REVIEW)


class Office:
    """Two conditions with facts that share sources and topics, and people who do anything to them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.topics = [make_topic("symptoms", position=1), make_topic("cause", position=2)]
        self.sources = [make_citation(key=f"s{number}") for number in range(4)]
        self.conditions = [make_condition(slug=slug, sources=self.sources[:1]) for slug in ("ms", "als")]
        self.subtypes = [
            Subtype.objects.create(condition=c, slug="f", name="Form", definition="A form.") for c in self.conditions
        ]
        self.reviewers = [make_reviewer(credentials=words) for words in ("", "MD", "RN")]
        self.facts = [self.add_fact(number) for number in range(12)]
        publish(*self.sources, *self.conditions, *self.facts)

    def add_fact(self, number: int) -> Fact:
        which = number % 2
        return make_fact(
            self.conditions[which],
            key=f"f{number}",
            topic=self.topics[number % 3 == 0],
            subtype=self.subtypes[which] if number % 4 == 0 else None,
            position=number,
            sources=self.chance.sample(self.sources, 2),
            label=self.chance.choice(["", "Tremor", "Größe"]),
        )

    def act(self) -> None:
        self.chance.choices(*zip(*self._list_acts(), strict=True))[0]()
        self._publish_drafts()

    def _list_acts(self) -> list[tuple[Callable[[], None], int]]:
        return [
            (self._reword, 8),
            (self._count, 2),
            (self._cite, 2),
            (self._move, 2),
            (self._confirm, 1),
            (self._retire, 2),
            (self._rename_condition, 1),
            (self._rename_topic, 1),
            (self._rename_subtype, 1),
            (self._change_source, 2),
        ]

    def _some_facts(self) -> list[Fact]:
        chosen = self.chance.sample(self.facts, self.chance.randint(1, 4))
        return list(Fact.objects.filter(pk__in=[fact.pk for fact in chosen]).order_by("pk"))

    def _reword(self) -> None:
        for fact in self._some_facts():
            edit(fact, text=f"Words of {self.chance.choice(['tremor', 'naïve', 'patients’', 'fatigue'])} {fact.key}.")

    def _count(self) -> None:
        for fact in self._some_facts():
            edit(fact, kind="quantity", value=self.chance.randint(1, 9), bound="about", unit="years", feature="tremor")

    def _cite(self) -> None:
        for fact in self._some_facts():
            fact.sources.all().delete()
            for position, source in enumerate(self.chance.sample(self.sources, 2)):
                fact.sources.create(citation=source, position=position, locator=f"p. {self.chance.randint(1, 9)}")
            edit(fact, short=f"Short {self.chance.randint(1, 99)}")

    def _move(self) -> None:
        for fact in self._some_facts():
            edit(fact, position=self.chance.randint(1, 20), topic=self.chance.choice(self.topics), subtype=None)

    def _confirm(self) -> None:
        live = [f for f in self._some_facts() if review_of(f).status == Status.APPROVED]
        actions.confirm(live, by=make_reviewer(credentials="MD")) if live else None

    def _retire(self) -> None:
        item = self.chance.choice([*self.facts, *self.sources])
        if review_of(item).status == Status.APPROVED:
            actions.retire([item], by=make_reviewer(), reason="Wrong.")

    def _rename_condition(self) -> None:
        condition = self.chance.choice(self.conditions)
        edit(Condition.objects.get(pk=condition.pk), name=f"Name {self.chance.randint(1, 99)}")

    def _rename_topic(self) -> None:
        topic = self.chance.choice(self.topics)
        topic.question = f"Question {self.chance.randint(1, 99)}?"
        topic.save()

    def _rename_subtype(self) -> None:
        Subtype.objects.filter(pk=self.chance.choice(self.subtypes).pk).update(slug=f"f{self.chance.randint(1, 9)}")
        for condition in Condition.objects.all():
            edit(condition, icd10=f"G{self.chance.randint(10, 99)}")

    def _change_source(self) -> None:
        source = Citation.objects.get(pk=self.chance.choice(self.sources).pk)
        edit(source, integrity=self.chance.choice(["current", "retracted", "concern"]))

    def _publish_drafts(self) -> None:
        """All together, or what facts stand on before them; some facts wait for another day."""
        items: list[ReviewedItem] = [*Citation.objects.all(), *Condition.objects.all(), *Fact.objects.order_by("key")]
        drafts = [i for i in items if review_of(i).status in OPEN and self.chance.random() < 0.9]
        facts = [item for item in drafts if isinstance(item, Fact)]
        ground = [item for item in drafts if not isinstance(item, Fact)]
        for batch in [drafts] if self.chance.random() < 0.3 else [ground, facts]:
            self._approve(batch) or [self._approve([item]) for item in batch]

    def _approve(self, items: Sequence[ReviewedItem]) -> bool:
        materiality = self.chance.choice(["clinical", "clinical", "editorial"])
        try:
            with transaction.atomic():
                submit(*(item for item in items if review_of(item).status == Status.DRAFT), by=make_editor())
                approve(*items, by=self.chance.choice(self.reviewers), materiality=materiality)
        except errors.EditorialError:
            return False
        return True


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_people_do_a_revised_edition_is_what_all_approvals_make(seed: int) -> None:
    office = Office(seed)
    with comparing() as revised:
        for _ in range(ACTS):
            office.act()

    assert revised
    assert Edition.objects.filter(kind="condition", number__gt=1).count() > len(revised)
    auditing.audit()
    found = list_words()
    indexing.rebuild()
    assert list_words() == found


def list_words() -> list[tuple[str, int]]:
    return list(SearchWord.objects.order_by("word").values_list("word", "uses"))


@pytest.fixture
def facts() -> list[Fact]:
    """Of one condition."""
    sources = [make_citation(key="a"), make_citation(key="b")]
    condition = make_condition(slug="ms", sources=sources[:1])
    topic = make_topic("symptoms")
    facts = [make_fact(condition, key=f"f{n}", sources=sources, topic=topic, position=n) for n in range(3)]
    publish(*sources, condition, *facts)
    return facts


def test_words_of_some_facts_are_revised(facts: list[Fact]) -> None:
    with comparing() as revised:
        editor = edit(facts[0], text="New words.")
        edit(facts[2], by=editor, text="Others.", subtype=None, short="Short", certainty="low")
        submit(facts[0], facts[2], by=editor)
        approve(facts[0], facts[2])

    assert revised == ["condition ms, edition 2"]
    assert [f["text"] for f in Edition.objects.current().get(kind="condition").content["facts"]][::2] == [
        "New words.",
        "Others.",
    ]


def move(fact: Fact) -> None:
    revise(fact, position=99)


def change_topic(fact: Fact) -> None:
    revise(fact, topic=make_topic("cause"))


def reword_topic(fact: Fact) -> None:
    fact.topic.name = "Signs"
    fact.topic.save()
    revise(fact, text="New words.")


def cite_another(fact: Fact) -> None:
    publish(source := make_citation(key="c"))
    fact.sources.create(citation=source, position=9)
    revise(fact, text="New words.")


def confirm_first(fact: Fact) -> None:
    actions.confirm([fact], by=make_reviewer(), at=timezone.now() + timedelta(days=1))
    revise(fact, text="New words.")


def add(fact: Fact) -> None:
    publish(make_fact(fact.condition, key="new", sources=[Citation.objects.get(key="a")], topic=fact.topic))


def retire(fact: Fact) -> None:
    actions.retire([fact], by=make_reviewer(), reason="Wrong.")


def rename_condition(fact: Fact) -> None:
    revise(fact.condition, name="Another name")


def change_source(fact: Fact) -> None:
    revise(Citation.objects.get(key="a"), title="Another title")


@pytest.mark.parametrize(
    "act",
    [move, change_topic, reword_topic, cite_another, confirm_first, add, retire, rename_condition, change_source],
)
def test_where_more_is_new_the_page_is_built(facts: list[Fact], act: Callable[[Fact], None]) -> None:
    with comparing() as revised:
        act(facts[0])

    assert revised == []
    auditing.audit()


@pytest.mark.parametrize("field", ["certainty", "topic", "sources", "quantity"])
def test_a_page_that_other_code_made_is_built(facts: list[Fact], field: str) -> None:
    forget_a_field_of_the_current_edition(field)
    with comparing() as revised:
        revise(facts[1], text="New words.")

    assert revised == []
    auditing.audit()


def forget_a_field_of_the_current_edition(field: str) -> None:
    edition = Edition.objects.current().get(kind="condition")
    del edition.content["facts"][0][field]
    with pgtrigger.ignore("editorial.Edition:immutable"):
        Edition.objects.filter(pk=edition.pk).update(content=edition.content, digest=digest_of(edition.content))


def test_entries_of_the_search_that_other_code_made_are_all_made_again(facts: list[Fact]) -> None:
    SearchEntry.objects.filter(kind="fact").update(digest=Concat(Value("other "), Right("address", 2)))
    with comparing() as revised:
        revise(facts[1], text="New words.")

    assert len(revised) == 1
    assert not SearchEntry.objects.filter(digest__startswith="other").exists()
    auditing.audit()
