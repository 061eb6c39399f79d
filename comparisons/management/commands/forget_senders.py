from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from comparisons.feedback import senders


class Command(BaseCommand):
    help = "Deletes what was kept for a day to limit how many reports readers can send. Run it every hour."

    def handle(self, *args: Any, **options: Any) -> None:
        count = senders.forget_old(at=timezone.now())
        if options["verbosity"] > 0:
            self.stdout.write(f"Forgotten: {count}.")
