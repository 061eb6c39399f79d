"""Mail waits in the database. What queues it does so in its own transaction: what is rolled back tells nobody."""

from collections.abc import Sequence
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from post_office.models import PRIORITY, STATUS, Email
from post_office.signals import email_queued


def queue(messages: Sequence[EmailMessage], *, is_urgent: bool = True) -> None:
    """Puts the messages into the queue, in one insert. Urgent ones are tried once the transaction has been committed.

    Not with the package's own function: it takes the text of every mail for a template and runs it.
    """
    rows = [_row(message) for message in messages if message.recipients()]
    if rows:
        Email.objects.bulk_create(rows)
    if rows and is_urgent:
        email_queued.send(sender=Email, emails=rows)


class QueueBackend(BaseEmailBackend):
    """For mail that other parts send through Django: it waits in the same queue."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        queue(email_messages)
        return len(email_messages)


def _row(message: EmailMessage) -> Email:
    if message.attachments:
        raise ValueError("The queue of mails takes no attachments.")
    html = [text for text, kind in getattr(message, "alternatives", ()) if kind == "text/html"]
    return Email(
        from_email=message.from_email,
        to=message.to,
        cc=message.cc,
        bcc=message.bcc,
        subject=message.subject,
        message=message.body,
        html_message=html[0] if html else "",
        headers=_headers(message),
        # The same at every try, so that a mail that arrives twice can be told from two mails.
        message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
        priority=PRIORITY.medium,
        status=STATUS.queued,
    )


def _headers(message: EmailMessage) -> dict[str, str]:
    reply = {"Reply-To": ", ".join(message.reply_to)} if message.reply_to else {}
    return {**message.extra_headers, **reply}
