"""Every page and mail of a manager, HR as client, a payer and an invited employee: the whole text, in both languages.

The texts stand in `seen_by_others.yaml`, as somebody read and approved them.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import reverse
from django.utils import translation

from portal import clock
from portal.delivery.models import Mail
from portal.people.enums import Role
from portal.people.models import User
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from tests.factories.database import as_owner
from tests.trajectories.pagetext import section, words
from trajectories import services
from trajectories.models import PayerView, Referral

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("language", ["nl", "en"])]
SEEN: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "seen_by_others.yaml").read_text(encoding="utf-8")
)
NOW = clock.local(date(2026, 10, 5), 9)
REASON = "You said you want a change."
DAY = date(2026, 10, 5)


class Reader:
    """Somebody who reads the portal in one language, at one moment."""

    def __init__(self, client: Any, person: User, language: str) -> None:
        self.client, self.person, self.language = client, person, language
        self.answer: Any = None

    def open(self, name: str, *arguments: str) -> str:
        """Return the whole text of the main part of a page."""
        self.answer = self._get(name, *arguments)
        return words(self.answer)

    def card(self, label: str) -> str:
        """Return the whole text of one section of the home page."""
        return section(self._get("home"), label)

    def _get(self, name: str, *arguments: str) -> Any:
        self.client.force_login(self.person)
        with clock.frozen(NOW), translation.override(self.language):
            return self.client.get(reverse(name, args=arguments))


def mails_to(person: User) -> list[str]:
    """Return subject and text of every mail to somebody, oldest first, without where the portal stands."""
    with as_owner():
        rows = Mail.objects.filter(recipient=person).order_by("pk")
        return [f"{row.subject} | {' '.join(row.text.split())}" for row in rows]


def judge(found: dict[str, str], language: str) -> None:
    """Compare each text with what was approved; all at once, so that a change is read in one go."""
    assert found == {name: SEEN[name][language].strip() for name in found}


def speaking(name: str, language: str, **fields: Any) -> User:
    return people.employee(name, language=language, **fields)


def invite(by: User, employee: User, **fields: Any) -> Referral:
    with clock.frozen(NOW), viewing(by):
        return services.refer(actor=by, employee=employee, reason=REASON, **fields)


def changed(row: Referral, **fields: Any) -> None:
    with as_owner():
        Referral.objects.filter(pk=row.pk).update(**fields)


STATES: dict[str, dict[str, Any]] = {
    "Sent Sander": {},
    "Accepted Aafke": {"state": "accepted"},
    "Declined Dirk": {"state": "declined"},
    "Started Stien": {"state": "started", "started_on": DAY},
    "Ended Eef": {"state": "ended", "started_on": DAY, "ended_on": DAY},
    "Recalled Roel": {"state": "recalled"},
    "Lapsed Lot": {},
}


def in_every_state(by: User, language: str, **fields: Any) -> None:
    """Let somebody have sent an invitation in each state; the last one works elsewhere by now."""
    found = [speaking(name, language, manager=by) for name in STATES]
    for employee, state in zip(found, STATES.values(), strict=True):
        changed(invite(by, employee, **fields), **state)
    with as_owner():
        found[-1].appointments.update(manager=None, ends_on=date(2026, 10, 4))


def test_manager_who_invites(client, language) -> None:
    manager = speaking("Hanneke Bos", language)
    reader = Reader(client, manager, language)
    speaking("Joost Vrij", language, manager=manager)
    empty = reader.open("trajectories:referrals")
    in_every_state(manager, language)
    found = {
        "manager: no invitation yet": empty,
        "manager: invitations": reader.open("trajectories:referrals"),
        "manager: form": reader.open("trajectories:refer"),
        "manager: card": reader.card("refercard"),
    }
    judge(found, language)


def test_hr_who_invites(client, language) -> None:
    hr = people.holder(Role.HR, "Els Prins", language=language)
    reader = Reader(client, hr, language)
    empty = reader.open("trajectories:referrals")
    in_every_state(hr, language, frame="social_plan")
    found = {
        "hr: no invitation yet": empty,
        "hr: invitations": reader.open("trajectories:referrals"),
        "hr: form": reader.open("trajectories:refer"),
        "hr: card": reader.card("refercard"),
    }
    judge(found, language)


INVITATIONS = {
    "by the manager": ("manager", "voluntary_policy"),
    "by hr, own choice": ("hr", "voluntary_policy"),
    "required under law": ("hr", "reorganisation"),
    "required otherwise": ("hr", "other_required"),
}


@pytest.mark.parametrize("kind", INVITATIONS)
def test_first_page_of_who_is_invited(client, language, kind) -> None:
    route, frame = INVITATIONS[kind]
    manager = people.employee("Hanneke Bos")
    employee = speaking("Samira el Idrissi", language, manager=manager)
    sender = manager if route == "manager" else people.holder(Role.HR, "Els Prins")
    row = invite(sender, employee, frame=frame)
    reader = Reader(client, employee, language)
    found = {
        f"invited {kind}": reader.open("trajectories:invitation", row.reference),
        f"invited {kind}: card": reader.card("invitedcard"),
    }
    with clock.frozen(NOW), viewing(employee):
        services.decline(actor=employee, referral=row)
    found[f"invited {kind}: declined"] = reader.open("trajectories:invitation", row.reference)
    judge(found, language)


def test_invitation_that_does_not_count_any_more(client, language) -> None:
    manager = people.employee("Hanneke Bos")
    employee = speaking("Samira el Idrissi", language, manager=manager)
    row = invite(manager, employee)
    with clock.frozen(NOW), viewing(manager):
        services.recall(actor=manager, referral=row)
    reader = Reader(client, employee, language)
    judge({"invited: taken back": reader.open("trajectories:invitation", row.reference)}, language)


@pytest.fixture
def walked(language) -> tuple[trajectories.Story, User]:
    """A case that the manager suggested and the department pays, signed by its two people."""
    manager = speaking("Hanneke Bos", language)
    employee = speaking("Samira el Idrissi", language, manager=manager)
    told = trajectories.story(participant=employee, route="manager", moment=NOW)
    trajectories.advance(told, "intake_done")
    told.propose(payer="department", cost=1250)
    told.sign()
    return told, manager


def test_payer_before_and_after_signing(client, language, walked) -> None:
    told, manager = walked
    reader = Reader(client, manager, language)
    with viewing(manager):
        view = PayerView.objects.get()
    found = {
        "payer: card": reader.card("paycard"),
        "payer: before signing": reader.open("trajectories:payer", view.reference),
    }
    told.pay(manager)
    after = reader.open("trajectories:payer", view.reference)
    found["payer: after signing"] = after
    assert reader.card("paycard") == ""
    found |= {f"payer: mail {n}": text for n, text in enumerate(neutral(mails_to(manager)), start=1)}
    judge(found, language)


def neutral(mails: list[str]) -> list[str]:
    """Return each text once, without the address at which this run's portal stands and its references."""
    return sorted({" ".join(part for part in mail.split() if not part.startswith("http")) for mail in mails})


def test_mails_to_who_invites_and_who_is_invited(client, language) -> None:
    hr = people.holder(Role.HR, "Els Prins", language=language)
    employee = speaking("Samira el Idrissi", language)
    for answer in ("decline", "recall"):
        row = invite(hr, employee)
        actor = employee if answer == "decline" else hr
        with clock.frozen(NOW), viewing(actor):
            getattr(services, answer)(actor=actor, referral=row)
    found = {f"hr: mail {n}": text for n, text in enumerate(neutral(mails_to(hr)), start=1)}
    found |= {f"invited: mail {n}": text for n, text in enumerate(neutral(mails_to(employee)), start=1)}
    judge(found, language)


def test_text_that_was_released(client, language) -> None:
    manager = speaking("Hanneke Bos", language)
    employee = speaking("Samira el Idrissi", language, manager=manager)
    told = trajectories.walk("in_progress", participant=employee, moment=NOW)
    with told.acting(told.advisor.user, days=0) as actor:
        draft = services.draft_report(actor=actor, trajectory=told.trajectory, text="It goes well.")
        draft = services.hand_over_report(actor=actor, trajectory=told.trajectory, version=draft.version)
    with told.acting(employee, days=0) as actor:
        given: dict[str, Any] = {"recipient": manager.reference, "version": draft.version}
        draft = services.save_report(actor=actor, trajectory=told.trajectory, text="It goes well.", **given)
        report = services.release_report(actor=actor, trajectory=told.trajectory, version=draft.version)
    reader = Reader(client, manager, language)
    found = {"manager: released text": reader.open("trajectories:report_back", report.reference)}
    found |= {f"manager: mail {n}": text for n, text in enumerate(neutral(mails_to(manager)), start=1)}
    judge(found, language)
