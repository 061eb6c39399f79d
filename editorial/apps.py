from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = "Editorial"

    def ready(self) -> None:
        from editorial import groups, tracking

        tracking.connect()
        post_migrate.connect(groups.ensure_groups, dispatch_uid="editorial.groups")
