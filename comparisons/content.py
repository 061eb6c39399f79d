"""What approvals and editions of comparisons and FAQs hold, typed."""

from conditions.content import PageContent, PictureContent, TopicContent, Value


class FrozenSection(Value):
    topic: TopicContent | None
    heading: str
    lead: str
    verdict: str
    rests_on: list[str]
    position: int


class FrozenPoint(Value):
    kind: str
    topic: TopicContent | None
    text: str
    citations: list[str]
    rests_on: list[str]
    position: int


class _ComparisonCore(Value):
    slug: str
    title: str
    answer: str
    summary: str
    conditions: list[int]
    """Review ids of the conditions, in the order of the columns."""
    picture: PictureContent | None
    sections: list[FrozenSection]
    points: list[FrozenPoint]


class FrozenComparison(_ComparisonCore):
    """A comparison as an approval binds it."""


class ComparisonContent(_ComparisonCore, PageContent):
    id: int
    """The comparison's Review id."""
    approval: int


class _FAQCore(Value):
    slug: str
    question: str
    answer: str
    conditions: list[int]
    comparisons: list[int]
    citations: list[str]
    position: int


class FrozenFAQ(_FAQCore):
    """A question with its answer as an approval binds it."""


class FAQContent(_FAQCore, PageContent):
    id: int
    approval: int
