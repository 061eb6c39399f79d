"""Builds what can be found anew."""

from typing import Any

from django.core.management.base import BaseCommand

from editorial.progress import show_progress
from editorial.searching.indexing import rebuild


class Command(BaseCommand):
    help = "Builds the rows of the search again from the current editions, as publishing writes them."

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild(progress=show_progress(verbosity=options["verbosity"]))
        if options["verbosity"]:
            self.stdout.write(f"{count} things can be found.")
