"""The demonstration site: its accounts, and all content taken through the real workflow."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Model
from django.db.models.fields.json import KT
from django.utils import timezone

from comparisons.loading import SECTIONS
from conditions.models import Fact
from editorial import actions, statements
from editorial.errors import EditorialError
from editorial.groups import ADMINISTRATORS, EDITORS, REVIEWERS
from editorial.loading import LoadRefused, load
from editorial.loading.rows import Link
from editorial.loading.writing import find_on_site
from editorial.models import Decision, Edition, Review, ReviewedItem, User
from editorial.progress import Progress, show_progress
from editorial.workflow import Action

PASSWORD = "for-demonstration-only"
CREDENTIALS = "demonstration account, not a clinician"
INTERESTS = "A demonstration account: nobody stands behind it, so it has no interests to declare."
ACCOUNTS = {
    "editor": ("Editor", EDITORS, "writes and submits"),
    "reviewer": ("Reviewer", REVIEWERS, "approves"),
    "admin": ("Administrator", ADMINISTRATORS, "does everything else"),
}
BATCH = 100


class Command(BaseCommand):
    help = (
        "Sets up the demonstration site: accounts, and the content of fixtures/, approved through the workflow. "
        "Loads only what was never there, so a second run changes nothing, whatever was edited meanwhile."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("This is a production site (DEBUG is off). Demonstration content has no place here.")
        call_command("migrate", verbosity=0)
        progress = show_progress(verbosity=options["verbosity"])
        try:
            with transaction.atomic():
                accounts = {username: ensure_account(username) for username in ACCOUNTS}
                count = publish_new(accounts["editor"], accounts["reviewer"], progress=progress)
        except LoadRefused as refusal:
            raise CommandError(f"{refusal}\nThe content could not be loaded.") from refusal
        except EditorialError as refusal:
            raise CommandError("\n".join(refusal.reasons.values())) from refusal
        if options["verbosity"]:
            self.stdout.write(describe(count))


def ensure_account(username: str, *, password: str | None = PASSWORD) -> User:
    """The demonstration account, made if it is not there. Raises CommandError when the name is somebody's own.

    Nobody can sign in with an account that is made without a password.
    """
    name, group, _ = ACCOUNTS[username]
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User.objects.create_user(
            username,
            password=password,
            first_name="Demo",
            last_name=name,
            credentials=CREDENTIALS,
            is_demonstration=True,
            is_staff=True,
            is_superuser=username == "admin",
        )
        user.groups.set([Group.objects.get(name=group)])
    elif not user.is_demonstration:
        raise CommandError(
            f"There is an account “{username}” that is no demonstration account. Rename it, then run this again."
        )
    sign_statement(user)
    return user


def sign_statement(user: User) -> None:
    """Demonstration accounts have a statement of interests, as a reviewer must; it is renewed when it is too old."""
    now = timezone.now()
    if not statements.is_valid(user, on=now.date()):
        statements.sign(user, text=INTERESTS, at=now)


def publish_new(editor: User, reviewer: User, *, progress: Progress) -> int:
    """Loads, submits and approves what was never on the site; how many items that was."""
    loaded = load(
        [settings.BASE_DIR / "fixtures"],
        SECTIONS,
        by=editor,
        comment="Demonstration content.",
        skip=find_known,
        progress=progress,
    )
    items = [row for row in loaded.created if isinstance(row, ReviewedItem)]
    step = progress("Approving", len(items))
    for batch in list_batches(items):
        actions.submit(batch, by=editor)
        digests = dict(Review.objects.filter(pk__in=[item.review_id for item in batch]).values_list("pk", "digest"))
        shown = {item: digests[item.review_id] for item in batch}
        actions.approve(batch, by=reviewer, digests=shown, comment="Demonstration: no clinician has reviewed this.")
        for _ in batch:
            step()
    return len(items)


def find_known(links: Sequence[Link]) -> set[Link]:
    """Those that are on the site, or were once approved under this name."""
    known = set(find_on_site(links))
    by_model: dict[type[Model], list[Link]] = {}
    for link in links:
        if link not in known and issubclass(link.model, ReviewedItem):
            by_model.setdefault(link.model, []).append(link)
    for model, members in by_model.items():
        known |= _find_once_approved(model, members)
    return known


def _find_once_approved(model: type[Model], links: Sequence[Link]) -> set[Link]:
    """A slug may have been changed since."""
    approvals = Decision.objects.filter(action=Action.APPROVE, review__kind=model._meta.model_name)
    names = set(approvals.annotate(name=KT(f"content__content__{links[0].key[0][0]}")).values_list("name", flat=True))
    return {link for link in links if link.key[0][1] in names}


def list_batches(items: Sequence[ReviewedItem]) -> Iterator[list[ReviewedItem]]:
    """What rests on what, in that order; a condition together with its facts, so that its first edition is whole."""
    facts = [item for item in items if isinstance(item, Fact)]
    for kind in ("citation", "condition", "term", "comparison", "faq"):
        members = [item for item in items if item.item_kind == kind]
        if kind != "condition":
            yield from (members[start : start + BATCH] for start in range(0, len(members), BATCH))
            continue
        of = {condition.pk: [condition] for condition in members}
        for fact in facts:
            of.setdefault(fact.condition_id, []).append(fact)
        yield from of.values()


def describe(count: int) -> str:
    """What the site holds now, and who may enter."""
    editions = Edition.objects.public()
    pages = {kind: editions.filter(kind=kind).count() for kind in ("condition", "comparison", "faq", "citation")}
    lines = [
        f"{count} items loaded and approved." if count else "Nothing new to load; what is there stays as it is.",
        f"Public: {pages['condition']} conditions with {count_facts()} facts, {pages['comparison']} comparisons, "
        f"{pages['faq']} FAQs, {pages['citation']} sources.",
        f"Demonstration accounts, all with the password {PASSWORD} unless somebody changed it:",
        *(f"  {username:9} {what}" for username, (_, _, what) in ACCOUNTS.items()),
    ]
    return "\n".join(lines)


def count_facts() -> int:
    return Review.objects.live().filter(kind="fact").count()
