from django.apps import AppConfig


class ConditionsConfig(AppConfig):
    name = "conditions"
    verbose_name = "Conditions and facts"

    def ready(self) -> None:
        from conditions import kinds

        kinds.register()
