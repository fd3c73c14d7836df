"""Advisors beside a request: each blocker holds up the act, the sentences suit their reader, lists agree."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from portal import clock
from portal.people.models import RoleGrant
from portal.privacy.viewer import viewing
from tests.factories import advisors, people, trajectories
from tests.factories.database import as_owner
from tests.trajectories.pagetext import words
from trajectories import services
from trajectories.errors import Blocked, NotYours
from trajectories.queries.candidates import matches

pytestmark = pytest.mark.django_db


def in_the_same_department(told):
    place = told.participant.appointments.get().department
    told.advisor.user.appointments.all().delete()
    people.appointment(told.advisor.user, department=place)


def in_the_same_line(told):
    told.participant.appointments.update(manager=told.advisor.user)


def full(told):
    told.advisor.maximum_caseload = 1
    told.advisor.save()
    trajectories.walk("assigned", advisor=told.advisor, coordinator=told.coordinator)


def lapsed(told):
    told.advisor.certificates.update(valid_until=told.moment.date() - timedelta(days=1))


def wrong_language(told):
    told.advisor.languages.all().delete()


def other_questions(told):
    told.advisor.question_types.set([advisors.question_type("contract_ends")])


def gone(told):
    told.advisor.is_active = False
    told.advisor.save()


def left(told):
    told.advisor.user.is_active = False
    told.advisor.user.save()


def without_the_role(told):
    held = RoleGrant.objects.filter(user=told.advisor.user)
    held.update(ends_on=told.moment.astimezone(clock.AMSTERDAM).date() - timedelta(days=1))


def away(told):
    day = told.moment.astimezone(clock.AMSTERDAM).date()
    told.advisor.absences.create(starts_on=day, ends_on=day)


def contract_over(told):
    ended = told.moment.astimezone(clock.AMSTERDAM).date() - timedelta(days=1)
    told.advisor.kind, told.advisor.provider = "external", advisors.provider(contract_ends_on=ended)
    told.advisor.save()


def bring_about(told, happens):
    if happens is full:
        happens(told)
    else:
        with as_owner():
            happens(told)


BLOCKERS = {
    in_the_same_department: "Werkt in dezelfde afdeling als de deelnemer.",
    in_the_same_line: "Heeft dezelfde leidinggevende als de deelnemer, of geeft leiding aan de ander.",
    full: "Heeft nu geen ruimte.",
    lapsed: "De registratie als loopbaanprofessional is verlopen.",
    wrong_language: "Spreekt niet goed genoeg Nederlands voor een heel traject.",
    other_questions: "Werkt niet met dit soort vragen.",
    gone: "Neemt geen nieuwe trajecten aan.",
    left: "Neemt geen nieuwe trajecten aan.",
    without_the_role: "Neemt geen nieuwe trajecten aan.",
    away: "Is in deze periode afwezig.",
    contract_over: "Het contract met de aanbieder is afgelopen.",
}


@pytest.mark.parametrize("happens", BLOCKERS, ids=lambda happens: happens.__name__)
def test_each_blocker_holds_up_assigning_suggesting_and_choosing(happens):
    told = trajectories.walk("requested")
    with told.acting(told.coordinator, days=0) as actor:
        services.suggest_advisors(actor=actor, trajectory=told.trajectory, chosen=[told.advisor.reference])
    bring_about(told, happens)
    given: dict[str, Any] = {"trajectory": told.trajectory, "advisor": told.advisor.reference}
    with told.acting(told.coordinator, days=0) as actor, pytest.raises(Blocked) as refusal:
        services.assign_advisor(actor=actor, **given)
    assert refusal.value.sentences == [f"Mirjam de Wit: {BLOCKERS[happens]}"]
    with told.acting(told.coordinator, days=0) as actor, pytest.raises(Blocked):
        services.suggest_advisors(actor=actor, trajectory=told.trajectory, chosen=[told.advisor.reference])
    with told.acting(told.participant, days=0) as actor, pytest.raises(Blocked):
        services.choose_advisor(actor=actor, **given)
    assert told.trajectory.advisor is None


@pytest.mark.parametrize("happens", [lapsed, gone, left], ids=lambda happens: happens.__name__)
def test_advisor_who_may_not_go_on_plans_no_intake(happens):
    told = trajectories.walk("assigned")
    with as_owner():
        happens(told)
    with pytest.raises((Blocked, NotYours)):
        told.plan_intake()
    assert told.trajectory.status == "requested"


def test_sentences_speak_to_their_reader(client):
    colleague = advisors.advisor(person=people.employee("Joost Collega"))
    told = trajectories.walk("requested", advisor=colleague)
    with told.acting(told.coordinator, days=0):
        mine = next(m for m in matches(told.trajectory) if m.advisor == colleague)
    assert "Werkt in dezelfde faculteit als de deelnemer." in mine.warnings
    assert any(sentence.startswith("Werkt vaak met deze vraag") for sentence in mine.reasons)
    with told.acting(told.coordinator, days=0) as actor:
        services.suggest_advisors(actor=actor, trajectory=told.trajectory, chosen=[colleague.reference])
    client.force_login(told.participant)
    page = words(client.get(reverse("trajectories:page", args=[told.trajectory.reference])))
    assert "Werkt vaak met uw vraag" in page
    assert "Werkt in dezelfde faculteit als u." in page
    assert "de deelnemer" not in page


def test_same_input_same_order_and_the_pages_agree(client):
    told = trajectories.walk("requested")
    more = [advisors.advisor(f"Adviseur {name}") for name in ("Abel", "Bos", "Cohen", "Dam")]
    with as_owner():
        more[3].is_active = False
        more[3].save()
    with told.acting(told.coordinator, days=0):
        first, again = (
            [(m.advisor.reference, m.can_take_case) for m in matches(told.trajectory)] for _twice in range(2)
        )
    assert first == again
    assert [can for _reference, can in first] == [True] * 4 + [False]
    client.force_login(told.coordinator)
    page = client.get(reverse("trajectories:assign", args=[told.trajectory.reference])).content.decode()
    offered = [reference for reference, can in first if can]
    places = [page.index(f'value="{reference}"') for reference in offered]
    assert places == sorted(places)
    assert first[-1][0] not in page
    assert "Adviseur Dam" in page


def test_certificate_that_ends_on_the_day_still_counts():
    told = trajectories.walk("requested")
    with as_owner():
        told.advisor.certificates.update(valid_until=told.moment.astimezone(clock.AMSTERDAM).date())
    told.assign()
    assert told.trajectory.advisor == told.advisor.user


def test_board_directory_and_candidates_agree(client):
    """C6: the same advisors can take a case wherever one looks, and for the same reasons not."""
    told = trajectories.walk("requested")
    others = {
        name: advisors.advisor(f"Adviseur {name.title()}") for name in ("away", "lapsed", "dutch", "free")
    }
    with as_owner():
        today = clock.today()
        others["away"].absences.create(starts_on=today, ends_on=today)
        others["lapsed"].certificates.update(valid_until=today - timedelta(days=1))
        others["dutch"].languages.filter(code="nl").delete()
    client.force_login(told.coordinator)
    board = words(client.get(reverse("trajectories:assign", args=[told.trajectory.reference])))
    client.force_login(told.participant)
    kinds = {"question": "other_role_inside", "language": "nl"}
    directory = words(client.get(reverse("advisors:directory"), kinds))
    with viewing(told.coordinator):
        found = matches(told.trajectory)
    able = {m.advisor.user.full_name for m in found if m.can_take_case}
    assert able == {"Mirjam de Wit", "Adviseur Free"}
    blocked = {m.advisor.user.full_name: m.blockers for m in found if not m.can_take_case}
    assert set(blocked) == {"Adviseur Away", "Adviseur Lapsed", "Adviseur Dutch"}
    for name, sentences in blocked.items():
        assert f"{name} {' '.join(sentences)}" in board
        assert name in directory
        assert all(sentence in directory for sentence in sentences)
