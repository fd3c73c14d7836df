"""Plans A, B and C: who reads them, goals and steps, two devices, undo, offerings, paper."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.enums import Status as Published
from catalog.services.enrolling import cancel, enrol
from portal import clock
from portal.interface.moments import day_short
from portal.privacy.viewer import viewing
from tests.factories import catalog, people, trajectories
from tests.factories.database import as_owner
from tests.trajectories.pagetext import words
from trajectories import services
from trajectories.errors import Stale
from trajectories.models import Goal, Plan, PlanStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return trajectories.walk("in_progress")


def address(told, name, *more):
    return reverse(f"trajectories:{name}", args=[told.trajectory.reference, *more])


def steps_of(person, letter="A"):
    with viewing(person):
        rows = PlanStep.objects.filter(plan__letter=letter).order_by("order", "pk")
        return list(rows.select_related("plan__trajectory", "goal"))


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        page = client.get(url)
    assert page.status_code == 200
    return len(found), page.content.decode()


def test_participant_adds_a_dated_step_that_the_advisor_cannot_delete(client, told):
    """H2.2-10."""
    client.force_login(told.participant)
    day = clock.today() + timedelta(days=20)
    client.post(address(told, "add_step", "A"), {"text": "Meelopen", "due_on": day.isoformat()})
    (step,) = steps_of(told.participant)
    assert (step.text, step.due_on) == ("Meelopen", day)
    client.force_login(told.advisor.user)
    assert client.post(address(told, "step", step.reference), {"remove": "yes"}).status_code == 403
    with viewing(told.advisor.user):
        assert PlanStep.objects.filter(pk=step.pk)._raw_delete("default") == 0
    assert len(steps_of(told.participant)) == 1


@pytest.mark.parametrize("name", ["plan", "page", "print_plans"])
def test_pages_cost_the_same_with_one_step_three_or_forty(client, told, name):
    told.plan("A", "Een", ())
    told.goal("Doel")
    with viewing(told.participant):
        plan = Plan.objects.get(letter="A")
    url = address(told, "plan", "A") if name == "plan" else address(told, name)
    client.force_login(told.participant)
    counts = []
    for goal in (1, 3, 40):
        have = len(steps_of(told.participant))
        with viewing(told.participant):
            rows = [PlanStep(plan=plan, text=f"Stap {n}", order=n) for n in range(have, goal)]
            PlanStep.objects.bulk_create(rows)
        count, page = queries(client, url)
        counts.append(count)
        assert f"Stap {goal - 1}" in page
    assert counts == [counts[0]] * 3


def test_b_is_private_until_released_and_again_when_taken_back(client, told):
    """F2; by the database's own policy, history included."""
    told.plan("B", "Stiekem plan", ("Verborgen stap",))
    (step,) = steps_of(told.participant, "B")
    seen = []
    for share in ("", "yes", "no"):
        client.force_login(told.participant)
        if share:
            page = client.post(address(told, "share_plan", "B"), {"share": share}, follow=True)
            told_so = "Mirjam de Wit leest dit plan mee." if share == "yes" else "Alleen u leest dit plan."
            assert told_so in page.content.decode()
        client.force_login(told.advisor.user)
        pages = [address(told, "plan", "B"), address(told, "step", step.reference)]
        answers = [client.get(page).status_code for page in pages]
        with viewing(told.advisor.user):
            rows = [
                model.objects.filter(**{key: value}).exists()
                for model, key, value in (
                    (Plan, "letter", "B"),
                    (PlanStep, "plan__letter", "B"),
                    (apps.get_model("trajectories", "PlanStepEvent"), "reference", step.reference),
                )
            ]
        seen.append((answers, rows))
    assert seen == [
        ([404, 404], [False, False, False]),
        ([200, 200], [True, True, True]),
        ([404, 404], [False, False, False]),
    ]


def test_sharing_is_the_participants_alone(client, told):
    told.plan("B", "Stiekem plan", ())
    client.force_login(told.advisor.user)
    assert client.post(address(told, "share_plan", "B"), {"share": "yes"}).status_code == 403
    told.plan("A", "Open plan", ())
    with viewing(told.advisor.user):
        changed = Plan.objects.filter(letter="A").update(is_shared=False)
    assert changed == 0


def test_adding_to_a_plan_that_was_just_taken_back_is_answered(told):
    told.plan("A", "Een", ())
    with viewing(told.advisor.user):
        plan = Plan.objects.select_related("trajectory").get(letter="A")
    with told.acting(told.participant) as actor:
        services.share_plan(actor=actor, trajectory=told.trajectory, letter="A", is_shared=False)
    with told.acting(told.advisor.user) as actor, pytest.raises(Stale):
        services.add_step(actor=actor, plan=plan, text="Te laat")


def test_steps_stand_under_their_goal_with_help_and_progress(client, told):
    """F1: goal, step, date, help needed; overdue is said in words."""
    told.plan("A", "Een", ())
    told.goal("Rust vinden")
    with viewing(told.participant):
        goal = Goal.objects.get()
    client.force_login(told.participant)
    words = {"text": "Wandelen", "goal": goal.reference, "help_needed": "goede schoenen"}
    client.post(address(told, "add_step", "A"), words | {"due_on": str(clock.today() - timedelta(days=3))})
    client.post(address(told, "add_step", "A"), {"text": "Los"})
    page = client.get(address(told, "plan", "A")).content.decode()
    for text in ("Rust vinden", "Nodig: goede schoenen", "0 van 2 klaar", "1 over de datum"):
        assert text in page
    client.post(address(told, "goal", goal.reference), {"remove": "yes"})
    assert [step.goal for step in steps_of(told.participant)] == [None, None]


def test_goal_of_another_plan_is_refused(client, told):
    told.plan("A", "Een", ())
    told.plan("B", "Twee", ())
    told.goal("Van B", "B")
    with viewing(told.participant):
        goal = Goal.objects.get()
    client.force_login(told.participant)
    client.post(address(told, "add_step", "A"), {"text": "Stap", "goal": goal.reference})
    assert [step.goal for step in steps_of(told.participant)] == [None]


def test_second_device_that_ticks_the_same_step_is_told(client, told):
    told.plan("A", "Een", ("Eerst", "Daarna"))
    first, second = steps_of(told.participant)
    client.force_login(told.participant)
    url = address(told, "tick")
    client.post(url, {"shown": [first.reference], "step": [first.reference]})
    late = client.post(url, {"shown": [first.reference], "step": [first.reference]}, follow=True)
    assert "Op een ander apparaat van u was een stap al afgevinkt" in late.content.decode()
    # A page that still shows the first as open, on which only the second is ticked, takes nothing away.
    both = {"shown": [first.reference, second.reference], "step": [second.reference]}
    client.post(url, both)
    assert [bool(step.done_at) for step in steps_of(told.participant)] == [True, True]
    client.post(url, {"shown_done": [first.reference], "step": []})
    assert [bool(step.done_at) for step in steps_of(told.participant)] == [False, True]


def test_one_tick_is_one_click_with_script(client, told):
    told.plan("A", "Een", ("Eerst",))
    (step,) = steps_of(told.participant)
    client.force_login(told.participant)
    data = {"shown": step.reference, "step": step.reference, "letter": "A", "place": "plan"}
    part = client.post(address(told, "tick"), data, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div class="planpart" id="steps-A">')
    assert "1 van 1 klaar" in part
    assert "checked" in part


def test_older_page_of_a_step_does_not_overwrite(client, told):
    told.plan("A", "Een", ("Eerst",))
    (step,) = steps_of(told.participant)
    client.force_login(told.participant)
    url = address(told, "step", step.reference)
    client.post(url, {"text": "Van de telefoon", "seen": step.version})
    late = client.post(url, {"text": "Van de laptop", "seen": step.version})
    assert late.status_code == 409
    assert "Van de laptop" in late.content.decode()
    assert [row.text for row in steps_of(told.participant)] == ["Van de telefoon"]


def test_moved_date_can_be_put_back(client, told):
    told.plan("A", "Een", ("Eerst",))
    (step,) = steps_of(told.participant)
    day = clock.today() + timedelta(days=40)
    client.force_login(told.participant)
    url = address(told, "step", step.reference)
    said = client.post(url, {"text": "Eerst", "due_on": day.isoformat(), "seen": 1}, follow=True)
    assert f'href="{url}#before"' in said.content.decode()
    assert [row.due_on for row in steps_of(told.participant)] == [day]
    client.post(address(told, "restore_step", step.reference), {"seen": 2})
    assert [row.due_on for row in steps_of(told.participant)] == [step.due_on]
    again = client.post(address(told, "restore_step", step.reference), {"seen": 2})
    assert again.status_code == 409


def test_date_a_week_later_counts_from_today_when_it_has_passed(client, told):
    told.plan("A", "Een", ("Eerst",))
    (step,) = steps_of(told.participant)
    client.force_login(told.participant)
    assert step.due_on < clock.today()
    client.post(address(told, "step", step.reference), {"later": "yes", "seen": 1})
    assert [row.due_on for row in steps_of(told.participant)] == [clock.today() + timedelta(days=7)]


def test_step_taken_out_comes_back_with_all_that_it_had(client, told):
    told.plan("A", "Een", ("Eerst", "Daarna"))
    first, second = steps_of(told.participant)
    client.force_login(told.participant)
    client.post(address(told, "step", first.reference), {"remove": "yes"})
    assert [row.text for row in steps_of(told.participant)] == ["Daarna"]
    assert "Kort geleden weggehaald" in client.get(address(told, "plan", "A")).content.decode()
    assert client.get(address(told, "step", first.reference)).status_code == 404
    client.post(address(told, "restore_step", first.reference))
    assert [(row.text, row.due_on) for row in steps_of(told.participant)] == [
        ("Eerst", first.due_on),
        ("Daarna", second.due_on),
    ]
    assert "Kort geleden weggehaald" not in client.get(address(told, "plan", "A")).content.decode()


def test_order_changes_under_one_goal(client, told):
    told.plan("A", "Een", ("Eerst", "Daarna"))
    _first, second = steps_of(told.participant)
    client.force_login(told.participant)
    client.post(address(told, "step", second.reference), {"way": "up"})
    assert [row.text for row in steps_of(told.participant)] == ["Daarna", "Eerst"]


def test_step_links_to_a_published_offering_and_on_to_enrolling(client, told):
    """F5."""
    offering = catalog.offering()
    told.plan("A", "Een", ("Eerst",))
    (step,) = steps_of(told.participant)
    client.force_login(told.participant)
    url = address(told, "step_offering", step.reference)
    assert client.get(url).status_code == 200
    client.post(url, {"offering": offering.slug})
    page = client.get(address(told, "plan", "A")).content.decode()
    assert offering.title in page
    assert reverse("catalog:enrol", args=[offering.slug]) in page
    with as_owner():
        type(offering).objects.filter(pk=offering.pk).update(status=Published.DRAFT)
    assert offering.title not in client.get(address(told, "plan", "A")).content.decode()
    assert client.post(url, {"offering": offering.slug}).status_code == 404
    client.post(url, {"offering": ""})
    assert steps_of(told.participant)[0].offering_id is None


def linked_step(told, text, title):
    """A step with an offering that has a date."""
    session = catalog.session(catalog.offering(title))
    with told.acting(told.participant, days=0) as actor:
        plan = services.set_plan(actor=actor, trajectory=told.trajectory, letter="A", title="Plan")
        step = services.add_step(actor=actor, plan=plan, text=text)
        services.link_offering(actor=actor, step=step, offering=session.offering)
    return step, session


@pytest.mark.parametrize("name", ["page", "plan", "step"])
def test_step_says_that_one_is_enrolled_already(client, told, name):
    """Instead of “Enrol”: where one stands, and the way to one's own enrolment; the advisor reads nothing of it."""
    step, session = linked_step(told, "Bellen", "Netwerken")
    url = address(told, name, *{"page": [], "plan": ["A"], "step": [step.reference]}[name])
    there, enrol_there = (
        reverse(f"catalog:{page}", args=[session.offering.slug]) for page in ("offering", "enrol")
    )
    client.force_login(told.participant)
    assert enrol_there in client.get(url).content.decode()
    with viewing(told.participant):
        mine = enrol(actor=told.participant, session=session, pot="free")
    page = client.get(url)
    assert enrol_there not in page.content.decode()
    assert f'href="{there}#enrol"' in page.content.decode()
    assert f"Ingeschreven, {day_short(session.starts_at)} : Netwerken" in words(page)
    with viewing(told.participant):
        cancel(actor=told.participant, enrolment=mine)
    assert enrol_there in client.get(url).content.decode()
    with viewing(told.advisor.user):
        enrol(actor=told.advisor.user, session=session, pot="free")
    client.force_login(told.advisor.user)
    assert f"{there}#enrol" not in client.get(url).content.decode()


def test_places_of_steps_take_one_query_however_many(client, told):
    client.force_login(told.participant)
    found = []
    for number in range(3):
        _step, session = linked_step(told, f"Stap {number}", f"Aanbod {number}")
        with viewing(told.participant):
            enrol(actor=told.participant, session=session, pot="free")
        found.append(queries(client, address(told, "plan", "A"))[0])
    assert len(set(found)) == 1


def test_manager_and_hr_find_no_plan(client, told):
    told.plan("A", "Open plan", ("Open stap",))
    (step,) = steps_of(told.participant)
    for stranger in (people.employee("Iemand Anders"), told.coordinator):
        client.force_login(stranger)
        pages = [address(told, "plan", "A"), address(told, "print_plans")]
        pages += [address(told, name, step.reference) for name in ("step", "step_offering")]
        assert [client.get(page).status_code for page in pages] == [404] * 4
        with viewing(stranger):
            assert not Plan.objects.exists()
            assert not PlanStep.objects.exists()
            with pytest.raises(DatabaseError), transaction.atomic():
                PlanStep.objects.create(plan=step.plan, text="Vals")


@pytest.mark.parametrize(
    "typed", [{"text": ""}, {"text": "Stap", "due_on": "2126-01-01"}, {"text": "x" * 401}]
)
def test_bad_step_comes_back_on_the_plan_with_what_was_typed(client, told, typed):
    told.plan("A", "Mijn titel", ())
    client.force_login(told.participant)
    answer = client.post(address(told, "add_step", "A"), typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Mijn titel" in page
    assert typed["text"] in page
    assert steps_of(told.participant) == []


def test_first_step_begins_a_plan_that_stays_private(client, told):
    client.force_login(told.participant)
    client.post(address(told, "add_step", "C"), {"text": "Verder kijken"})
    with viewing(told.participant):
        assert list(Plan.objects.values_list("letter", "is_shared")) == [("C", False)]


def test_paper_holds_the_plans_that_the_reader_may_see(client, told):
    told.plan("A", "Open plan", ("Open stap",))
    told.plan("B", "Stiekem plan", ("Verborgen stap",))
    found = {}
    for name, person in (("participant", told.participant), ("advisor", told.advisor.user)):
        client.force_login(person)
        page = client.get(address(told, "print_plans")).content.decode()
        found[name] = [text in page for text in ("Open stap", "Verborgen stap")]
    assert found == {"participant": [True, True], "advisor": [True, False]}
