"""The surveys of the sample's history: asked, answered through the link, or closed without an answer."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from evaluations.enums import Kind, QuestionKind
from evaluations.models import Invitation, Question
from evaluations.services import answers, invitations, sending
from portal.demo.sample.story import acting, at
from portal.demo.sample.world import World
from portal.privacy.viewer import token_holder

# Days after which a survey is certainly over, with a week to spare.
TERM = 50

if TYPE_CHECKING:
    from portal.demo.sample.history import Ending


def after_closing(world: World, trajectory_id: int, ending: "Ending") -> None:
    """Ask, and answer when the person did; half a year later once more, when that day has come."""
    person, closed_on = ending.participant, ending.closed_on
    with acting(person, at(closed_on, 18)):
        invitations.follow(trajectory_id=trajectory_id)
        sending.send_due(as_of=closed_on)
    if ending.is_content is not None:
        _answer(
            world, trajectory_id, ending, Kind.CLOSING, closed_on + timedelta(days=world.dice.randint(0, 9))
        )
    else:
        _let_pass(world, ending, closed_on)
    _follow_up(world, trajectory_id, ending)


def _follow_up(world: World, trajectory_id: int, ending: "Ending") -> None:
    person = ending.participant
    with acting(person, at(ending.closed_on, 19)):
        due = Invitation.objects.get(trajectory_id=trajectory_id, kind=Kind.FOLLOW_UP).due_on
    if due >= world.today - timedelta(days=TERM):
        return
    with acting(person, at(due, 9)):
        sending.send_due(as_of=due)
    if ending.is_content is None:
        _let_pass(world, ending, due)
        return
    day = due + timedelta(days=world.dice.randint(0, 20))
    _answer(world, trajectory_id, ending, Kind.FOLLOW_UP, day)
    with acting(person, at(day, 21)):
        invitations.complete(actor=person, trajectory_id=trajectory_id)


def _let_pass(world: World, ending: "Ending", sent_on: date) -> None:
    over = sent_on + timedelta(days=43)
    if over < world.today:
        with acting(ending.participant, at(over, 9)):
            sending.send_due(as_of=over)


def _answer(world: World, trajectory_id: int, ending: "Ending", kind: Kind, day: date) -> None:
    with acting(ending.participant, at(day, 20)):
        invitation = Invitation.objects.get(trajectory_id=trajectory_id, kind=kind)
        if not invitation.token_hashes:  # asked about something else less than a month before
            return
        said = answers_of(world, invitation.questionnaire_id, content=bool(ending.is_content))
        with token_holder(invitation.token_hashes[-1]):
            answers.send_in(invitation=invitation, answers=said)


def answers_of(world: World, questionnaire: int, *, content: bool) -> dict[str, Any]:
    """Return an answer to every obligatory question of a questionnaire (its key)."""
    if questionnaire not in world.questions:
        rows = Question.objects.filter(questionnaire_id=questionnaire, is_required=True)
        world.questions[questionnaire] = list(rows.prefetch_related("options"))
    return {row.key: _said(world, row, content=content) for row in world.questions[questionnaire]}


def _said(world: World, question: Question, *, content: bool) -> Any:
    """Return one answer: content people agree, the others doubt; choices fall by dice."""
    if question.kind == QuestionKind.LIKERT:
        return str(world.dice.choice((4, 4, 5) if content else (2, 3, 3)))
    if question.kind == QuestionKind.NET_SCORE:
        return str(world.dice.choice((8, 9, 10) if content else (5, 6, 7)))
    values = [option.value for option in question.options.all()]
    chosen = world.dice.choice(values)
    return [chosen] if question.kind == QuestionKind.MULTIPLE else chosen
