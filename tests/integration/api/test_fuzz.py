"""The API keeps what its OpenAPI document promises, whatever is asked: schemathesis asks all that it allows, and more."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig

from comparisons.api.description import describe
from comparisons.api.urls import api
from sclerosis_site.wsgi import application
from tests.rich_content import build_rich_site

pytestmark = pytest.mark.django_db

EXAMPLES = 20
# A run is as the one before: what fails here fails everywhere.
CONFIG = SchemathesisConfig(
    seed=1,
    projects=ProjectsConfig(
        default=ProjectConfig(generation=GenerationConfig(max_examples=EXAMPLES, deterministic=True, no_shrink=True))
    ),
)
schema = schemathesis.openapi.from_dict(describe(api), config=CONFIG)
schema.app = application


@pytest.fixture(scope="module")
def _site(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """One small rich site for all operations, in a transaction that is taken back."""
    # The end of a request must not close the connection of the tests, as Django's own test client knows.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic():
        build_rich_site()
        yield
        transaction.set_rollback(True)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_site")
@schema.parametrize()
def test_the_api_keeps_its_word(case: schemathesis.Case) -> None:
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
