"""The name of a condition with its colour, as lists, columns, links and pictures show it."""

from dataclasses import dataclass

from editorial.languages import local_path

TONES = 6


@dataclass(frozen=True)
class Name:
    """A condition as lists, columns and links name it."""

    slug: str
    name: str
    abbreviation: str
    tone: int
    """Which of the colours of the stylesheet; the name always stands beside it."""

    @property
    def url(self) -> str:
        return local_path(f"/conditions/{self.slug}/")

    @property
    def full(self) -> str:
        return f"{self.name} ({self.abbreviation})" if self.abbreviation else self.name

    @property
    def brief(self) -> str:
        return self.abbreviation or self.name


def name_of(*, slug: str, name: str, abbreviation: str, position: int) -> Name:
    return Name(slug=slug, name=name, abbreviation=abbreviation, tone=(position - 1) % TONES + 1)
