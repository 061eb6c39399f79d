"""What editors and reviewers wait for: approving, and the pages that they live on."""

import random
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

import reversion
from django.test import Client

from conditions.models import Condition, Fact
from editorial import actions, preparing
from editorial.models import Review, User
from sclerosis_site import memory
from tests.bench.cases import BATCH, DAY, FIXED, FORM, LIST, MIXED, ONE, QUEUE, SAVE, TOGETHER
from tests.bench.load import HEADERS
from tests.bench.samples import Sample, make_samples
from tests.bench.timing import Taken, summarise, take_fixed, taking
from tests.factories import make_editor, make_reviewer

PART = "editorial"
MANY = 20
TIMES = 5


def take(*, round: int, size: int = 0) -> Iterator[Sample]:
    """Writes into its database, which has to be a copy."""
    memory.settle()  # As every worker does.
    editor, reviewer = make_editor(), make_reviewer()
    desk = _Desk(editor, reviewer, random.Random(round))
    yield from _samples(FIXED, [take_fixed() for _ in range(TIMES)], round, size)
    for case, measure in desk.cases():
        measure()  # The first time of anything is slow in every process.
        yield from _samples(case, [measure() for _ in range(TIMES)], round, size)


def _samples(case: str, runs: list[Taken], round: int, size: int) -> Iterator[Sample]:
    yield from make_samples(PART, case, summarise(runs), round=round, size=size)


class _Desk:
    """An editor and a reviewer at work."""

    def __init__(self, editor: User, reviewer: User, chance: random.Random) -> None:
        self._editor, self._reviewer, self._chance = editor, reviewer, chance
        self._client = Client(headers={**HEADERS, "Accept-Encoding": "identity"})
        self._client.force_login(reviewer)
        self._times = 0
        self._batch = ""

    def cases(self):
        """Acts first: what the pages show is then what a day leaves behind."""
        yield ONE, lambda: self._approve(self._choose(1))
        yield TOGETHER, lambda: self._approve(self._choose_of_one_condition())
        yield MIXED, lambda: self._approve(self._choose(MANY))
        yield SAVE, self._save_and_submit
        self._submit_changed(batch := self._choose_of_one_condition())
        items = urlencode([("items", fact.review_id) for fact in batch])
        yield QUEUE, lambda: self._open("/admin/review/")
        yield BATCH, lambda: self._open(f"/admin/review/batch/?{items}")
        self._client.force_login(self._editor)
        yield LIST, lambda: self._open("/admin/conditions/fact/")
        yield FORM, lambda: self._open(f"/admin/conditions/fact/{batch[0].pk}/change/")
        yield DAY, lambda: self._open("/admin/")

    def _choose(self, count: int) -> list[Fact]:
        """Approved facts, of as many conditions as there are."""
        conditions = list(Condition.objects.order_by("pk").values_list("pk", flat=True))
        chosen = self._chance.sample(conditions, min(count, len(conditions)))
        each = -(-count // len(chosen))
        return [fact for pk in chosen for fact in self._choose_of(pk, each)][:count]

    def _choose_of_one_condition(self) -> list[Fact]:
        pk = self._chance.choice(list(Condition.objects.order_by("pk").values_list("pk", flat=True)))
        return self._choose_of(pk, MANY)

    def _choose_of(self, condition: int, count: int) -> list[Fact]:
        facts = list(Fact.objects.filter(condition=condition, review__status="approved").order_by("pk"))
        return self._chance.sample(facts, min(count, len(facts)))

    def _approve(self, facts: Sequence[Fact]) -> Taken:
        self._submit_changed(facts)
        digests = dict(Review.objects.filter(fact__in=facts).values_list("pk", "digest"))
        shown = {fact: digests[fact.review_id] for fact in facts}
        # A thread that nobody waits for would run into the next measurement.
        with preparing.putting_off(), taking() as taken:
            actions.approve(facts, by=self._reviewer, digests=shown)
        return taken

    def _submit_changed(self, facts: Sequence[Fact]) -> None:
        for fact in facts:
            self._change(fact)
        actions.submit(facts, by=self._editor)

    def _change(self, fact: Fact) -> None:
        self._times += 1
        with reversion.create_revision():
            reversion.set_user(self._editor)
            fact.text = f"{fact.text.rstrip('.')}, as measured {self._times} times."
            fact.save()

    def _save_and_submit(self) -> Taken:
        fact = self._choose(1)[0]
        with taking() as taken:
            self._change(fact)
            actions.submit([fact], by=self._editor)
        self._approve_unmeasured(fact)
        return taken

    def _approve_unmeasured(self, fact: Fact) -> None:
        digest = Review.objects.get(pk=fact.review_id).digest
        with preparing.putting_off():
            actions.approve([fact], by=self._reviewer, digests={fact: digest})

    def _open(self, address: str) -> Taken:
        with taking() as taken:
            response = self._client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answers {response.status_code}.")
        return taken
