"""Tells each person once a day what waits for them, and sends what is still queued."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from editorial.deliveries import deliver
from editorial.management.commands.send_queued_mail import describe
from editorial.reminders import Reminded, remind


class Command(BaseCommand):
    help = "Mails to each person what waits for them, once a day, and sends the mails that still wait."

    def handle(self, *args: Any, **options: Any) -> None:
        reminded = remind(on=timezone.now().date())
        delivered = deliver()
        if options["verbosity"]:
            self.stdout.write(f"{_tell(reminded)}\n{describe(delivered)}")


def _tell(reminded: Reminded) -> str:
    said = [f"Reminders written: {reminded.queued}."]
    if reminded.already:
        said.append(f"Had theirs today and get no second one: {reminded.already}.")
    if reminded.without:
        said.append(f"Have nothing to do: {reminded.without}.")
    return " ".join(said)
