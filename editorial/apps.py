from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = "Editorial"

    def ready(self) -> None:
        from post_office.signals import email_queued

        from editorial import deliveries, groups, preparing, tracking
        from editorial.searching import indexing

        tracking.connect()
        email_queued.connect(deliveries.start_soon, dispatch_uid="editorial.deliveries")
        post_migrate.connect(groups.ensure_groups, dispatch_uid="editorial.groups")
        post_migrate.connect(indexing.build_first, sender=self, dispatch_uid="editorial.search")
        post_migrate.connect(preparing.prepare_missing, sender=self, dispatch_uid="editorial.parts")
