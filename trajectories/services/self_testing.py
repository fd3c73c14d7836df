"""Taking the self-test, showing it to the advisor, taking that back, and erasing it."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.people.models import User
from trajectories import emails
from trajectories.enums.self_test import Moment
from trajectories.errors import Blocked, NotYours
from trajectories.models import SelfTest, SelfTestDraft, SelfTestShare
from trajectories.queries import scoring, self_tests
from trajectories.queries.cases import current
from trajectories.services.notebooks import DOUBLE_CLICK

LONGEST_SHARE = timedelta(days=366)


@transaction.atomic
def save_answers(*, actor: User, answers: Mapping[str, int]) -> dict[str, int]:
    """Keep answers beside those kept before; returns all of them. What was just finished is not begun again."""
    draft = _locked_draft(actor)
    # Asked under the lock: the first of two clicks may have finished it while this one waited.
    just = _just_finished(actor)
    if draft is None and just and answers.items() <= just.answers.items():
        return dict(just.answers)
    if draft is None:
        draft, _made = SelfTestDraft.objects.get_or_create(owner=actor)
    draft.answers = {**draft.answers, **answers}
    draft.saved_at = clock.now()
    draft.save()
    return dict(draft.answers)


@transaction.atomic
def finish_self_test(*, actor: User) -> SelfTest:
    """Make an outcome of the kept answers; Blocked, naming the factors, when too few were given."""
    draft = _locked_draft(actor)
    just = _just_finished(actor)
    if draft is None and just:
        return just  # a double click
    answers = draft.answers if draft else {}
    lacking = scoring.unfinished(answers)
    if lacking:
        names = ", ".join(f"“{factor.name}”" for factor in lacking)
        raise Blocked(_("Answer at least three statements about: %(factors)s.") % {"factors": names})
    case = current(actor)
    moment = self_tests.moment_of(case, actor)
    linked = None if moment == Moment.APART else case
    test = SelfTest.objects.create(
        owner=actor,
        trajectory=linked,
        moment=moment,
        answers=answers,
        scores=scoring.scores_of(answers),
        taken_at=clock.now(),
    )
    SelfTestDraft.objects.filter(owner=actor).delete()
    return test


def discard_answers(*, actor: User) -> None:
    """Erase a test that is not finished."""
    SelfTestDraft.objects.filter(owner=actor).delete()


@transaction.atomic
def share_self_test(*, actor: User, test: SelfTest, until_on: date) -> SelfTestShare:
    """Show the scores of one's own test to the advisor of one's case until a day, or change that day.

    The advisor is told once per sharing; another day, or taking it back, is no news.
    """
    if test.owner_id != actor.pk:
        raise NotYours
    case = self_tests.sharing_case(actor)
    if case is None:
        raise Blocked(_("You have no advisor now. You can share this test once you have one."))
    if not clock.today() <= until_on <= clock.today() + LONGEST_SHARE:
        raise Blocked(_("Choose a day from today on, at most a year ahead."))
    share, is_new = SelfTestShare.objects.update_or_create(
        test=test,
        advisor=case.advisor,
        withdrawn_at__isnull=True,
        defaults={
            "until_on": until_on,
            "trajectory": case,
            "owner": actor,
            "moment": test.moment,
            "scores": test.scores,
            "taken_at": test.taken_at,
            "shared_at": clock.now(),
        },
    )
    if is_new:
        emails.something_shared(share)
    return share


def withdraw_share(*, actor: User, share: SelfTestShare) -> None:
    """Take the scores out of the advisor's sight at once; that it was shared stays on record for the owner."""
    if share.owner_id != actor.pk:
        raise NotYours
    share.withdrawn_at, share.scores = clock.now(), {}
    share.save()


def delete_self_test(*, actor: User, test: SelfTest) -> None:
    """Erase one's own test for good, with what was shared of it."""
    if test.owner_id != actor.pk:
        raise NotYours
    test.delete()


def _locked_draft(actor: User) -> SelfTestDraft | None:
    return SelfTestDraft.objects.select_for_update().filter(owner=actor).first()


def _just_finished(actor: User) -> SelfTest | None:
    last = self_tests.own(actor).first()
    return last if last and clock.now() - last.taken_at < DOUBLE_CLICK else None
