"""What a web server runs. DEBUG stays off unless the environment turns it on."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sclerosis_site.settings")

application = get_wsgi_application()
