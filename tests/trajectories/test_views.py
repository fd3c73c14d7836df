"""Each act through its page: works, the rest refused, bad input back, no double effect."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from portal import clock
from portal.delivery.models import Mail
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from trajectories import services
from trajectories.errors import TrajectoryError
from trajectories.forms.planning import stamp
from trajectories.models import Conversation, Plan, PlanStep, Signature
from trajectories.queries.closing import results_to_rate
from trajectories.queries.facts import agreement_on_table, aspects_of
from trajectories.queries.planning import agenda

pytestmark = pytest.mark.django_db
Data = dict[str, Any]
ALL_NONSENSE: Data = {"all": "nonsense"}


def appointment(told) -> Data:
    with viewing(told.participant):
        free = agenda(told.trajectory).free()
    return {"slot": stamp(free[3]), "mode": "online", "place": ""}


def intake(told) -> Data:
    return dict.fromkeys(aspects_of(told.trajectory), "done") | {"finish": "yes"}


def agreement(_told) -> Data:
    terms = {**trajectories.TERMS, "payer": "central", "starts_on": "2026-12-01", "ends_on": "2027-03-01"}
    return {**terms, "result_1": "Een keuze.", "after_1": "2", "propose": "yes"}


def signing(told) -> Data:
    with viewing(told.participant):
        table = agreement_on_table(told.trajectory)
        return {"digest": table.digest if table else "", "agrees": "on"}


def rating(told) -> Data:
    with viewing(told.participant):
        return {row.reference: "achieved" for row in results_to_rate(told.trajectory)} | {"unplanned": ""}


def with_talk(told) -> Data:
    with told.acting(told.advisor.user) as actor:
        talk = Conversation.objects.create(
            trajectory=told.trajectory,
            advisor=actor,
            starts_at=clock.now() - timedelta(hours=2),
            ends_at=clock.now() - timedelta(hours=1),
        )
    return {"talk": talk.reference}


def with_plan(told) -> Data:
    told.plan("A", "Datasteward", ("Een", "Twee"))
    return {"letter": "A"}


def with_step(told) -> Data:
    with_plan(told)
    with viewing(told.participant):
        return {"step": PlanStep.objects.get(order=2).reference}


@dataclass(frozen=True)
class Act:
    """One act: where it starts, who does it, what is typed, and how the world looks afterwards."""

    page: str
    status: str
    by: str
    after: Callable[..., bool]
    data: Callable[..., Data] = lambda _told: {}
    bad: Data | None = None
    refuses: str = ""
    shown_to_both: bool = False
    post_only: bool = False
    more: Callable[..., Data] = lambda _told: {}


def is_at(status: str) -> Callable[..., bool]:
    return lambda told, _more: told.trajectory.status == status


def reads(model: Any, **lookup: Any) -> Callable[..., bool]:
    def found(told: Any, _more: Data) -> bool:
        with viewing(told.participant):
            return bool(model.objects.filter(**lookup).exists())

    return found


ACTS = {
    "pause": Act(
        "move",
        "in_progress",
        "participant",
        is_at("on_hold"),
        lambda _t: {"to": "on_hold", "reason": "Druk."},
        post_only=True,
        shown_to_both=True,
    ),
    "withdraw": Act(
        "move", "assigned", "participant", is_at("withdrawn"), lambda _t: {"to": "withdrawn"}, post_only=True
    ),
    "plan the intake": Act(
        "plan_intake",
        "assigned",
        "advisor",
        is_at("intake_planned"),
        appointment,
        {"day": "x"},
        shown_to_both=True,
    ),
    "record the intake": Act(
        "intake",
        "intake_planned",
        "advisor",
        is_at("intake_done"),
        intake,
        {"question_clear": "nonsense"},
        shown_to_both=True,
    ),
    "propose": Act(
        "agreement_edit", "intake_done", "advisor", is_at("agreement_proposed"), agreement, {"talks": "-1"}
    ),
    "sign": Act(
        "sign",
        "agreement_proposed",
        "participant",
        reads(Signature, side="participant"),
        signing,
        post_only=True,
        shown_to_both=True,
    ),
    "plan a talk": Act(
        "plan_talk",
        "in_progress",
        "advisor",
        reads(Conversation, kind="talk", state="planned"),
        lambda t: appointment(t) | {"kind": "talk"},
        {"slot": ""},
        shown_to_both=True,
    ),
    "record a talk": Act(
        "record_talk",
        "in_progress",
        "advisor",
        reads(Conversation, kind="talk", state="held"),
        lambda _t: {"agreed": "Een dag meelopen.", "held_on": clock.today().isoformat()},
        {"agreed": " "},
        more=with_talk,
    ),
    "move a talk": Act(
        "move_talk",
        "in_progress",
        "participant",
        reads(Conversation, kind="talk", sequence=1),
        appointment,
        {"slot": "1"},
        more=with_talk,
        shown_to_both=True,
    ),
    "cancel a talk": Act(
        "cancel_talk",
        "in_progress",
        "participant",
        reads(Conversation, kind="talk", state="cancelled"),
        more=with_talk,
        shown_to_both=True,
    ),
    "name a plan": Act(
        "plan",
        "in_progress",
        "participant",
        reads(Plan, letter="B", is_shared=False),
        lambda _t: {"title": "Anders"},
        {"title": ""},
        more=lambda _t: {"letter": "B"},
    ),
    "add a step": Act(
        "add_step",
        "in_progress",
        "participant",
        reads(PlanStep, order=3),
        lambda _t: {"text": "Drie"},
        {"text": ""},
        more=with_plan,
        post_only=True,
        shown_to_both=True,
    ),
    "change a step": Act(
        "step",
        "in_progress",
        "participant",
        reads(PlanStep, order=2),
        lambda _t: {"text": "Anders"},
        {"text": "", "due_on": "x"},
        more=with_step,
        shown_to_both=True,
    ),
    "settle components": Act(
        "components",
        "in_progress",
        "advisor",
        lambda told, _m: told.trajectory.version > 1,
        lambda _t: {"self_analysis": "done"},
        {"self_analysis": "nonsense"},
    ),
    "rate": Act(
        "closing",
        "closing",
        "participant",
        lambda told, _m: told.trajectory.participant_rated_at is not None,
        rating,
        ALL_NONSENSE,
        shown_to_both=True,
    ),
}


def url_of(act, told, more, reference=""):
    return reverse(
        f"trajectories:{act.page}", kwargs={"reference": reference or told.trajectory.reference, **more}
    )


def people_of(act, told):
    doer, other = (told.participant, told.advisor.user)
    return (doer, other) if act.by == "participant" else (other, doer)


@pytest.fixture(params=list(ACTS.values()), ids=list(ACTS))
def scene(request, client):
    act = request.param
    told = trajectories.walk(act.status)
    more = act.more(told)
    doer, other = people_of(act, told)
    client.force_login(doer)
    return act, told, more, doer, other


def test_works(scene, client):
    act, told, more, *_people = scene
    answer = client.post(url_of(act, told, more), act.data(told))
    assert answer.status_code == 302, answer.content.decode()[-4000:]
    assert act.after(told, more)


def test_everybody_else_is_refused(scene, client):
    act, told, more, doer, other = scene
    url, data, before = url_of(act, told, more), act.data(told), told.trajectory.version
    for person in (people.employee("Iemand Anders"), told.coordinator):
        client.force_login(person)
        assert client.post(url, data).status_code == 404
    client.logout()
    late = client.post(url, data)  # what was typed is given back, on a page that asks to sign in
    assert late.status_code == 403 or "/login/" in late["Location"]
    client.force_login(doer)
    assert client.post(url_of(act, told, more, "2222aaaa3333"), data).status_code == 404
    assert client.get(url).status_code == (405 if act.post_only else 200)
    assert told.trajectory.version == before
    client.force_login(other)
    expected = {302, 200} if act.shown_to_both else {403, 404, 409}
    assert client.post(url, data).status_code in expected


def test_bad_input_comes_back(scene, client):
    act, told, more, *_people = scene
    if act.bad is None:
        return
    data, before = act.data(told), told.trajectory.version
    bad = dict.fromkeys(data, "nonsense") if act.bad == ALL_NONSENSE else act.bad
    answer = client.post(url_of(act, told, more), data | bad)
    assert answer.status_code == 422
    assert b"data-error-summary" in answer.content
    assert told.trajectory.version == before


def test_twice_has_no_double_effect(scene, client):
    act, told, more, *_people = scene
    data = act.data(told) | {"version": told.trajectory.version}
    first = client.post(url_of(act, told, more), data)
    after = told.trajectory
    second = client.post(url_of(act, told, more), data)
    assert first.status_code == 302
    assert second.status_code in {200, 302, 409}
    assert told.trajectory.status == after.status


def test_incomplete_agreement_is_kept_and_says_what_is_missing(client):
    told = trajectories.walk("intake_done")
    client.force_login(told.advisor.user)
    url = reverse("trajectories:agreement_edit", args=[told.trajectory.reference])
    version = told.trajectory.version
    answer = client.post(url, agreement(told) | {"replacement": "", "result_1": "", "version": version})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("Dit ontbreekt nog.") >= 2
    assert "De afspraken zijn nog niet volledig" in page
    client.post(url, agreement(told) | {"version": version + 1})
    assert told.trajectory.status == "agreement_proposed"


def test_incomplete_intake_keeps_what_was_typed(client):
    told = trajectories.walk("intake_planned")
    client.force_login(told.advisor.user)
    url = reverse("trajectories:intake", args=[told.trajectory.reference])
    note = {
        "question_clear": "skipped",
        "question_clear_note": "",
        "roles_agreed": "done",
        "roles_agreed_note": "Helder.",
    }
    answer = client.post(url, note | {"finish": "yes"})
    assert answer.status_code == 422
    assert "Nog niet alle punten van de intake" in answer.content.decode()
    assert "Helder." in client.get(url).content.decode()
    assert told.trajectory.status == "intake_planned"


def test_stale_page_gives_back_what_was_typed(client):
    told = trajectories.walk("in_progress")
    client.force_login(told.advisor.user)
    url = reverse("trajectories:move", args=[told.trajectory.reference])
    data = {"to": "on_hold", "reason": "Een lang uitgeschreven reden.", "version": 1}
    answer = client.post(url, data)
    assert answer.status_code == 409
    assert "Een lang uitgeschreven reden." in answer.content.decode()
    assert told.trajectory.status == "in_progress"


def test_talk_held_earlier_than_planned_calls_the_appointment_off(client):
    told = trajectories.walk("in_progress")
    with told.acting(told.advisor.user) as actor:
        starts = told.moment + timedelta(days=9)
        ends = starts + timedelta(hours=1)
        talk = services.plan_conversation(
            actor=actor, trajectory=told.trajectory, starts_at=starts, ends_at=ends
        )
    with told.acting(told.advisor.user) as actor:
        with pytest.raises(TrajectoryError, match="nog niet geweest"):
            services.record_conversation(actor=actor, talk=talk, agreed="Al gedaan.")
        row = services.record_conversation(actor=actor, talk=talk, agreed="Al gedaan.", held_on=clock.today())
        assert row.starts_at.astimezone(clock.AMSTERDAM).date() == clock.today()
    with viewing(told.participant):
        mail = Mail.objects.filter(key__startswith=f"conversation:{talk.reference}:1").get()
    assert "gaat niet door" in mail.text


@pytest.mark.parametrize("text", ["<script>alert(1)</script>" * 3, "x" * 20_001])
def test_odd_text_is_answered_and_never_runs(client, text):
    told = trajectories.walk("in_progress")
    client.force_login(told.participant)
    reference = told.trajectory.reference
    url = reverse("trajectories:notebook", args=[reference, "shared"])
    answer = client.post(url, {"text": text}, follow=True)
    assert answer.status_code in {200, 422}
    assert "<script>alert(1)" not in answer.content.decode()
    ticked = client.post(reverse("trajectories:tick", args=[reference]), {"shown": text, "step": text})
    assert ticked.status_code == 302
    for name in ("choose", "answer", "move"):
        odd = client.post(reverse(f"trajectories:{name}", args=[reference]), {"advisor": text, "to": text})
        assert odd.status_code == 409


def test_ticks_change_only_what_the_page_showed(client):
    told = trajectories.walk("in_progress")
    told.plan("A", "Een", ("Eerst", "Daarna"))
    with viewing(told.participant):
        first, second = PlanStep.objects.order_by("order")
    client.force_login(told.participant)
    url = reverse("trajectories:tick", args=[told.trajectory.reference])
    client.post(url, {"shown": [first.reference], "step": [first.reference, second.reference]})
    with viewing(told.participant):
        assert [bool(step.done_at) for step in PlanStep.objects.order_by("order")] == [True, False]
