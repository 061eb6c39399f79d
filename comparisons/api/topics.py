"""Topics: the readers' questions under which facts stand."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from comparisons.api.answering import about, cut, respond
from comparisons.api.facts import Condition, list_conditions
from comparisons.api.routing import reads
from comparisons.api.schemas import Paged, Paging
from conditions.content import TopicContent
from conditions.responses import read_day

router = Router(tags=["Topics"])


class Topic(TopicContent):
    conditions: list[str]
    """Slugs of the conditions that have facts under it."""


class TopicList(Paged):
    results: list[Topic]


@reads(router, "/topics", TopicList, name="list_topics", summary="All topics")
def list_all(request: HttpRequest, query: Query[Paging]) -> HttpResponse:
    """The topics under which there are public facts, in the order of the pages."""
    day = read_day(request)
    shown = list_conditions(request, day)
    page, paging = cut(request, _list_topics(shown), query)
    return respond(request, TopicList.model_construct(**about(shown, day), **paging, results=page))


def _list_topics(shown: Sequence[Condition]) -> list[Topic]:
    """A topic's words are those of the newest approval under it."""
    newest: dict[str, tuple[int, TopicContent]] = {}
    holders: dict[str, dict[str, None]] = {}
    for one in shown:
        for fact in one.content.facts:
            slug = fact.topic.slug
            newest[slug] = max(newest.get(slug, (0, fact.topic)), (fact.approval, fact.topic), key=lambda pair: pair[0])
            holders.setdefault(slug, {})[one.slug] = None
    topics = [Topic(**topic.model_dump(), conditions=list(holders[slug])) for slug, (_, topic) in newest.items()]
    return sorted(topics, key=lambda topic: (topic.position, topic.slug))
