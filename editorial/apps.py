from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = "Editorial"

    def ready(self) -> None:
        from post_office.signals import email_queued

        from editorial import deliveries, groups, tracking

        tracking.connect()
        email_queued.connect(deliveries.start_soon, dispatch_uid="editorial.deliveries")
        post_migrate.connect(groups.ensure_groups, dispatch_uid="editorial.groups")
