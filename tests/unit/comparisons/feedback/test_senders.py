"""How many reports may come; and that nothing of an address is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone

from comparisons.feedback import senders
from comparisons.models import Sending

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)


def sender_of(address: str, *, at: datetime = NOW, **headers: str) -> str:
    return senders.find_sender(RequestFactory().post("/", REMOTE_ADDR=address, headers=headers), at=at)


def test_the_hash_holds_for_a_day_and_says_nothing_of_the_address(settings) -> None:
    today = sender_of("192.0.2.1")

    assert today == sender_of("192.0.2.1", at=NOW + timedelta(hours=11))
    assert today != sender_of("192.0.2.2")
    assert today != sender_of("192.0.2.1", at=NOW + timedelta(days=1))
    settings.SECRET_KEY = "another"
    assert today != sender_of("192.0.2.1")


def test_an_ipv6_network_counts_as_one_and_an_ipv4_address_in_ipv6_clothes_as_itself() -> None:
    assert sender_of("2001:db8::1") == sender_of("2001:db8::ffff:2")
    assert sender_of("2001:db8::1") != sender_of("2001:db8:0:1::1")
    assert sender_of("::ffff:192.0.2.1") == sender_of("192.0.2.1")


@pytest.mark.parametrize(
    ("count", "forwarded", "same_as"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 192.0.2.9", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, count: int, forwarded: str, same_as: str) -> None:
    settings.PROXY_COUNT = count
    seen = sender_of("192.0.2.1", **{"X-Forwarded-For": forwarded})

    settings.PROXY_COUNT = 0
    assert seen == sender_of(same_as)


@pytest.mark.django_db
def test_one_sender_and_all_together_have_their_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(senders, "MOST_OF_ONE", 2)
    monkeypatch.setattr(senders, "MOST_OF_ALL", 3)
    for sender, minutes in (("a", 50), ("a", 20), ("b", 10)):
        senders.remember(sender, at=NOW - timedelta(minutes=minutes))

    for sender, wait in (("a", 600), ("b", 600)):  # The second waits for all together.
        with pytest.raises(senders.TooMany) as refused:
            senders.check_limits(sender, at=NOW)
        assert refused.value.seconds == wait
    senders.check_limits("a", at=NOW + timedelta(minutes=11))


@pytest.mark.django_db
def test_what_is_older_than_a_day_is_forgotten() -> None:
    now = timezone.now()
    senders.remember("old", at=now - timedelta(days=1, seconds=1))
    senders.remember("new", at=now - timedelta(hours=23))

    call_command("forget_senders", verbosity=0)

    assert [row.sender for row in Sending.objects.all()] == ["new"]
