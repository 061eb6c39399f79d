"""Proves the history whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from editorial.auditing import AuditBroken, audit
from editorial.progress import show_progress


class Command(BaseCommand):
    help = "Checks the chain of decisions, the manifests, and that every public page is what its approvals make."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counted = audit(progress=show_progress(verbosity=options["verbosity"]))
        except AuditBroken as broken:
            raise CommandError(str(broken)) from broken
        if options["verbosity"]:
            self.stdout.write(f"{counted.decisions} decisions, {counted.editions} editions: all whole.")
