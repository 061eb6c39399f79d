"""By which names generated content is known, and told from all other."""

from dataclasses import dataclass

from django.db.models import QuerySet

from editorial.models import Review

PREFIX = "generated-"
NOTE = "Generated for measuring. It says nothing about anything."


@dataclass(frozen=True)
class Keys:
    """The keys of what is generated with one seed for the condition of one number; about as long as real ones."""

    seed: int
    number: int

    @property
    def condition(self) -> str:
        return f"{PREFIX}{self.seed}-{self.number}"

    @property
    def comparison(self) -> str:
        return f"{self.condition}-and-{self.number - 1}"

    def source(self, place: int) -> str:
        return f"{self.condition}-s{place}"

    def fact(self, place: int) -> str:
        return f"{self.condition}-f{place}"

    def term(self, place: int) -> str:
        return f"{self.condition}-t{place}"

    def faq(self, place: int) -> str:
        return f"{self.condition}-q{place}"


def list_foreign(*, seed: int) -> QuerySet[Review]:
    """The Reviews of all that was not generated with this seed."""
    return Review.objects.exclude(key__startswith=f"{PREFIX}{seed}-")
