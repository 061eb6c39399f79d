"""What an outside expert can reach leads to no decision, and one module writes what they say."""

import ast

from sclerosis_site.urls import list_patterns
from tests.architecture.test_one_writer import ROOT, list_files, list_imports
from tests.routes import list_routes

CHANGING = {"create", "bulk_create", "update", "update_or_create", "get_or_create", "bulk_update", "delete"}


def reach(start: str) -> set[str]:
    """Files of ours that a file imports, directly or through others."""
    waiting, seen = [start], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for module in list_imports(name):
            path = module.replace(".", "/")
            waiting += [found for found in (f"{path}.py", f"{path}/__init__.py") if (ROOT / found).exists()]
    return seen


def test_no_code_leads_from_the_page_of_an_expert_to_an_action():
    reached = reach("editorial/expert.py")

    assert "editorial/consulting.py" in reached
    assert not [name for name in reached if name.startswith("editorial/actions/")]


def test_one_module_writes_what_experts_are_asked_and_say():
    writers = set()
    for name in list_files():
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
                writers |= {name} if ast.unparse(node.func).startswith("Consultation.") else set()

    assert writers == {"editorial/consulting.py"}


def test_the_page_of_an_expert_is_served_by_the_staffs_tier_only():
    assert "expert/<secret>/" in set(list_routes(list_patterns(tier="editorial")))
    assert "expert/<secret>/" not in set(list_routes(list_patterns(tier="public")))
