"""When the demonstration site is not set up."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from editorial.models import User
from tests.factories import make_editor


def test_it_refuses_to_run_on_a_production_site(db, settings):
    settings.IS_PRODUCTION = True

    with pytest.raises(CommandError, match="This is a production site"):
        call_command("demo")
    assert not User.objects.exists()


def test_it_does_not_take_over_somebody_elses_account(db):
    make_editor(username="reviewer")

    with pytest.raises(CommandError, match="“reviewer” that is no demonstration account"):
        call_command("demo")
    assert not User.objects.filter(username="editor").exists()
