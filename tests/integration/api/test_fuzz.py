"""The API keeps what its OpenAPI document promises: schemathesis asks all that it allows, and more."""

import pytest
import schemathesis
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig

from comparisons.api.description import describe
from comparisons.api.urls import api
from sclerosis_site.wsgi import application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

EXAMPLES = 20
# A run is as the one before: what fails here fails everywhere.
CONFIG = SchemathesisConfig(
    seed=1,
    projects=ProjectsConfig(
        default=ProjectConfig(generation=GenerationConfig(max_examples=EXAMPLES, deterministic=True, no_shrink=True))
    ),
)
DOCUMENT = describe(api)
OPERATIONS = {operation["operationId"] for path in DOCUMENT["paths"].values() for operation in path.values()}
schema = schemathesis.openapi.from_dict(describe(api), config=CONFIG)
schema.app = application


def ask(case: schemathesis.Case) -> None:
    case.call_and_validate(headers={"Accept-Encoding": "identity"})


# By name, for those that the library makes of one function share an id, and pytest-xdist runs one of them.
for name in sorted(OPERATIONS):
    vars()[f"test_{name}_keeps_its_word"] = schema.include(operation_id=name).parametrize()(ask)


def test_every_operation_is_asked() -> None:
    assert len(OPERATIONS) == len(DOCUMENT["paths"])
