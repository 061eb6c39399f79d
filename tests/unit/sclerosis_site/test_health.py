"""What monitors ask."""

import pytest
from django.db import Error, connection


def test_healthz_asks_no_database(client):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_readyz_says_yes_while_the_database_answers(client):
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_readyz_says_no_when_the_database_does_not_answer(client, monkeypatch):
    def fail(*args, **kwargs):
        raise Error

    monkeypatch.setattr(connection, "cursor", fail)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response["Cache-Control"].startswith("max-age=0")
