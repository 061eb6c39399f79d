"""The environment of the tests. pytest loads this before Django reads its settings (see pyproject.toml).

DATABASE_URL is left alone: without it the tests run on this folder's embedded PostgreSQL, with it on that server; in
either case in a database of their own.
"""

import os

for name in ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "STAFF_URL"):
    os.environ.pop(name, None)
os.environ["DEBUG"] = "1"
os.environ["SITE_TIER"] = "all"
os.environ["EMAIL_URL"] = "memorymail://"  # What leaves the queue of mails lands in django.core.mail.outbox.
# Playwright runs an event loop in the thread of the test; Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
