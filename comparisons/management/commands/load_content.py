"""Content files become drafts."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from comparisons.loading import SECTIONS
from editorial import actions
from editorial.errors import EditorialError
from editorial.loading import Loaded, LoadRefused, load
from editorial.models import ReviewedItem, User
from editorial.progress import show_progress
from editorial.workflow import Action, can_move


class Command(BaseCommand):
    help = "Loads content files (see fixtures/README.md) as drafts. Nothing becomes public. All of it, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a content file, or a folder of them")
        parser.add_argument("--by", metavar="USERNAME", help="the account that the changes are made under")
        parser.add_argument("--submit", action="store_true", help="also submit the drafts for review; needs --by")
        parser.add_argument("--comment", default="Loaded from content files.", help="the comment of each version")

    def handle(self, *args: Any, **options: Any) -> None:
        by = get_account(options["by"])
        if options["submit"] and by is None:
            raise CommandError("Say with --by who submits the drafts.")
        try:
            with transaction.atomic():
                loaded = load(
                    options["paths"],
                    SECTIONS,
                    by=by,
                    comment=options["comment"],
                    progress=show_progress(verbosity=options["verbosity"]),
                )
                submitted = submit_drafts(loaded.items, by=by) if options["submit"] and by else []
        except LoadRefused as refusal:
            raise CommandError(
                f"{refusal}\n{_count(len(refusal.problems), 'problem')}. Nothing was loaded."
            ) from refusal
        except EditorialError as refusal:
            sentences = "\n".join(refusal.reasons.values())
            raise CommandError(f"{sentences}\nNot submitted, so nothing was loaded.") from refusal
        if options["verbosity"]:
            self.stdout.write(describe(loaded, submitted=len(submitted) if options["submit"] else None))


def get_account(username: str | None) -> User | None:
    """The account of that name, or None without a name. Raises CommandError when there is none in use."""
    if username is None:
        return None
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no active account named “{username}”.")
    return user


def submit_drafts(items: list[ReviewedItem], *, by: User) -> list[ReviewedItem]:
    """Submits those of the items that may be submitted now, all in one batch, and returns them."""
    statuses = {item: item.review for item in items}
    drafts = [i for i, r in statuses.items() if can_move(Action.SUBMIT, status=r.status, has_approval=r.is_live)]
    actions.submit(drafts, by=by)
    return drafts


def describe(loaded: Loaded, *, submitted: int | None) -> str:
    """What was loaded, in sentences."""
    lines = []
    for rows, what in ((loaded.created, "new"), (loaded.updated, "changed")):
        counts = Counter(str(row._meta.verbose_name_plural) for row in rows)
        if counts:
            lines.append(f"{what.capitalize()}: " + ", ".join(f"{n} {name}" for name, n in counts.items()) + ".")
    lines.append(f"{_count(len(loaded.unchanged), 'entry', 'entries')} left as before.")
    if submitted is not None:
        lines.append(f"{_count(submitted, 'draft')} submitted for review.")
    return "\n".join(lines)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
