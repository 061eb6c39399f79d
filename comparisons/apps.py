from django.apps import AppConfig


class ComparisonsConfig(AppConfig):
    name = "comparisons"
    verbose_name = "Comparisons and FAQs"

    def ready(self) -> None:
        from comparisons import kinds

        kinds.register()
