"""The money of an enrolment: set aside with the place, given back or spent with its end."""

from catalog.enums import EnrolmentStatus, Pot
from catalog.errors import BudgetTooSmall
from catalog.models import Enrolment, Session
from portal import clock
from portal.entitlements.errors import NotEnoughError
from portal.entitlements.models import Account
from portal.entitlements.services.accounts import account_of, department_account
from portal.entitlements.services.booking import About, release, reserve, reserved, spend
from portal.organisation.queries import appointments_of
from portal.people.models import User

CAREER_BUDGET, DEPARTMENT_BUDGET = "career_budget", "department_development"


def booking(enrolment: Enrolment) -> str:
    """Return the key of an enrolment's reservation."""
    return f"enrolment-{enrolment.reference}"


def set_aside(enrolment: Enrolment) -> None:
    """Set the price aside in the budget that pays. Raises BudgetTooSmall.

    A department whose budget is not kept in the portal has no account; then nothing is booked here.
    """
    account = _account(enrolment) if enrolment.cost_eur else None
    if account is None:
        return
    offering, person = enrolment.session.offering, enrolment.participant
    nl, en = (str(getattr(offering, f"title_{code}")) for code in ("nl", "en"))
    about = About(nl=nl, en=en)
    amount, key = enrolment.cost_eur * 100, booking(enrolment)
    try:
        reserve(account=account, amount=amount, key=key, about=about, actor=person, beneficiary=person)
    except NotEnoughError as short:
        raise BudgetTooSmall from short


def _account(enrolment: Enrolment) -> Account | None:
    person = enrolment.participant
    if enrolment.pot == Pot.OWN_BUDGET:
        return account_of(key=CAREER_BUDGET, user=person)
    if enrolment.pot == Pot.DEPARTMENT:
        first = appointments_of(person.pk).first()
        return department_account(department_id=first.department_id, key=DEPARTMENT_BUDGET) if first else None
    return None


def is_set_aside(enrolment: Enrolment) -> bool:
    """Whether money is kept for this place in a budget of the portal, as far as the participant may see it."""
    return enrolment.is_open and reserved(booking(enrolment)) > 0


def is_free_of_charge(session: Session) -> bool:
    """Whether who cancels now pays nothing."""
    return session.cancel_until > clock.now()


def settle(enrolment: Enrolment, *, actor: User | None) -> None:
    """Give back what is set aside; a certain place that is given up too late stays paid."""
    if enrolment.status == EnrolmentStatus.ACTIVE and not is_free_of_charge(enrolment.session):
        spend(key=booking(enrolment), actor=actor)
    else:
        release(key=booking(enrolment), actor=actor)
