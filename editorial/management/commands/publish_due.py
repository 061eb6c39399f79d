"""Makes public what was approved for a time that has come."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from editorial import actions, purging


class Command(BaseCommand):
    help = (
        "Makes public what was approved for a time that has come. What became impossible meanwhile goes back to the "
        "reviewers with the reason. Run it every few minutes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        outcome, is_loud = actions.publish_due(), options["verbosity"] > 0
        for decision in outcome.published if is_loud else ():
            review = decision.review
            self.stdout.write(f"Published: {review.kind} “{review.key}”, approved by {decision.actor_name}.")
        for item, reason in outcome.refused.items():
            self.stdout.write(f"Not published: {item.item_kind} “{item.key_value}”. {reason}")
        if is_loud and not (outcome.published or outcome.refused):
            self.stdout.write("Nothing was due.")
        if not purging.purge_recent(at=timezone.now()):
            self.stderr.write("The CDN could not be told what became old; the next run tries again.")
