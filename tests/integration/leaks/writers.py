"""Every way in which somebody may write to an item."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import reversion
from django.core import serializers
from django.core.management import call_command
from django.test import Client, TestCase

from comparisons.models import FAQ, Comparison
from conditions.models import Citation, Condition, Fact, Term
from editorial.models import ReviewedItem, User
from tests.admin_forms import errors_of, save
from tests.integration.leaks.canaries import fill, list_rows, new_canary

Writer = Callable[[ReviewedItem, User], None]
PARTS = {"factcitation": "sources", "subtype": "subtypes", "section": "sections", "point": "points"}


def by_plain_save(item: ReviewedItem, by: User) -> None:
    for row in list_rows(item):
        fill(row)
        row.save()


def by_revision(item: ReviewedItem, by: User) -> None:
    with reversion.create_revision():
        reversion.set_user(by)
        reversion.set_comment(new_canary())
        by_plain_save(item, by)


def by_update(item: ReviewedItem, by: User) -> None:
    for row in list_rows(item):
        values = fill(row)
        if values:
            type(row)._base_manager.filter(pk=row.pk).update(**values)


def by_admin_form(item: ReviewedItem, by: User, *, button: str = "_save") -> None:
    """The form as a browser sends it, and with it fields that the form does not have."""
    client = Client()
    client.force_login(by)
    response = save(client, item, button, **_typed(item), **_forged())
    if errors_of(response):
        raise AssertionError(f"The admin refused {item}: {errors_of(response)}")


def by_admin_form_with_submission(item: ReviewedItem, by: User) -> None:
    by_admin_form(item, by, button="_submit")


def by_fixture(item: ReviewedItem, by: User) -> None:
    rows = list_rows(item)
    for row in rows:
        fill(row)
    text = serializers.serialize("json", rows, use_natural_foreign_keys=True)
    _with_file("fixture.json", text, lambda path: call_command("loaddata", path, verbosity=0))


def by_content_file(item: ReviewedItem, by: User) -> None:
    entry = {name: make(item) for name, make in _ENTRIES.items() if name == item.item_kind}
    if not entry:
        return by_revision(item, by)
    section = {f"{name}s": [values] for name, values in entry.items()}
    _with_file(
        "content.yaml",
        json.dumps(section),
        lambda path: call_command("load_content", path, by=by.username, verbosity=0, comment=new_canary()),
    )
    return None


WRITERS: dict[str, Writer] = {
    "plain save": by_plain_save,
    "revision": by_revision,
    "update": by_update,
    "admin form": by_admin_form,
    "admin form with submission": by_admin_form_with_submission,
    "fixture": by_fixture,
    "content file": by_content_file,
}


def _with_file(name: str, text: str, use: Callable[[str], None]) -> None:
    with tempfile.TemporaryDirectory() as folder, TestCase.captureOnCommitCallbacks(execute=True):
        path = Path(folder) / name
        path.write_text(text)
        use(str(path))


def _typed(item: ReviewedItem) -> dict[str, Any]:
    """New words for the fields of the form and of its first inline rows."""
    typed: dict[str, Any] = {}
    places: dict[str, int] = {}
    for row in list_rows(item):
        prefix = ""
        if row != item:
            part = PARTS.get(row._meta.model_name or "")
            if part is None:
                continue
            number = places[part] = places.get(part, -1) + 1
            prefix = f"{part}-{number}-"
        names = {"title", "text", "short", "label", "name", "definition", "question", "answer", "summary", "note"}
        names |= {"locator", "quote", "heading", "lead", "preferred", "container_title", "publisher", "category"}
        typed |= {prefix + name: value for name, value in fill(row, names).items()}
    return typed


def _forged() -> dict[str, str]:
    return {"status": "approved", "review": "1", "review-0-status": "approved", "approval": "1", "is_current": "1"}


def _words(row: Any, *names: str) -> dict[str, Any]:
    return fill(row, names)


def _citation(item: Citation) -> dict[str, Any]:
    values = _words(item, "title", "container_title", "publisher", "authors", "url", "note")
    return {"key": item.key, "type": item.type, "evidence": item.evidence, "issued": "2021", **values}


def _fact(item: Fact) -> dict[str, Any]:
    sources = [
        {"key": source.citation.key, **_words(source, "locator", "quote")} for source in item.sources.order_by("pk")
    ]
    fixed = {"kind": item.kind, "prominence": item.prominence, "position": item.position, "certainty": item.certainty}
    place = {"key": item.key, "condition": item.condition.slug, "topic": item.topic.slug}
    return {**place, **fixed, **_words(item, "text", "short", "label", "group", "note"), "citations": sources}


def _term(item: Term) -> dict[str, Any]:
    keys = [citation.key for citation in item.citations.all()]
    return {"slug": item.slug, **_words(item, "preferred", "definition", "avoid", "note"), "citations": keys}


def _faq(item: FAQ) -> dict[str, Any]:
    links = {
        "conditions": [condition.slug for condition in item.conditions.all()],
        "comparisons": [comparison.slug for comparison in item.comparisons.all()],
        "citations": [citation.key for citation in item.citations.all()],
    }
    return {"slug": item.slug, "position": item.position, **_words(item, "question", "answer", "note"), **links}


_ENTRIES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "citation": _citation,
    "fact": _fact,
    "term": _term,
    "faq": _faq,
}
WITH_ADDRESS = (Condition, Comparison, FAQ, Term)
