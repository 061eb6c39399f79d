"""Artificial content at any size, taken through the real workflow."""

import resource
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from comparisons.generating.names import list_foreign
from comparisons.generating.run import Plan, generate
from comparisons.generating.shapes import read_shapes
from comparisons.loading import SECTIONS
from comparisons.management.commands.demo import PASSWORD, ensure_account
from editorial import preparing
from editorial.errors import EditorialError
from editorial.loading import load
from editorial.loading.writing import find_on_site
from editorial.models import User
from editorial.progress import show_progress

FACTS_A_CONDITION = 140
_CONFIGURATION = ("topics", "measures", "style_rules")


class Command(BaseCommand):
    help = (
        "Fills an empty database with artificial conditions, facts, sources, comparisons and questions for measuring: "
        "shaped like fixtures/, in words that say nothing, submitted and approved through the workflow by "
        "demonstration accounts. The same seed gives the same content; a run that was stopped goes on where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--conditions", type=int, default=10, help="how many conditions (10)")
        parser.add_argument("--facts", type=int, help="how many facts in all; 140 for each condition by default")
        parser.add_argument("--seed", type=int, default=1, help="another one gives other words (1)")
        parser.add_argument("--in-production", action="store_true", help="also where DEBUG is off")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = read_plan(options)
        if settings.IS_PRODUCTION and not options["in_production"]:
            raise CommandError(
                "This is a production site (DEBUG is off), where artificial content has no place. If this database is "
                "there for measuring only, say so with --in-production."
            )
        call_command("migrate", verbosity=0)
        refuse_foreign(plan)
        try:
            with preparing.putting_off():
                count = self._generate(plan, verbosity=options["verbosity"])
        except EditorialError as refusal:
            raise CommandError("\n".join(refusal.reasons.values())) from refusal
        except KeyboardInterrupt as stop:
            raise CommandError("Stopped. What was generated stays; the same command goes on from there.") from stop
        if options["verbosity"]:
            self.stdout.write(describe(plan, count))

    def _generate(self, plan: Plan, *, verbosity: int) -> int:
        # The password of the demonstration is in the documentation, so it opens nothing in production.
        password = None if settings.IS_PRODUCTION else PASSWORD
        editor, reviewer = (ensure_account(name, password=password) for name in ("editor", "reviewer"))
        configure(by=editor)
        shapes = read_shapes(settings.BASE_DIR / "fixtures")
        return generate(plan, shapes, editor=editor, reviewer=reviewer, progress=show_progress(verbosity=verbosity))


def read_plan(options: dict[str, Any]) -> Plan:
    """What is asked for. Raises CommandError when that cannot be."""
    conditions = options["conditions"]
    facts = conditions * FACTS_A_CONDITION if options["facts"] is None else options["facts"]
    if not 1 <= conditions <= 30_000:
        raise CommandError("--conditions must be between 1 and 30,000.")
    if not conditions <= facts <= conditions * 3_000:
        raise CommandError(f"--facts must be between {conditions:,} and {conditions * 3_000:,}, 1 to 3,000 each.")
    if options["seed"] < 0:
        raise CommandError("--seed must be 0 or more.")
    return Plan(seed=options["seed"], conditions=conditions, facts=facts)


def refuse_foreign(plan: Plan) -> None:
    """Artificial content never stands beside real content. Raises CommandError."""
    first = list_foreign(seed=plan.seed).first()
    if first is not None:
        raise CommandError(
            f"This database holds content that was not generated with the seed {plan.seed}, such as the {first.kind} "
            f"“{first.key}”. Use an empty database; nothing was changed."
        )
    conflict = plan.find_conflict()
    if conflict is not None:
        raise CommandError(f"{conflict} Ask for as many as before, or use an empty database; nothing was changed.")


def configure(*, by: User) -> None:
    """The topics, measures and style rules of the real content, where they are not there yet."""
    sections = [section for section in SECTIONS if section.name in _CONFIGURATION]
    files = [settings.BASE_DIR / "fixtures" / f"{section.name}.yaml" for section in sections]
    load(files, sections, by=by, comment="Configuration of generated content.", skip=find_on_site)


def describe(plan: Plan, count: int) -> str:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    made = f"{count:,} facts generated" if count else "Nothing left to generate"
    return f"{made}: {plan.conditions:,} conditions with {plan.facts:,} facts are there. Peak memory: {memory} MB."
