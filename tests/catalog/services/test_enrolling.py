"""Places: taken once, never more than there are seats, given back, refused in words."""

import base64
from datetime import timedelta

import icalendar
import pytest
from django.db import IntegrityError, transaction

from catalog import errors
from catalog.enums import EnrolmentStatus, Pot, Status
from catalog.models import Enrolment
from catalog.services.enrolling import cancel, enrol
from portal import clock
from portal.delivery.models import Mail
from portal.entitlements.models import Account
from portal.entitlements.services.booking import About, correct, reserved
from portal.privacy.viewer import viewing
from tests.factories import catalog, people
from tests.factories.database import as_owner

pytestmark = pytest.mark.django_db


def take(session, person, pot=Pot.FREE):
    with viewing(person):
        return enrol(session=session, pot=pot, actor=person)


def mails():
    with as_owner():
        return {mail.template: mail for mail in Mail.objects.all()}


def calendar_of(mail):
    file = next(part for part in mail.attachments if part["name"].endswith(".ics"))
    return icalendar.Calendar.from_ical(base64.b64decode(file["content"]))


def test_a_place_is_taken_with_a_mail_and_a_calendar_file():
    run, person = catalog.session(), people.employee()
    enrolment = take(run, person)
    run.refresh_from_db()
    assert (run.taken, enrolment.pot, enrolment.is_manager_told) == (1, Pot.FREE, False)
    sent = mails()
    assert list(sent) == ["catalog/confirmed"]
    calendar = calendar_of(sent["catalog/confirmed"])
    assert calendar["method"] == "REQUEST"
    event = calendar.walk("VEVENT")[0]
    assert event["summary"] == "Netwerken zonder ongemak"
    assert event.decoded("dtstart") == run.starts_at.replace(microsecond=0).astimezone(clock.AMSTERDAM)


def test_called_twice_it_is_one_place_and_one_mail():
    run, person = catalog.session(), people.employee()
    assert take(run, person).pk == take(run, person).pk
    run.refresh_from_db()
    assert run.taken == 1
    with as_owner():
        assert Mail.objects.count() == 1


def test_giving_back_frees_the_place_and_withdraws_the_entry():
    run, person = catalog.session(), people.employee()
    enrolment = take(run, person)
    with viewing(person):
        cancel(enrolment=enrolment, actor=person)
        cancel(enrolment=enrolment, actor=person)
    run.refresh_from_db()
    assert run.taken == 0
    first, second = mails()["catalog/confirmed"], mails()["catalog/cancelled"]
    gone = calendar_of(second)
    assert gone["method"] == "CANCEL"
    assert gone.walk("VEVENT")[0]["uid"] == calendar_of(first).walk("VEVENT")[0]["uid"]
    assert gone.walk("VEVENT")[0]["sequence"] == 1
    assert take(run, person).pk != enrolment.pk


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"seats": 3, "held": 3}, errors.SessionFull),
        ({"in_days": -1}, errors.SessionPast),
        ({"in_days": 0.2}, errors.EnrolmentClosed),
        ({"cancelled_at": "now"}, errors.SessionCancelled),
    ],
)
def test_refusals_have_a_sentence_and_leave_nothing(change, refusal):
    if change.get("cancelled_at"):
        change = {"cancelled_at": clock.now()}
    run, person = catalog.session(**change), people.employee()
    with pytest.raises(refusal) as caught:
        take(run, person)
    assert str(caught.value).endswith(".")
    run.refresh_from_db()
    assert run.taken == 0
    assert mails() == {}


def test_drafts_and_wrong_budgets_are_refused():
    person = people.employee()
    draft = catalog.session(catalog.offering(status=Status.DRAFT))
    with pytest.raises(errors.NotOnOffer):
        take(draft, person)
    with pytest.raises(errors.PotNotPossible):
        take(catalog.session(), person, Pot.DEPARTMENT)
    ask = catalog.notice("ask_approval", is_manager_told=True, needs_answer=True)
    with pytest.raises(errors.NobodyAnswers):
        take(catalog.session(catalog.offering(pots={Pot.DEPARTMENT: ask})), person, Pot.DEPARTMENT)


def test_no_giving_back_once_it_has_begun():
    run, person = catalog.session(), people.employee()
    enrolment = take(run, person)
    with (
        clock.frozen(run.starts_at + timedelta(minutes=1)),
        viewing(person),
        pytest.raises(errors.CancelTooLate),
    ):
        cancel(enrolment=enrolment, actor=person)
    run.refresh_from_db()
    assert run.taken == 1


def test_the_manager_reads_exactly_what_was_shown_and_only_then():
    manager = people.employee("Hanneke Bos", language="en")
    person = people.employee("Samira el Idrissi", manager=manager)
    told = catalog.notice(
        "working_time",
        is_manager_told=True,
        message_nl="{name} volgt {title}.",
        message_en="{name} joins {title}.",
    )
    run = catalog.session(catalog.offering("Helder schrijven", pots={Pot.CENTRAL: told}))
    assert take(run, person, Pot.CENTRAL).is_manager_told
    sent = mails()
    assert set(sent) == {"catalog/confirmed", "catalog/manager_told"}
    assert "Samira el Idrissi joins Helder schrijven (en)." in sent["catalog/manager_told"].text
    assert sent["catalog/manager_told"].address == manager.email


def test_a_confidential_place_is_neutral_in_mailbox_and_calendar():
    silent = catalog.notice("none_confidential", is_list_shown=False)
    run = catalog.session(catalog.offering("Mijn contract loopt af", pots={Pot.FREE: silent}))
    take(run, people.employee())
    mail = mails()["catalog/confirmed"]
    assert "contract" not in mail.subject
    assert calendar_of(mail).walk("VEVENT")[0]["summary"] == "Afspraak"


def test_the_database_refuses_more_places_than_seats_in_bulk():
    run = catalog.session(seats=2)
    person, told = people.employee(), catalog.notice()
    rows = [
        Enrolment(session=run, participant=people.user(f"Persoon Nummer{n}"), pot=Pot.FREE, notice=told)
        for n in range(3)
    ]
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.bulk_create(rows)
    with as_owner():
        Enrolment.objects.bulk_create(rows[:2])
        Enrolment.objects.all().update(status=EnrolmentStatus.CANCELLED, cancelled_at=clock.now())
    run.refresh_from_db()
    assert (run.taken, person.enrolments.count()) == (0, 0)


def test_the_own_budget_is_set_aside_and_given_back():
    person = people.employee()
    with as_owner():
        account = Account.objects.create(key="career_budget", user=person)
        about = About(nl="Begin", en="Start")
        correct(account=account, amount=25_000, key="start", about=about, actor=None)
    paid = catalog.offering(
        cost_eur=195, is_repeatable=True, pots={Pot.OWN_BUDGET: catalog.notice("none_own_budget")}
    )
    first, second = catalog.session(paid), catalog.session(paid)
    enrolment = take(first, person, Pot.OWN_BUDGET)
    with pytest.raises(errors.BudgetTooSmall):
        take(second, person, Pot.OWN_BUDGET)
    with viewing(person):
        assert reserved(f"enrolment-{enrolment.reference}") == 19_500
        cancel(enrolment=enrolment, actor=person)
        assert reserved(f"enrolment-{enrolment.reference}") == 0
    assert take(second, person, Pot.OWN_BUDGET).cost_eur == 195
