"""What content files may hold: the sections of the app below, comparisons and FAQs."""

from comparisons.models import FAQ, ComparedCondition, Comparison, Point, PointKind, Verdict
from comparisons.models import Section as ComparisonSection
from conditions.fact_loading import FACTS
from conditions.loading import CLAIMS, Position, cite, in_place
from conditions.loading import SECTIONS as BELOW
from conditions.markdown import cited_keys
from conditions.models import Condition, Fact, Topic
from editorial.loading import Children, ItemEntry, Link, Row, Section


def _facts(keys: list[str]) -> list[Link]:
    return [Link.to(Fact, key) for key in keys]


def _topic(slug: str) -> Link | None:
    return Link.to(Topic, slug) if slug else None


class SectionEntry(ItemEntry):
    topic: str = ""
    heading: str
    lead: str = ""
    verdict: Verdict | None = None
    rests_on: list[str] = []

    def to_row(self) -> Row:
        values = {"heading": self.heading, "lead": self.lead, "verdict": self.verdict or ""}
        return Row(
            ComparisonSection,
            values,
            links={"topic": _topic(self.topic)},
            sets={"rests_on": _facts(self.rests_on)},
            marks={"lead": cite(cited_keys(self.lead))},
        )


class PointEntry(ItemEntry):
    kind: PointKind
    topic: str = ""
    text: str
    citations: list[str] = []
    rests_on: list[str] = []

    def to_row(self) -> Row:
        return Row(
            Point,
            {"kind": self.kind, "text": self.text},
            links={"topic": _topic(self.topic)},
            sets={"citations": cite(self.citations), "rests_on": _facts(self.rests_on)},
            marks={"text": cite(cited_keys(self.text))},
        )


class ComparisonEntry(ItemEntry):
    slug: str
    title: str
    conditions: list[str]
    answer: str
    summary: str = ""
    sections: list[SectionEntry] = []
    points: list[PointEntry] = []
    note: str = ""

    def to_row(self) -> Row:
        columns = [Row(ComparedCondition, links={"condition": Link.to(Condition, slug)}) for slug in self.conditions]
        return Row(
            Comparison,
            self.model_dump(exclude={"conditions", "sections", "points"}),
            children={
                "columns": Children(_placed(columns), "comparison", once="condition"),
                "sections": Children(
                    _placed([section.to_row() for section in self.sections]), "comparison", once="topic"
                ),
                "points": Children(_placed([point.to_row() for point in self.points]), "comparison"),
            },
            marks={name: cite(cited_keys(getattr(self, name))) for name in ("answer", "summary")},
            places={"columns": "conditions"},
        )


def _placed(rows: list[Row]) -> list[Row]:
    return [in_place(row, number) for number, row in enumerate(rows, start=1)]


class FAQEntry(ItemEntry):
    slug: str
    question: str
    answer: str
    conditions: list[str] = []
    comparisons: list[str] = []
    citations: list[str] = []
    position: Position
    note: str = ""

    def to_row(self) -> Row:
        return Row(
            FAQ,
            self.model_dump(exclude={"conditions", "comparisons", "citations"}),
            sets={
                "conditions": [Link.to(Condition, slug) for slug in self.conditions],
                "comparisons": [Link.to(Comparison, slug) for slug in self.comparisons],
                "citations": cite(self.citations),
            },
            marks={"answer": cite(cited_keys(self.answer))},
        )


SECTIONS = (*BELOW, FACTS, Section("comparisons", ComparisonEntry), Section("faqs", FAQEntry), CLAIMS)
