"""The floor: Django's own request handling around one view, without any middleware."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF="tests.bench.applications.views", MIDDLEWARE=[])
application = get_wsgi_application()
