"""The direction of foreign keys, and what an admin may not show."""

from collections.abc import Iterator
from typing import cast

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from tests.architecture import sources

ROOMS = (
    "organisation",
    "people",
    "privacy",
    "delivery",
    "documents",
    "interface",
    "demo",
    *sources.DOMAIN_APPS,
)


def _own_models() -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in ROOMS:
            yield model


def test_foreign_keys_point_down():
    upward = {
        f"{model._meta.label}.{field.name} -> {target._meta.label}"
        for model in _own_models()
        for field in model._meta.get_fields()
        if getattr(field, "remote_field", None) and field.concrete
        for target in [cast("type[Model]", field.related_model)]
        if target._meta.label != settings.AUTH_USER_MODEL
        and target._meta.app_label in ROOMS
        and ROOMS.index(target._meta.app_label) > ROOMS.index(model._meta.app_label)
    }
    assert upward == set()


def test_no_generic_relations_by_which_a_lower_floor_could_name_a_higher_one():
    generic = {
        f"{model._meta.label}.{field.name}" for model in _own_models() for field in model._meta.private_fields
    }
    assert generic == set()


def test_no_model_is_registered_in_an_admin():
    assert not apps.is_installed("django.contrib.admin")
    importing = [p for p in sources.python() if any("contrib.admin" in name for name in sources.imports(p))]
    assert importing == []


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    try:
        call_command("makemigrations", check_changes=True, dry_run=True)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


def test_each_app_has_one_newest_migration_and_its_file_names_it():
    loader = MigrationLoader(None)
    for label in ROOMS:
        leaves = [name for app, name in loader.graph.leaf_nodes(label)]
        folder = sources.ROOT / apps.get_app_config(label).path / "migrations"
        named = folder / "max_migration.txt"
        assert (named.read_text().split() if named.exists() else []) == leaves, label
