"""The people and the objects that the access tests ask about."""

from typing import Any

from catalog.models import Approval, Deputy, Intervention, InterventionDomain, Replacement
from catalog.services import bookmarks, replacing
from catalog.services.cards import keep_first
from catalog.services.enrolling import enrol
from evaluations.enums import ReleaseState
from evaluations.models import Draft, Release
from evaluations.services import content
from portal import clock
from portal.delivery.models import Job, Mail
from portal.documents.models import Document, Drawing
from portal.entitlements.enums import Owner
from portal.people.enums import Role
from portal.people.models import User
from portal.privacy.readlog import record_read
from portal.privacy.viewer import viewing
from tests.factories import advisors, catalog, entitlements, evaluations, people, trajectories
from tests.factories.database import as_owner
from trajectories import services
from trajectories.enums import Notebook
from trajectories.models import (
    AssignmentFile,
    Goal,
    NotebookEntry,
    Nudge,
    PageDraft,
    PayerView,
    PlanStep,
    ReportBack,
    RequestDraft,
)
from trajectories.services import self_testing
from trajectories.services.assignments import Upload

# Nobody of these stands in any relation to the dossier.
OUTSIDERS = ("manager", "hr", "hr_faculty", "editor", "administrator", "other_advisor", "stranger")
PERSONAS = ("participant", "advisor", "coordinator", *OUTSIDERS)


def _people() -> dict[str, Any]:
    science = people.faculty("SCI")
    manager = people.employee("Hanneke Bos")
    other = advisors.advisor("Ruben Vos")
    return {
        "manager": manager,
        "participant": people.employee("Samira el Idrissi", manager=manager),
        "coordinator": people.holder(Role.COORDINATOR, "Karim Haddad"),
        "hr": people.holder(Role.HR, "Els Prins"),
        "hr_faculty": people.holder(Role.HR, "Tom Smit", of=science),
        "editor": people.holder(Role.EDITOR, "Noor Kok"),
        "administrator": people.holder(Role.ADMINISTRATOR, "Ad Visser"),
        "other_advisor": other.user,
        "stranger": people.employee("Wouter Hoekstra"),
    }


def _drafts(told: trajectories.Story) -> None:
    participant, advisor = told.participant, told.advisor.user
    with as_owner():
        RequestDraft.objects.create(user=participant, body={"question": "Wat past bij mij?"})
        PageDraft.objects.create(
            trajectory=told.trajectory, author=advisor, page="intake", body={"x": "Half."}
        )


def _belongings(participant: User) -> None:
    """A place in a session, a file, a drawing and a budget."""
    _handing(participant, people.employee("Bas Collega"))
    with as_owner():
        Document.objects.create(
            owner=participant,
            name="report.pdf",
            content_type="application/pdf",
            encoded="eA==",
            size=1,
            digest="x",
        )
        Drawing.objects.create(key="0" * 64, svg="<svg/>")
        entitlements.account(participant, 100)


def _case(world: dict[str, Any]) -> trajectories.Story:
    """A referred case, walked to the end and opened again, with every kind of text in it."""
    told = trajectories.story(participant=world["participant"], coordinator=world["coordinator"])
    told.request()
    with told.acting(told.participant) as actor:
        services.move(actor=actor, trajectory=told.trajectory, to="withdrawn")
    _invitations(told, world)
    with told.acting(told.coordinator) as actor:
        chosen = [told.advisor.reference]
        services.suggest_advisors(actor=actor, trajectory=told.trajectory, chosen=chosen)
    with told.acting(told.participant) as actor:
        services.choose_advisor(actor=actor, trajectory=told.trajectory, advisor=told.advisor.reference)
    told.plan_intake()
    told.record_intake()
    with told.acting(told.participant) as actor:
        services.say_whether_it_clicks(actor=actor, trajectory=told.trajectory, answer="unsure")
    told.propose(payer="department")
    told.sign()
    told.pay(world["manager"])
    with told.acting(told.participant, days=0) as actor:
        services.ask_other_advisor(actor=actor, trajectory=told.trajectory)
    for kind in Notebook:
        told.note(kind)
    told.tailor()
    told.hand_in(told.assignment(), upload=Upload("kaart.txt", "text/plain", b"Drie functies."))
    told.workbook()
    told.draft("Half getypt.")
    told.close()
    told.goal("Werk vinden dat past")
    told.report("Wij zijn goed op weg.", to=world["manager"])
    told.report("Wij zijn er bijna.", to=world["manager"], is_released=False)
    told.rate()
    told.look_back()
    with told.acting(told.advisor.user) as actor:
        Nudge.objects.create(trajectory=told.trajectory, side="advisor", quiet_since=clock.now())
    with told.acting(told.advisor.user) as actor:
        services.propose_move(actor=actor, trajectory=told.trajectory, to="in_progress", reason="Nog iets.")
    return told


def _invitations(told: trajectories.Story, world: dict[str, Any]) -> None:
    """A required one that was declined, and the manager's, which leads to the case."""
    hr = people.holder(Role.HR, "Joke Vink")
    with told.acting(hr) as actor:
        frame = "other_required"
        row = services.refer(actor=actor, employee=told.participant, reason="Reorganisatie.", frame=frame)
    with told.acting(told.participant) as actor:
        services.decline(actor=actor, referral=row)
    with told.acting(world["manager"]) as actor:
        world["referral"] = services.refer(actor=actor, employee=told.participant, reason="Misschien iets.")
    told.request(referral=world["referral"])


def build_dossier() -> dict[str, Any]:
    """Return the people, after filling every confidential table for the participant."""
    content.load()
    world = _people()
    told = _case(world)
    world |= {"advisor": told.advisor.user, "trajectory": told.trajectory}
    _drafts(told)
    world["self_test_share"] = trajectories.shared_self_test(told)
    world["self_test"] = world["self_test_share"].test
    with viewing(world["participant"]):
        self_testing.save_answers(actor=world["participant"], answers={"pf1": 1})
    with viewing(world["advisor"]):
        record_read(
            actor=world["advisor"],
            subject=world["participant"],
            dossier=world["trajectory"].reference,
            what="notes",
            relation="advisor",
        )
    survey = evaluations.survey(world["trajectory"])
    with as_owner():
        Draft.objects.create(invitation=survey.invitation, answers={"ce1": "8"})
    evaluations.answered(people.faculty("SCI"), "2026Q3", ce2=5)
    _belongings(world["participant"])
    _asked(world["participant"])
    with as_owner():
        away = {"starts_on": clock.today(), "ends_on": clock.today()}
        Deputy.objects.create(manager=world["manager"], deputy=people.employee("Piet Blok"), **away)
    world["survey"] = survey
    return world


def _open_request(coordinator: User) -> Any:
    """A request of somebody else that waits for an advisor."""
    told = trajectories.story(
        participant=people.employee("Lena Post"), advisor=advisors.advisor("Eva Bos"), coordinator=coordinator
    )
    told.request()
    return told.trajectory


def _alone_case(coordinator: User) -> Any:
    """A case of somebody else who asks for another advisor."""
    told = trajectories.story(
        participant=people.employee("Otto Alleen"),
        advisor=advisors.advisor("Ida Vos"),
        coordinator=coordinator,
    )
    trajectories.advance(told, "assigned")
    with told.acting(told.participant) as actor:
        services.ask_other_advisor(actor=actor, trajectory=told.trajectory)
    return told.trajectory


def _mail_with_file(participant: User) -> Mail:
    """A mail that invites to an appointment."""
    return next(mail for mail in Mail.objects.filter(recipient=participant) if mail.attachments)


def _handing(giver: User, to: User) -> Replacement:
    """A place that somebody would like to hand to a colleague; it is kept for later too."""
    with viewing(giver):
        enrolment = enrol(session=catalog.session(), pot="free", actor=giver)
        bookmarks.keep(offering=enrolment.session.offering, actor=giver)
        return replacing.ask(enrolment=enrolment, colleague=to, actor=giver)


def _asked(person: User) -> Approval:
    """What somebody asks their manager."""
    told = catalog.notice(
        "ask_approval", is_manager_told=True, needs_answer=True, message_nl="?", message_en="?"
    )
    run = catalog.session(catalog.offering(pots={"department": told}))
    with viewing(person):
        enrolment = enrol(session=run, pot="department", actor=person)
    with as_owner():
        return Approval.objects.get(enrolment=enrolment)


def _department_budget(participant: User) -> Any:
    entitlements.rule("department_development", owner=Owner.DEPARTMENT)
    department = participant.appointments.get().department
    return entitlements.account(department, 1000, "department_development")


def _intervention() -> Intervention:
    words = {"title_nl": "Leren", "title_en": "Learning", "why_nl": "Omdat.", "why_en": "Because."}
    domain = InterventionDomain.objects.create(key="room", order=1)
    return Intervention.objects.create(
        key="learn", code="I-1", slug="learn", domain=domain, actor="employee", number=1, **words
    )


def build_world() -> dict[str, Any]:
    """Return the people and one object of every kind that an address can name."""
    world = build_dossier()
    with as_owner():
        case = world["trajectory"]
        world |= {
            "talk": case.conversations.first(),
            "step": PlanStep.objects.get(plan__trajectory=case),
            "goal": Goal.objects.get(plan__trajectory=case),
            "note": NotebookEntry.objects.get(author=world["participant"], kind="shared"),
            "report": ReportBack.objects.get(trajectory=case),
            "grant": world["advisor"].role_grants.get(),
            "document": Document.objects.get(owner=world["participant"]),
            "enrolment": world["participant"].enrolments.get(status="active"),
            "mail": _mail_with_file(world["participant"]),
            "job": Job.objects.filter(viewer=world["participant"]).first(),
            "file": AssignmentFile.objects.select_related("post__assignment").get(trajectory=case),
            "payer_view": PayerView.objects.get(trajectory=case),
            "budget": _department_budget(world["participant"]),
            "intervention": _intervention(),
        }
        Release.objects.create(
            number=1,
            period="2026Q3",
            state=ReleaseState.RELEASED,
            released_at=clock.now(),
            definitions_version=1,
        )
    world["approval"] = _asked(people.employee("Lies Kramer", manager=world["manager"]))
    world["offering"] = world["enrolment"].session.offering
    keep_first(world["offering"])
    world["replacement"] = _handing(people.employee("Ria Gever"), world["stranger"])
    world["open_request"] = _open_request(world["coordinator"])
    world["alone_case"] = _alone_case(world["coordinator"])
    return world
