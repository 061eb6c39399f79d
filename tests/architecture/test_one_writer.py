"""Only the actions write editorial state, and the public side reads editions only."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import reversion
from django.apps import apps
from django.core.management import call_command
from django.urls import URLPattern, URLResolver

from editorial import errors
from editorial.models import ReviewedItem
from editorial.registry import list_kinds
from sclerosis_site.urls import list_patterns

ROOT = Path(__file__).resolve().parents[2]
APPS = ("editorial", "conditions", "comparisons", "sclerosis_site")
WRITERS = {
    f"editorial/actions/{name}.py" for name in ("batch", "effects", "editing", "deciding", "scheduling", "waiving")
}
REHEARSALS = {"editorial/previewing.py"}
"""Acts out a decision to show what it would do, in a transaction never committed: see desk/test_preview_privacy.py."""
STATE = {
    *("status", "approval", "confirmation", "retirement", "submitted_digest", "needs_second_person"),
    *("scheduled", "schedule_problem", "proposed_materiality", "due_on", "reviewer", "needs_recheck"),
}
CHANGING = {"create", "bulk_create", "update", "update_or_create", "get_or_create", "bulk_update"}


def list_files() -> list[str]:
    found = [path.relative_to(ROOT).as_posix() for app in APPS for path in (ROOT / app).rglob("*.py")]
    return sorted(name for name in found if "/migrations/" not in name)


def list_assigned(tree: ast.AST) -> Iterator[str]:
    """Names of the attributes that are assigned to, also in tuples."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def list_creations(tree: ast.AST) -> Iterator[str]:
    """`Decision(…)`, `Decision.objects.create(…)`, and the like, as source."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            owner, _, verb = called.rpartition(".objects.")
            if called in ("Decision", "Edition") or (owner in ("Decision", "Edition") and verb in CHANGING):
                yield called
            if isinstance(node.func, ast.Attribute) and node.func.attr in ("update", "save_all"):
                yield from (f"{called}({word.arg})" for word in node.keywords if word.arg in STATE)


ALLOWED = {
    # A mail's status, not an item's.
    "editorial/deliveries.py": {"Email.objects.filter(pk=email.pk).update(status)"},
    "editorial/certificates.py": {"Decision"},  # Not saved there.
    "editorial/chain.py": {"Decision.objects.bulk_create"},
    "editorial/previewing.py": {"Decision.objects.bulk_create"},  # Never committed: see REHEARSALS.
    "editorial/drafting.py": {"Edition"},  # Not saved there.
    "editorial/impact.py": {"Decision"},  # Never saved: what an approval would change, for the reviewer to see.
}


def parse(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text(encoding="utf-8"))


def test_only_the_actions_write_editorial_state() -> None:
    for name in list_files():
        tree = parse(name)
        assert set(list_creations(tree)) <= ALLOWED.get(name, set()), name
        assert name in WRITERS | REHEARSALS or set(list_assigned(tree)) & STATE == set(), name


def test_a_writer_around_the_actions_would_be_seen() -> None:
    tree = ast.parse("review.status, x = 'approved', 1\nDecision.objects.create()\nrows.update(approval=None)")

    assert "status" in set(list_assigned(tree))
    assert set(list_creations(tree)) == {"Decision.objects.create", "rows.update(approval)"}


def test_only_publishing_stores_editions() -> None:
    assert [name for name in list_files() if "editorial.storing" in list_imports(name)] == ["editorial/publishing.py"]


def test_only_one_module_writes_comments() -> None:
    for name in list_files():
        made = [
            ast.unparse(node.func)
            for node in ast.walk(parse(name))
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("Comment")
        ]
        writes = [called for called in made if called == "Comment" or called.split(".")[-1] in CHANGING | {"delete"}]
        assert (writes != []) == (name == "editorial/commenting.py"), name


def list_imports(name: str) -> set[str]:
    """Full names of the modules of ours that a file imports, or takes something from."""
    found: set[str] = set()
    for node in ast.walk(parse(name)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {module for module in found if module.split(".")[0] in APPS}


def test_only_the_actions_use_what_they_share() -> None:
    parts = {"editorial.actions.batch", "editorial.actions.effects"}
    users = {name for name in list_files() if parts & list_imports(name)}

    assert users
    assert users <= WRITERS


WORKING_COPY = {"models", "building", "freezing", "kinds", "checks", "loading", "admin"}


def list_public_modules() -> set[str]:
    """The files of all public views, and what they import of the two apps with content, and so on."""
    callbacks = [pattern.callback for pattern in list_patterns(tier="public") for pattern in _flat(pattern)]
    waiting = {callback.__module__ for callback in callbacks}
    seen: set[str] = set()
    while waiting:
        module = waiting.pop()
        path = module.replace(".", "/")
        name = next((n for n in (f"{path}.py", f"{path}/__init__.py") if (ROOT / n).exists()), None)
        if name is None or name in seen or not module.startswith(("conditions", "comparisons")):
            continue
        seen.add(name)
        waiting |= list_imports(name)
    return seen


def _flat(pattern: URLPattern | URLResolver) -> Iterator[URLPattern]:
    if isinstance(pattern, URLResolver):
        for inner in pattern.url_patterns:
            yield from _flat(inner)
    else:
        yield pattern


def test_no_public_view_knows_the_working_copy_not_even_through_others() -> None:
    reached = list_public_modules()

    assert "conditions/views/conditions.py" in reached
    assert len(reached) > 10
    found = {name for name in reached if set(Path(name).with_suffix("").parts) & WORKING_COPY}
    assert found == {"comparisons/models/report.py", "comparisons/models/sending.py"}, (
        "What readers send is no content."
    )


def test_every_reviewed_model_is_registered_with_its_children_followed() -> None:
    models = {model for model in apps.get_models() if issubclass(model, ReviewedItem)}
    kinds = {kind.model: kind for kind in list_kinds()}

    assert models == set(kinds)
    for model, kind in kinds.items():
        assert reversion.is_registered(model)
        assert all(reversion.is_registered(child.model) for child in kind.children)
        owned = {
            relation.related_model
            for relation in model._meta.related_objects
            if relation.on_delete is not None and relation.on_delete.__name__ == "CASCADE" and not relation.hidden
        }
        assert owned == {child.model for child in kind.children}


def test_every_named_refusal_is_raised_by_some_code() -> None:
    code = "".join((ROOT / name).read_text(encoding="utf-8") for name in list_files() if "errors.py" not in name)

    assert not [cls.__name__ for cls in errors.EditorialError.__subclasses__() if cls.__name__ not in code]


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
