"""No confidential table shows a row to anybody outside the relation, history included.

The tables are found from the models: a new one is tested without being named here.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Exists, Model, OuterRef
from pytest_django import DjangoDbBlocker

from portal.privacy import wall
from portal.privacy.viewer import viewing
from tests.access.world import OUTSIDERS, PERSONAS, build_dossier
from tests.factories.database import as_owner

# Tables behind the wall that are about figures, not about a person: HR reads those.
RELEASED = {"evaluations.Release", "evaluations.ReleasedFigure", "evaluations.Report"}
# What nobody reads back by listing: answers after sending, and drawings, which are found by their key.
WRITTEN_ONLY = {
    "evaluations.Response",
    "documents.Drawing",
    "trajectories.PageDraft",
    "trajectories.WithdrawalCount",
}
# Who comes to a session is known to its organiser, as the offering says before one enrols.
# A manager knows of the request that they are asked to approve, and who answers for them.
# A manager knows of the text that the participant released to them.
# A manager knows of the invitation that they sent, and of nothing that follows from it but start and end.
KNOWN_TO = {
    "catalog.Enrolment": {"editor", "manager"},
    "catalog.EnrolmentEvent": {"editor", "manager"},
    "catalog.Approval": {"manager"},
    "catalog.ApprovalEvent": {"manager"},
    "catalog.Deputy": {"manager"},
    "delivery.Mail": {"manager"},
    "trajectories.Referral": {"manager"},
    "trajectories.ReferralEvent": {"manager"},
    "trajectories.PayerView": {"manager"},
    "trajectories.PayerViewEvent": {"manager"},
    "trajectories.ReportBack": {"manager"},
    "trajectories.ReportBackEvent": {"manager"},
}


def confidential() -> list[type[Model]]:
    """Return every model with a relation table, and the history of each."""
    found = [model for model in apps.get_models() if wall.wall_of(model) is not None]
    return [model for model in found if model._meta.label not in RELEASED]


@pytest.fixture(scope="module")
def dossier(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """A dossier with a row in every confidential table."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_dossier()
        transaction.set_rollback(True)


@pytest.mark.parametrize("model", confidential(), ids=lambda model: model._meta.label)
def test_rows_show_inside_the_relation_only(
    model: type[Model], dossier: dict[str, Any], django_db_blocker: DjangoDbBlocker
) -> None:
    """There are rows; outsiders and nobody see none of them, whoever they are."""
    with django_db_blocker.unblock():
        with as_owner():
            assert model._default_manager.exists(), "without a row this test would be blind"
        for persona in set(OUTSIDERS) - KNOWN_TO.get(model._meta.label, set()):
            with viewing(dossier[persona]):
                assert list(model._default_manager.all()) == [], persona
        with viewing(None):
            assert list(model._default_manager.all()) == []
        with viewing(dossier["participant"]):
            assert model._default_manager.exists() is (model._meta.label not in WRITTEN_ONLY)


@pytest.mark.parametrize("model", confidential(), ids=lambda model: model._meta.label)
def test_queries_find_what_the_relations_say(
    model: type[Model], dossier: dict[str, Any], django_db_blocker: DjangoDbBlocker
) -> None:
    """The compiled condition finds the same rows as the relations, also inside another query, without any policy."""
    rows, held = model._default_manager, wall.wall_of(model)
    assert held is not None
    with django_db_blocker.unblock(), as_owner():
        for persona in PERSONAS:
            actor = dossier[persona]
            visible = wall.visible(model, actor)
            related = wall.any_of(held.read, actor.pk)
            said = set(rows.filter(related).values_list("pk", flat=True))
            inside = Exists(visible.filter(pk=OuterRef("pk")))
            asked = (visible, rows.filter(pk__in=visible.values("pk")), rows.filter(inside))
            for query in asked:
                assert set(query.values_list("pk", flat=True)) == said, persona
            others = set(rows.exclude(inside).values_list("pk", flat=True))
            assert others == set(rows.values_list("pk", flat=True)) - said, persona
