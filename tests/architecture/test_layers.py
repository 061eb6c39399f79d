"""Imports are import-linter's business (pyproject.toml); here are the keys between tables and the migrations."""

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

LAYERS = ["editorial", "conditions", "comparisons"]


def get_layers_above(label: str) -> list[str]:
    return LAYERS[LAYERS.index(label) + 1 :]


@pytest.mark.parametrize("label", LAYERS)
def test_no_model_has_a_key_to_a_layer_above_its_own(label: str) -> None:
    upward = [
        f"{field} → {field.related_model._meta.label}"
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
        if field.related_model._meta.app_label in get_layers_above(label)
    ]
    assert upward == []


@pytest.mark.parametrize("label", LAYERS)
def test_no_migration_waits_for_a_layer_above_its_own(label: str) -> None:
    migrations = MigrationLoader(connection=None).disk_migrations
    upward = [
        f"{key[0]}.{key[1]} → {dependency[0]}.{dependency[1]}"
        for key, migration in migrations.items()
        for dependency in migration.dependencies
        if key[0] == label and dependency[0] in get_layers_above(label)
    ]
    assert upward == []
