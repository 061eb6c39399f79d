"""A small site that holds every structure that a page may meet, published through the real workflow."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from comparisons.models import FAQ, Comparison, Point, Section
from conditions.models import Citation, Condition, Fact, FactCitation, Measure, Subtype, Term, Topic
from editorial import actions
from editorial.models import Picture
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_fact,
    make_faq,
    make_reviewer,
    make_term,
    make_topic,
    publish,
)

PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
)


@dataclass(frozen=True)
class RichSite:
    stiffness: Condition
    hardness: Condition
    rigidity: Condition
    comparison: Comparison
    faq: FAQ
    term: Term


def build_rich_site() -> RichSite:
    """Three conditions, of which two are compared by editors and the third is bare."""
    sources = _make_sources()
    topics = _make_topics()
    stiffness, hardness, rigidity = _make_conditions(sources)
    rates = _make_rates(stiffness, hardness, topic=topics["outlook"], sources=sources)
    facts = [*_make_stiff_facts(stiffness, topics, sources), *_make_hard_facts(hardness, topics, sources), *rates]
    comparison = _make_comparison(stiffness, hardness, topics, sources, facts)
    faq = make_faq(stiffness, hardness, sources=sources[:1], slug="can-one-have-both", question="Can one have both?")
    FAQ.objects.filter(pk=faq.pk).update(answer="Yes, *rarely* [@sound].\n\n- In two ways\n- In three")
    faq.refresh_from_db()
    faq.comparisons.set([comparison])
    term = make_term(sources=sources[:1], slug="collagen", preferred="collagen")
    items = [*sources, stiffness, hardness, rigidity, *facts, comparison, faq, term]
    for item in items:
        item.save()  # What hangs on an item was added after its first save.
        item.refresh_from_db()
    publish(*items)
    _withdraw_a_source(sources)
    return RichSite(stiffness, hardness, rigidity, comparison, faq, term)


@dataclass(frozen=True)
class BareSite:
    stiffness: Condition
    hardness: Condition
    rigidity: Condition
    comparison: Comparison


def build_bare_site() -> BareSite:
    """The same addresses with hardly a word behind them, for tests of how pages answer."""
    source = make_citation()
    stiffness, hardness, rigidity = (
        make_condition(slug=name.lower(), name=name, position=place, sources=[source], **more)
        for place, (name, more) in enumerate(
            [("Stiffness", {"abbreviation": "ST"}), ("Hardness", {}), ("Rigidity", {})], 1
        )
    )
    comparison = make_comparison(stiffness, hardness, slug="stiffness-vs-hardness", title="Stiffness vs hardness")
    comparison.save()  # Its columns were added after its first save.
    comparison.refresh_from_db()
    publish(source, stiffness, hardness, rigidity, comparison)
    return BareSite(stiffness, hardness, rigidity, comparison)


def _make_sources() -> list[Citation]:
    sound = make_citation(key="sound", title="A sound study", evidence="cohort", url="https://example.org/sound")
    corrected = make_citation(key="corrected", integrity="corrected", evidence="trial")
    concern = make_citation(key="concern", integrity="concern", evidence="review")
    other = make_citation(key="other", title="Another <b>study</b> & more", doi="", url="")
    doomed = make_citation(key="doomed")
    return [sound, corrected, concern, other, doomed]


def _make_topics() -> dict[str, Topic]:
    rows = [
        ("overview", "Overview", True),
        ("symptoms", "Symptoms", True),
        ("diagnosis", "Diagnosis", True),
        ("outlook", "Prognosis", False),
    ]
    return {
        slug: make_topic(slug, aspect=aspect, position=place, in_table=in_table)
        for place, (slug, aspect, in_table) in enumerate(rows, 1)
    }


def _make_conditions(sources: list[Citation]) -> tuple[Condition, Condition, Condition]:
    picture = Picture.store(PICTURE, media_type="image/png")
    stiffness = make_condition(
        slug="stiffness",
        sources=sources[:2],
        name="Stiffness",
        abbreviation="ST",
        position=1,
        also_known_as=["Rigor & more"],
        category="Made-up conditions",
        body_system="Everything",
        icd10="X35",
        icd10_detail={"X35.1": "Early", "X35.2": "Late"},
        mesh="D000001",
        evidence_searched_on=date(2026, 10, 1),
        picture=picture,
        picture_alt="A stiff arm",
        picture_credit="Drawn for tests",
    )
    stiffness.codes_citations.set(sources[:1])
    form = Subtype.objects.create(
        condition=stiffness, slug="early", name="Early stiffness", abbreviation="ES", definition="It starts early."
    )
    form.citations.set(sources[:1])
    Subtype.objects.create(
        condition=stiffness, slug="laziness", name="Laziness", definition="Another thing.", is_separate=True
    )
    hardness = make_condition(slug="hardness", sources=sources[:1], name="Hardness", position=2, parent=stiffness)
    rigidity = make_condition(slug="rigidity", sources=sources[:1], name="Rigidity", position=3)
    return stiffness, hardness, rigidity


def _make_stiff_facts(condition: Condition, topics: dict[str, Topic], sources: list[Citation]) -> list[Fact]:
    early = condition.subtypes.get(slug="early")

    def add(key: str, topic: str, cited: list[Citation], **values: Any) -> Fact:
        return make_fact(condition, key=key, topic=topics[topic], sources=cited, **values)

    what = add("st-what", "overview", sources[:2], prominence="key", short="Stiff all over", position=10)
    doomed = add("st-doomed", "overview", [sources[0], sources[4]], prominence="main", position=20, certainty="low")
    arm = add("st-arm", "symptoms", sources[:1], prominence="key", short="A stiff arm", group="Arms", position=10)
    leg = add("st-leg", "symptoms", sources[2:3], prominence="key", short="A stiff leg", group="Legs", position=20)
    toe = add("st-toe", "symptoms", sources[:1], parent=leg, label="Toe", subtype=early, group="Legs", position=30)
    dispute = add("st-dispute", "symptoms", sources[:1], certainty="unclear", position=40)
    FactCitation.objects.create(fact=dispute, citation=sources[3], bearing="contradicts", locator="p. 4", position=1)
    rules = add(
        "st-rules", "diagnosis", sources[:1], kind="criterion", rule="at_least", rule_count=2, prominence="main"
    )
    one = add("st-rule-one", "diagnosis", sources[:1], kind="criterion", parent=rules, position=1)
    two = add("st-rule-two", "diagnosis", sources[:1], kind="criterion", parent=rules, position=2)
    return [what, doomed, arm, leg, toe, dispute, rules, one, two, _make_quantity(condition, topics, sources)]


def _make_quantity(condition: Condition, topics: dict[str, Topic], sources: list[Citation]) -> Fact:
    measure = Measure.objects.create(
        slug="survival",
        name="People alive after 5 years",
        unit="percent",
        plausible_low=0,
        plausible_high=100,
        display="percent",
    )
    return make_fact(
        condition,
        key="st-survival",
        topic=topics["outlook"],
        sources=sources[:1],
        kind="quantity",
        prominence="main",
        measure=measure,
        value="72",
        interval_low="70",
        interval_high="75.5",
        bound="about",
        unit="percent",
        population="1,758 people",
        region="Norway",
        period="2010-2015",
        counted_from="diagnosis",
        comparator_label="placebo",
        comparator_value="39.3",
        statistic="share",
        is_derived=True,
    )


def _make_hard_facts(condition: Condition, topics: dict[str, Topic], sources: list[Citation]) -> list[Fact]:
    return [
        make_fact(
            condition, key="ha-what", topic=topics["overview"], sources=sources[:1], prominence="key", short="Hard"
        ),
        make_fact(condition, key="ha-outlook", topic=topics["outlook"], sources=sources[3:4], prominence="main"),
    ]


def _make_rates(*conditions: Condition, topic: Topic, sources: list[Citation]) -> list[Fact]:
    """Numbers that are drawn: two of each condition, which differ in place."""
    measure = Measure.objects.create(
        slug="rate",
        name="People with the condition",
        unit="per 100 000 people",
        plausible_low=0,
        plausible_high=5000,
        display="per_100k",
    )
    return [
        make_fact(
            condition,
            key=f"{condition.slug}-rate-{value}",
            topic=topic,
            sources=sources[:1],
            kind="quantity",
            prominence="key",
            short="So many",
            measure=measure,
            unit=measure.unit,
            region=region,
            value=value,
            interval_low=value - 2,
            interval_high=value + 2,
        )
        for place, condition in enumerate(conditions)
        for value, region in ((5 + 30 * place, "Norway"), (12, f"Place {place}"))
    ]


def _make_comparison(
    stiffness: Condition, hardness: Condition, topics: dict[str, Topic], sources: list[Citation], facts: list[Fact]
) -> Comparison:
    comparison = make_comparison(
        stiffness,
        hardness,
        slug="stiffness-vs-hardness",
        title="Stiffness vs hardness",
        answer="They are not the same.",
        summary="One is stiff [@sound]. The other is *hard* [@sound; @other].",
    )
    section = Section.objects.create(
        comparison=comparison, topic=topics["overview"], heading="Are they alike?", verdict="partly", position=1,
        lead="A little [@sound].",
    )  # fmt: skip
    section.rests_on.set(facts[:1])
    Section.objects.create(comparison=comparison, heading="A word on the names", lead="Both are words.", position=2)
    for place in range(8):
        _add_point(comparison, "difference", place, topics["symptoms" if place % 2 else "overview"], sources)
    for place, kind in enumerate(("similarity", "co-occurrence", "confusion"), start=8):
        _add_point(comparison, kind, place, None, sources)
    return comparison


def _add_point(comparison: Comparison, kind: str, place: int, topic: Topic | None, sources: list[Citation]) -> None:
    point = Point.objects.create(
        comparison=comparison, kind=kind, position=place, topic=topic, text=f"A {kind} with the number {place}."
    )
    point.citations.set(sources[:1])


def _withdraw_a_source(sources: list[Citation]) -> None:
    actions.retire(sources[4:5], by=make_reviewer(), reason="Made up.")
