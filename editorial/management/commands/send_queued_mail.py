"""Sends the mails that wait. Takes the place of the package's command, which could send a mail twice (ADR 0010)."""

from typing import Any

from django.core.management.base import BaseCommand

from editorial.deliveries import Delivered, deliver


class Command(BaseCommand):
    help = "Sends the mails that wait in the queue, each once. To be run every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        done = deliver()
        if options["verbosity"]:
            self.stdout.write(describe(done))


def describe(done: Delivered) -> str:
    said = [f"Mails sent: {done.sent}."]
    if done.failed:
        said.append(f"Could not be sent and wait for another try: {done.failed}.")
    if done.is_busy:
        said.append("Another process is sending; what is left is its business.")
    return " ".join(said)
