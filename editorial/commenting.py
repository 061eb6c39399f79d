"""The only writer of comments. What was said stays said: a thread is resolved or opened again, no word is changed."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import capfirst

from editorial import notices
from editorial.errors import CommentRefused, NotPermitted
from editorial.models import Comment, Review, User
from editorial.permissions import can_see
from editorial.registry import get_kind

MAX_LENGTH = 5000
# Not in an address such as a@b.org, nor in [@key], which cites a source.
MENTION = re.compile(r"(?<![\w.@+\-\[])@([\w.@+-]+)")
_PUNCTUATION = ".-+@"
"""What a username may hold and a sentence may end with."""


def add(
    review: Review, *, by: User, body: str, at: datetime, field: str = "", thread: Comment | None = None
) -> Comment:
    """A remark on the item or its `field`, or an answer in `thread`, which opens a resolved one again.

    Raises NotPermitted, and CommentRefused with a sentence for what cannot be taken as it is.
    """
    text = "\n".join(body.splitlines()).strip()
    check_may(by, review)
    _check_text(text)
    _check_place(review, field=field, thread=thread)
    mentioned = find_mentions(text)
    with transaction.atomic():
        if thread is not None:
            _open_again(_lock(thread))
        comment = Comment.objects.create(review=review, thread=thread, field=field, author=by, body=text, at=at)
        comment.mentioned.set(mentioned)
        notices.tell_mentioned(comment, [person for person in mentioned if person != by])
    return comment


def resolve(comment: Comment, *, by: User, at: datetime) -> None:
    """Closes the thread. Raises NotPermitted, and CommentRefused for an answer or a thread that is closed."""
    check_may(by, comment.review)
    with transaction.atomic():
        thread = _lock(comment)
        if thread.resolved_at is not None and thread.resolved_by is not None:
            raise CommentRefused(f"{thread.resolved_by.display_name} has resolved this thread already.")
        thread.resolved_at, thread.resolved_by = at, by
        thread.save(update_fields=["resolved_at", "resolved_by"])


def reopen(comment: Comment, *, by: User) -> None:
    """Opens a resolved thread again. Raises NotPermitted, and CommentRefused for one that is open."""
    check_may(by, comment.review)
    with transaction.atomic():
        thread = _lock(comment)
        if thread.resolved_at is None:
            raise CommentRefused("This thread is open already.")
        _open_again(thread)


def find_mentions(body: str) -> list[User]:
    """Who is named as @username: active staff who may see reviews, each once. Raises CommentRefused for others."""
    names = list(dict.fromkeys(MENTION.findall(body)))
    if not names:
        return []
    known = _Known(_load_people(spelling for name in names for spelling in _list_spellings(name)))
    found = {name: known.find(name) for name in names}
    unknown = [f"“@{name.rstrip(_PUNCTUATION) or name}”" for name, person in found.items() if person is None]
    if unknown:
        message = "Nobody on the desk is called {}. Write the username of an active colleague who may see reviews."
        raise CommentRefused(message.format(" or ".join(unknown)))
    return list(dict.fromkeys(person for person in found.values() if person is not None))


def list_fields(kind: str) -> dict[str, str]:
    """{name: label} of what of an item a remark may be about: its fields, and the rows that belong to it."""
    return dict(_fields_of(kind))


def label_of(kind: str, field: str) -> str:
    """What people call the field; its name where the site no longer has it; empty for the item as a whole."""
    return dict(_fields_of(kind)).get(field, field)


def check_may(by: User, review: Review) -> None:
    """Raises NotPermitted for a person who may not see the item on the desk."""
    if not can_see(by, get_kind(review.kind).model):
        item = getattr(review, review.kind)
        message = f"You do not have the right to comment on “{item}”. Ask an administrator for it."
        raise NotPermitted({item: message})


@cache
def _fields_of(kind: str) -> tuple[tuple[str, str], ...]:
    found = get_kind(kind)
    meta = found.model._meta
    own = [f for f in meta.concrete_fields if not f.primary_key and f.name != "review"]
    # Rows of a table in between are rows of their own, called by what belongs to the item.
    related = [f for f in meta.many_to_many if f.remote_field.through._meta.auto_created]
    fields = [(field.name, str(field.verbose_name)) for field in (*own, *related)]
    rows = [(child.accessor, str(child.model._meta.verbose_name_plural)) for child in found.children]
    return tuple((name, capfirst(label)) for name, label in (*fields, *rows))


def _check_text(text: str) -> None:
    if not text:
        raise CommentRefused("There is nothing in it yet. Write your comment first.")
    if len(text) > MAX_LENGTH:
        raise CommentRefused(f"A comment has at most {MAX_LENGTH} characters, and this has {len(text)}. Shorten it.")
    if "\0" in text:
        raise CommentRefused("It holds a character that cannot be kept (NUL). Type it anew.")


def _check_place(review: Review, *, field: str, thread: Comment | None) -> None:
    if thread is not None and (thread.review_id != review.pk or thread.thread_id is not None):
        raise CommentRefused("The thread that this answers is not one of this item. Start a new one.")
    if thread is not None and field:
        raise CommentRefused("An answer is about what its thread is about. Leave the field out.", field="field")
    if field and field not in list_fields(review.kind):
        raise CommentRefused(f"There is no field “{field[:40]}”. Choose one of the list.", field="field")


def _lock(comment: Comment) -> Comment:
    if comment.thread_id is not None:
        raise CommentRefused("Only a whole thread is resolved or opened again, not one of its answers.")
    return Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)


def _open_again(thread: Comment) -> None:
    if thread.resolved_at is not None:
        thread.resolved_at = thread.resolved_by = None
        thread.save(update_fields=["resolved_at", "resolved_by"])


class _Known:
    """People by username. Case counts only where two names differ in nothing else."""

    def __init__(self, people: Iterable[User]) -> None:
        self._exact = {person.username: person for person in people}
        self._folded: dict[str, list[User]] = {}
        for name, person in self._exact.items():
            self._folded.setdefault(name.lower(), []).append(person)

    def find(self, name: str) -> User | None:
        for spelling in _list_spellings(name):
            alike = self._folded.get(spelling.lower(), [])
            if spelling in self._exact or len(alike) == 1:
                return self._exact.get(spelling) or alike[0]
        return None


def _list_spellings(name: str) -> Iterator[str]:
    """The name as it stands, and without the marks that may end its sentence."""
    yield name
    while name and name[-1] in _PUNCTUATION:
        name = name[:-1]
        if name:
            yield name


def _load_people(spellings: Iterable[str]) -> list[User]:
    manager = get_user_model().objects
    able = manager.with_perm("editorial.view_review", backend="django.contrib.auth.backends.ModelBackend")
    names = {spelling.lower() for spelling in spellings}
    return list(able.annotate(folded=Lower("username")).filter(Q(folded__in=names), is_staff=True))
