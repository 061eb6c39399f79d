"""How the queue is sent: after the commit, each mail once, and never in the way of a decision."""

import smtplib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage, send_mail
from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone
from post_office.models import STATUS, Email, Log

from editorial import actions, deliveries, mailing
from editorial.models import Decision
from tests.factories import make_editor, make_reviewer
from tests.integration.mail.conftest import make_drafts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def started(monkeypatch) -> list[threading.Thread]:
    """The threads that were started to send; those that still run are waited for."""
    threads: list[threading.Thread] = []
    start = deliveries._start

    def note() -> None:
        before = set(threading.enumerate())
        start()
        threads.extend(t for t in threading.enumerate() if t not in before and t.name == "mail")

    monkeypatch.setattr(deliveries, "_start", note)
    yield threads
    for thread in threads:
        thread.join(timeout=30)


def wait_for(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(timeout=30)


def queue_one(to: str = "rae@example.org") -> None:
    mailing.queue([EmailMessage("Something waits", "Look at it.", to=[to])])


def use_server(settings, port: int) -> None:
    settings.POST_OFFICE = {
        **settings.POST_OFFICE,
        "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"},
    }
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


def lapse() -> None:
    """The time after which what failed is tried again."""
    Email.objects.update(scheduled_time=timezone.now() - timedelta(seconds=1))


class MailServer(threading.Thread):
    """Enough of an SMTP server to take mails. `refused` are addresses that it does not know."""

    def __init__(self, *, refused: tuple[str, ...] = ()) -> None:
        super().__init__(daemon=True)
        self.refused, self.texts = refused, []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def run(self) -> None:
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            with client, client.makefile("rwb") as stream:
                self.talk(stream)

    def talk(self, stream) -> None:
        def say(line: str) -> None:
            stream.write(f"{line}\r\n".encode())
            stream.flush()

        say("220 ready")
        while line := stream.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "DATA":
                say("354 go on")
                lines = list(iter(lambda: stream.readline().decode(), ".\r\n"))
                self.texts.append("".join(lines))
                say("250 taken")
            elif verb == "QUIT":
                say("221 bye")
                return
            elif verb == "RCPT" and any(address in line for address in self.refused):
                say("550 nobody of that name")
            else:
                say("250 fine")


@contextmanager
def running(**options) -> Iterator[MailServer]:
    server = MailServer(**options)
    server.start()
    try:
        yield server
    finally:
        server.socket.close()


@contextmanager
def silent_port() -> Iterator[int]:
    """A server that takes the call and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def refusing_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def test_a_decision_is_mailed_after_its_commit(started):
    edna = make_editor(email="edna@example.org")
    make_reviewer(email="rae@example.org")

    with transaction.atomic():
        actions.submit(make_drafts(), by=edna)
        assert started == []
    wait_for(started)

    assert [message.to for message in mail.outbox] == [["rae@example.org"]]
    assert Email.objects.get().status == STATUS.sent


def test_what_is_rolled_back_is_neither_queued_nor_sent(started):
    make_reviewer(email="rae@example.org")

    with transaction.atomic():
        actions.submit(make_drafts(), by=make_editor())
        assert Email.objects.count() == 1
        transaction.set_rollback(True)

    assert (started, Email.objects.count(), mail.outbox) == ([], 0, [])


def test_a_mail_reaches_a_real_server_with_its_headers(settings):
    with running() as server:
        use_server(settings, server.port)
        queue_one()
        assert deliveries.deliver().sent in (0, 1)  # The thread may have been faster.
        call_command("send_queued_mail", verbosity=0)
        deadline = time.monotonic() + 30
        while not server.texts and time.monotonic() < deadline:
            time.sleep(0.05)

    email = Email.objects.get()
    assert len(server.texts) == 1
    assert f"Message-ID: {email.message_id}" in server.texts[0]
    assert "Subject: Something waits" in server.texts[0]
    assert "Look at it." in server.texts[0]


@pytest.mark.parametrize("fault", ["down", "hanging"])
def test_a_server_that_is_down_or_hangs_delays_the_mail_and_not_the_decision(settings, started, monkeypatch, fault):
    monkeypatch.setattr(deliveries, "_PATIENCE", 60.0)
    make_reviewer(email="rae@example.org")
    with silent_port() as silent:
        use_server(settings, silent if fault == "hanging" else refusing_port())
        decisions = actions.submit(make_drafts(), by=make_editor())
        is_waiting = any(thread.is_alive() for thread in started)
    wait_for(started)  # The silent server is gone.

    assert Decision.objects.filter(pk__in=[d.pk for d in decisions]).count() == 3
    assert fault == "down" or is_waiting
    assert Email.objects.get().status == STATUS.requeued
    with running() as server:
        use_server(settings, server.port)
        lapse()
        assert deliveries.deliver().sent == 1
    assert Email.objects.get().status == STATUS.sent


def test_after_a_failure_no_request_tries_for_a_minute_but_the_command_does(settings, started):
    use_server(settings, refusing_port())
    queue_one()
    wait_for(started)
    assert Log.objects.count() == 1
    lapse()

    queue_one("ron@example.org")
    wait_for(started)
    assert Log.objects.count() == 1

    Log.objects.update(date=timezone.now() - deliveries.PAUSE)
    queue_one("ray@example.org")
    wait_for(started)
    assert Log.objects.count() == 2
    assert deliveries.deliver().failed == 1


def test_one_address_that_the_server_refuses_does_not_keep_the_others(settings, started, monkeypatch):
    monkeypatch.setattr(deliveries, "_start", lambda: None)
    with running(refused=("nobody@example.org",)) as server:
        use_server(settings, server.port)
        for address in ("nobody@example.org", "rae@example.org", "ron@example.org"):
            queue_one(address)
        done = deliveries.deliver()

    assert (done.sent, done.failed) == (2, 1)
    assert Email.objects.get(to="nobody@example.org").status == STATUS.requeued


def test_a_mail_that_fails_too_often_is_given_up_and_stays_to_be_seen(settings, monkeypatch):
    monkeypatch.setattr(deliveries, "_start", lambda: None)
    settings.POST_OFFICE = {**settings.POST_OFFICE, "MAX_RETRIES": 1}
    use_server(settings, refusing_port())
    settings.POST_OFFICE = {**settings.POST_OFFICE, "MAX_RETRIES": 1}
    queue_one()

    for status in (STATUS.requeued, STATUS.failed):
        deliveries.deliver()
        assert Email.objects.get().status == status
        lapse()

    assert deliveries.deliver().failed == 0


def test_two_senders_at_once_send_each_mail_once(monkeypatch):
    monkeypatch.setattr(deliveries, "_start", lambda: None)
    for number in range(10):
        queue_one(f"r{number}@example.org")

    def send() -> None:
        try:
            while deliveries.deliver().is_busy:
                time.sleep(0.01)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    wait_for(threads)

    assert sorted(message.to[0] for message in mail.outbox) == sorted(f"r{n}@example.org" for n in range(10))


def test_what_was_sent_is_not_sent_again(monkeypatch):
    monkeypatch.setattr(deliveries, "_start", lambda: None)
    queue_one()

    assert [deliveries.deliver().sent for _ in range(3)] == [1, 0, 0]
    assert len(mail.outbox) == 1


def test_a_fault_of_the_sender_is_logged_and_ends_there(monkeypatch, caplog):
    monkeypatch.setattr(deliveries, "deliver", lambda **options: 1 / 0)

    deliveries.try_now()

    assert "Mail waits" in caplog.text


def test_a_text_that_looks_like_a_template_is_sent_as_it_is(monkeypatch):
    monkeypatch.setattr(deliveries, "_start", lambda: None)
    mailing.queue([EmailMessage("{{ 7|add:7 }} & co", "{% now 'Y' %} <b>", to=["rae@example.org"])])

    deliveries.deliver()

    assert (mail.outbox[0].subject, mail.outbox[0].body) == ("{{ 7|add:7 }} & co", "{% now 'Y' %} <b>")


def test_other_mail_of_the_site_waits_in_the_same_queue(monkeypatch, settings):
    monkeypatch.setattr(deliveries, "_start", lambda: None)
    settings.EMAIL_BACKEND = "editorial.mailing.QueueBackend"  # As it is outside of tests.

    send_mail("Your account", "Text", None, ["rae@example.org"])

    assert mail.outbox == []
    assert deliveries.deliver().sent == 1
    assert mail.outbox[0].subject == "Your account"


def test_a_subject_with_a_line_break_is_never_sent(monkeypatch):
    monkeypatch.setattr(deliveries, "_start", lambda: None)
    mailing.queue([EmailMessage("One\nBcc: x@evil.example", "Text", to=["rae@example.org"])])
    queue_one("ron@example.org")

    done = deliveries.deliver()

    assert (done.sent, done.failed) == (1, 1)
    assert [message.to for message in mail.outbox] == [["ron@example.org"]]


def test_the_command_says_what_it_did(monkeypatch, capsys, settings):
    monkeypatch.setattr(deliveries, "_start", lambda: None)
    queue_one()
    call_command("send_queued_mail")
    use_server(settings, refusing_port())
    queue_one()
    call_command("send_queued_mail")

    assert capsys.readouterr().out.splitlines() == [
        "Mails sent: 1.",
        "Mails sent: 0. Could not be sent and wait for another try: 1.",
    ]


def test_errors_of_one_mail_and_of_the_server_are_told_apart():
    assert issubclass(smtplib.SMTPServerDisconnected, OSError)
    assert not issubclass(smtplib.SMTPServerDisconnected, deliveries._OF_ONE_MAIL)
