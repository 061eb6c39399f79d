"""The settings of development, tests and production; what differs between them comes from the environment.

With DEBUG off nothing is guessed: a missing variable stops the start (see environment.py). With DEBUG on everything
has a default that works on a fresh machine.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from sclerosis_site import embedded_postgres, environment

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"

DEBUG = environment.read_debug()
# Tests switch DEBUG off as Django does; this one says for good which kind of process it is.
IS_PRODUCTION = not DEBUG
if IS_PRODUCTION:
    environment.check_needed()

# Site

SITE_TIER = environment.read_tier()
SITE_URL = environment.read_address("SITE_URL", default="http://127.0.0.1:8000")
# Where the staff's pages are, for links in mails: elsewhere than the readers' when the tiers have hosts of their own.
STAFF_URL = environment.read_address("STAFF_URL", default=SITE_URL)
# Without it the site has no security.txt.
SECURITY_CONTACT = environment.read_contact()
SECRET_KEY = environment.read("SECRET_KEY", default="only-for-development-and-tests-never-for-a-public-site")
ALLOWED_HOSTS = environment.read_hosts(default="localhost,127.0.0.1,[::1],testserver")
ROOT_URLCONF = "sclerosis_site.urls"
# The staff's process serves no public page, but shows what one would be.
PUBLIC_URLCONF = "sclerosis_site.public_urls"
WSGI_APPLICATION = "sclerosis_site.wsgi.application"

INSTALLED_APPS = [
    # Ours first: their templates win over those of the packages.
    "comparisons",
    "conditions",
    "editorial",
    # It loads the screens of all apps, which readers' processes have no use for.
    "django.contrib.admin.apps.SimpleAdminConfig" if SITE_TIER == "public" else "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Before staticfiles, so that `runserver` serves static files the way production does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "reversion",
    "pgtrigger",
    "post_office",
    "crispy_forms",
    "csp",
]

# Nothing here may touch the session of a reader: public pages set no cookie and do not vary by it.
MIDDLEWARE = [
    "sclerosis_site.head.leave_out_body",
    "django.middleware.security.SecurityMiddleware",
    "editorial.cache_headers.CacheHeaders",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django_http_compression.middleware.HttpCompressionMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "editorial.languages.LanguageOfPath",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "sclerosis_site.lean_templates.Backend",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["sclerosis_site.lean_templates.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "editorial.site.site",
            ],
            "builtins": ["django.templatetags.i18n", "editorial.templatetags.addresses"],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ("plain",)
CRISPY_TEMPLATE_PACK = "plain"

# Database

DATABASES = {
    "default": {
        **environment.parse_database_url(environment.read("DATABASE_URL") or embedded_postgres.get_url(LOCAL_DIR)),
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": "test_sclerosis"},
    },
}
if IS_PRODUCTION:
    # Not in development: `runserver` and tests come and go, and a pool's threads would outlive the test database.
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 10, "timeout": 5}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Staff accounts

AUTH_USER_MODEL = "editorial.User"
AUTHENTICATION_BACKENDS = ["editorial.rights.StaffBackend"]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Language and time

LANGUAGE_CODE = "en"
# Of the interface for readers, each by its own name; the staff's pages are in English.
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "sclerosis_site" / "locale"]
FORMAT_MODULE_PATH = "sclerosis_site.formats"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
# A page of 200 items sends up to nine fields for each: what was shown, and what was chosen and typed.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# Finished pages in memory, in front of Django; in each process. Not in development, where templates change.
PAGE_CACHE_BYTES = 1_000_000 * environment.read_number("PAGE_CACHE_MB", default=20 if IS_PRODUCTION else 0)
# How often each process writes to the log how that went: hits, misses, what it holds. 0: never.
PAGE_CACHE_REPORT_SECONDS = environment.read_number("PAGE_CACHE_REPORT_SECONDS", default=300)

# For how many seconds a CDN may use a page without asking (0: not at all), and how it is told what became old.
CDN_SECONDS, CDN_PURGE_URL, CDN_PURGE_HEADER = environment.read_purge()

# Parts of pages ready beside the editions that they are made of: see editorial/preparing.py.
KEEPS_PARTS = IS_PRODUCTION

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = LOCAL_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "sclerosis_site.static_storage.LeanStorage"
            if IS_PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        ),
    },
}
# Named here because tests switch settings.DEBUG off, and nothing is collected for them.
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# E-mail

vars().update(environment.parse_email_url(environment.read("EMAIL_URL", default="consolemail://")))
# All mail waits in the database, in the transaction of what it tells of; EMAIL_URL says how it leaves from there.
POST_OFFICE = {
    "BACKENDS": {"default": vars()["EMAIL_BACKEND"]},
    "RETRY_INTERVAL": timedelta(minutes=15),
    "MAX_RETRIES": 200,  # Two days; after that an administrator sees it in the admin as failed.
}
EMAIL_BACKEND = "editorial.mailing.QueueBackend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = f"no-reply@{urlsplit(SITE_URL).hostname}"

# Security

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of ours stand in front and add to X-Forwarded-For: the address of who asks stands that far from the
# end. Read for one thing, the limit of readers' reports.
PROXY_COUNT = environment.read_number("PROXY_COUNT", default=1 if IS_PRODUCTION else 0)
SECURE_SSL_REDIRECT = IS_PRODUCTION
# Monitors ask the process itself, behind the proxy that speaks HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_HSTS_PRELOAD = IS_PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = list({SITE_URL, STAFF_URL})
CSRF_FAILURE_VIEW = "sclerosis_site.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
# The site asks the browser for nothing: no sensor, no camera, no advertising interest.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "identity-credentials-get",
        "idle-detection",
        "local-fonts",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "screen-wake-lock",
        "serial",
        "storage-access",
        "usb",
        "window-management",
        "xr-spatial-tracking",
    )
}

# Logging: all to the console; whoever runs the process keeps it.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"hide_secrets": {"()": "sclerosis_site.logs.HideSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["hide_secrets"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Django's own handlers write to the console only with DEBUG, and errors by mail to nobody.
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # What `runserver` says of each request.
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
