"""What a web server runs: Django, and in production the page cache in front of it.

DEBUG stays off unless the environment turns it on.
"""

import os

from django.core.wsgi import get_wsgi_application

from sclerosis_site import memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sclerosis_site.settings")


def make_application():
    """Django's WSGI application, behind the page cache where settings.PAGE_CACHE_BYTES says how much it may hold."""
    django = get_wsgi_application()
    from django.conf import settings

    if not settings.PAGE_CACHE_BYTES:
        return django
    # Models can be imported once Django is set up.
    from editorial.freshness import Freshness
    from editorial.page_cache import PageCache
    from editorial.query_names import find_query_names

    find_query_names("/")  # Loads all views, which the first reader would wait for.
    return PageCache(
        django,
        find_query_names=find_query_names,
        freshness=Freshness(),
        max_bytes=settings.PAGE_CACHE_BYTES,
        session_cookie=settings.SESSION_COOKIE_NAME,
        report_every=settings.PAGE_CACHE_REPORT_SECONDS,
        rest=memory.give_back_now,
    )


memory.give_back_early()
application = make_application()
memory.settle()
