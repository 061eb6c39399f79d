"""What a condition's page shows."""

from collections.abc import Sequence
from typing import Any

from conditions.composing import HELP
from conditions.models import Condition, Fact, Subtype
from tests.bench.plain.comparison import label
from tests.bench.plain.figures import Figure, choose_of_condition
from tests.bench.plain.reading import ReviewNote, read_condition, read_facts, read_related
from tests.bench.plain.references import References
from tests.bench.plain.statements import by_topic, group_facts


def build_condition(slug: str) -> dict[str, Any]:
    """The context of its template."""
    condition = read_condition(slug)
    return {"page": _Page(condition, list(read_facts([condition]))), **read_related(condition)}


class _Page:
    def __init__(self, condition: Condition, facts: Sequence[Fact]) -> None:
        self.references = References()
        self.name = label(condition)
        self.path = condition.get_absolute_url()
        self.also_known_as = [name for name in condition.also_known_as if name != condition.abbreviation]
        self.category, self.body_system = condition.category, condition.body_system
        self.definition = condition.definition
        self.definition_marks = self.references.marks(condition.definition_citations.all())
        self.key_facts = _list_key_facts(facts)
        subtypes = list(condition.subtypes.all())
        self._names = {subtype.slug: subtype.name for subtype in subtypes}
        self._figures = choose_of_condition(facts)
        topics = by_topic(facts)
        self.help = next((self._topic(own) for own in topics.values() if own[0].topic.aspect == HELP), None)
        self.forms = [self._form(subtype) for subtype in subtypes if not subtype.is_separate]
        self.confused_with = [self._form(subtype) for subtype in subtypes if subtype.is_separate]
        self.topics = [self._topic(own) for own in topics.values() if own[0].topic.aspect != HELP]
        self.codes = _list_codes(condition)
        self.codes_marks = self.references.marks(condition.codes_citations.all())
        self.review = ReviewNote([(condition.name, "condition", condition.slug)], [condition])

    def _form(self, subtype: Subtype) -> dict[str, Any]:
        return {
            "anchor": f"form-{subtype.slug}",
            "name": subtype.name,
            "abbreviation": subtype.abbreviation,
            "definition": subtype.definition,
            "marks": self.references.marks(subtype.citations.all()),
        }

    def _topic(self, facts: Sequence[Fact]) -> dict[str, Any]:
        topic = facts[0].topic
        return {
            "topic": topic,
            "anchor": f"topic-{topic.slug}",
            "groups": group_facts(facts, self.references, self._names),
            "figures": [
                Figure(chosen, self.references, of_several=False) for chosen in self._figures.get(topic.slug, ())
            ],
        }


def _list_key_facts(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    key = [fact for fact in facts if fact.prominence == "key" and fact.topic.in_table and fact.short]
    return [{"topic": members[0].topic, "facts": members} for members in by_topic(key).values()]


def _list_codes(condition: Condition) -> list[dict[str, Any]]:
    codes = [
        {"system": "ICD-10", "code": condition.icd10, "detail": list(condition.icd10_detail.items())},
        {"system": "ICD-11", "code": condition.icd11},
        {"system": "MeSH", "code": condition.mesh},
        {"system": "OMIM", "code": condition.omim},
    ]
    return [code for code in codes if code["code"] or code.get("detail")]
