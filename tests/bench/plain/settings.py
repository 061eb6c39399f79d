"""The site's own settings and addresses, with those of the plain pages beside them."""

from sclerosis_site.settings import *  # noqa: F403
from sclerosis_site.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "tests.bench.plain.urls"
TEMPLATES = [
    *TEMPLATES,
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "plain",
        "DIRS": [BASE_DIR / "tests" / "bench" / "plain" / "templates", BASE_DIR / "templates"],
        "OPTIONS": TEMPLATES[0]["OPTIONS"]
        | {
            "loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])],
        },
    },
]
