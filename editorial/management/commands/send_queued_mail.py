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
    if done.is_busy:
        return f"{done.sent} mails sent; another process is sending the rest."
    waiting = f" {done.failed} could not be sent and wait for another try." if done.failed else ""
    return f"{done.sent} mails sent.{waiting}"
