"""Every address and whom it answers. The objects that addresses name come from `world`."""

from collections.abc import Mapping
from typing import Any

from tests.access.outcome import Outcome
from tests.access.rules import Address, Arguments, anybody, related, roles, signed_in

# allauth's own pages: tested in tests/portal/people.
NOT_OURS = ("account_", "mfa_", "socialaccount_", "openid_connect_", "django.views.")
BOTH = ("participant", "advisor")
HR = ("hr", "hr_faculty")
NOBODY: frozenset[str] = frozenset()


def of_case(**more: Any) -> Arguments:
    """The case's reference, with other fixed parts of the address."""
    return lambda world: {"reference": world["trajectory"].reference, **more}


def named(key: str, argument: str = "reference") -> Arguments:
    """The reference of one object of the world."""
    return lambda world: {argument: world[key].reference}


def of_talk(world: Mapping[str, Any]) -> dict[str, Any]:
    """The case and one of its conversations."""
    return {"reference": world["trajectory"].reference, "talk": world["talk"].reference}


def of_step(world: Mapping[str, Any]) -> dict[str, Any]:
    """The case and one of its plan's steps."""
    return {"reference": world["trajectory"].reference, "step": world["step"].reference}


def of_shared_test(world: Mapping[str, Any]) -> dict[str, Any]:
    """The case and a self-test that its participant shares."""
    return {"reference": world["trajectory"].reference, "share": world["self_test_share"].reference}


def of_assignment(world: Mapping[str, Any]) -> dict[str, Any]:
    """The case and one of its assignments."""
    file = world["file"]
    return {"reference": world["trajectory"].reference, "assignment": file.post.assignment.reference}


def of_file(world: Mapping[str, Any]) -> dict[str, Any]:
    """The case, one of its assignments, and a file that was handed in."""
    return {**of_assignment(world), "file": world["file"].reference}


def of_goal(world: Mapping[str, Any]) -> dict[str, Any]:
    """The case and a goal of its plan."""
    return {"reference": world["trajectory"].reference, "goal": world["goal"].reference}


def of_note(world: Mapping[str, Any]) -> dict[str, Any]:
    """The case and the participant's note in the shared notebook."""
    return {"reference": world["trajectory"].reference, "book": "shared", "note": world["note"].reference}


def slug(key: str) -> Arguments:
    """The readable part of a catalogue address."""
    return lambda world: {"slug": world[key].slug}


def first_version(world: Mapping[str, Any]) -> dict[str, Any]:
    """The first version of a card that has been changed."""
    return {"slug": world["offering"].slug, "number": 1}


def of_date(world: Mapping[str, Any]) -> dict[str, Any]:
    """The date in which the participant has a place."""
    return {"reference": world["enrolment"].session.reference}


def mail_of_participant(world: Mapping[str, Any]) -> dict[str, Any]:
    """A mail to the participant."""
    return {"pk": world["mail"].pk}


def invitation_of_participant(world: Mapping[str, Any]) -> dict[str, Any]:
    """The file of a mail to the participant."""
    return {"pk": world["mail"].pk, "number": 0}


def one_job(world: Mapping[str, Any]) -> dict[str, Any]:
    """A job that has not failed, so that there is nothing to try again."""
    return {"kind": "job", "pk": str(world["job"].pk)}


def one_report(world: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody else's job."""
    return {"key": world["job"].pk}


def asked_report(world: Mapping[str, Any]) -> dict[str, Any]:
    """The form that asks for a report."""
    return {"period": "2026Q3", "faculty": "SCI"}


GROUND: dict[str, Address] = {
    "root": anybody(),
    "home": anybody(),
    "favicon": anybody(),
    "robots": anybody(),
    "language": anybody(lambda world: {"code": "en"}),
    "who_sees_what": anybody(),
    "accessibility": anybody(),
    "privacy": anybody(),
    "mine": signed_in(),
    "administration:overview": roles("administrator"),
    "administration:roles": roles("administrator"),
    "administration:grant": roles("administrator"),
    "administration:end": roles("administrator", arguments=named("grant")),
    "administration:confirm": roles("administrator", arguments=named("grant")),
    "delivery_admin:failures": roles("administrator"),
    "documents:download": related("participant", arguments=named("document")),
    "entitlements:own": signed_in(),
    "entitlements:departments": roles("manager", "hr"),
    "entitlements:department": related("manager", "hr", arguments=named("budget")),
    "components": anybody(),
    "delivery:mailbox": signed_in(),
    "delivery:mail": related("participant", arguments=mail_of_participant),
    "delivery:attachment": related("participant", arguments=invitation_of_participant),
    "delivery_admin:retry": roles("administrator", arguments=one_job, method="post"),
    "demo:sign_in": Address(NOBODY, Outcome.UNKNOWN, Outcome.UNKNOWN, method="post"),
}
CATALOGUE: dict[str, Address] = {
    "catalog:offerings": anybody(),
    "catalog:suggest": anybody(),
    "catalog:offering": anybody(slug("offering")),
    "catalog:calendar": anybody(),
    "catalog:month": anybody(lambda world: {"year": 2026, "number": 11}),
    "catalog:feed": anybody(),
    "catalog:guide": anybody(),
    "catalog:intervention": anybody(slug("intervention")),
    "catalog:enrol": signed_in(slug("offering")),
    "catalog:keep": signed_in(slug("offering"), method="post"),
    "catalog:cancel": related("participant", arguments=named("enrolment")),
    "catalog:accept": related("participant", arguments=named("enrolment"), method="post"),
    "catalog:move": related("participant", arguments=named("enrolment")),
    "catalog:colleague": related("participant", arguments=named("enrolment")),
    "catalog:replacement": related("stranger", arguments=named("replacement")),
    "catalog:approvals": roles("manager"),
    "catalog:answer": related("manager", arguments=named("approval"), method="post"),
    "catalog:deputy": roles("manager", method="post"),
    "catalog:end_deputy": signed_in(lambda world: {"number": 1}, method="post"),
    "catalog:desk": roles("editor"),
    "catalog:missed": roles("editor"),
    "catalog:new": roles("editor"),
    "catalog:edit": roles("editor", arguments=slug("offering")),
    "catalog:archive": roles("editor", arguments=slug("offering")),
    "catalog:versions": roles("editor", arguments=slug("offering")),
    "catalog:duplicate": roles("editor", arguments=slug("offering"), method="post"),
    "catalog:withdraw": roles("editor", arguments=slug("offering"), method="post"),
    "catalog:restore": roles("editor", arguments=first_version, method="post"),
    "catalog:new_date": roles("editor", arguments=slug("offering")),
    "catalog:change_date": roles("editor", arguments=of_date),
    "catalog:dates": roles("editor"),
    "catalog:date": roles("editor", arguments=of_date),
    "catalog:call_off": roles("editor", arguments=of_date),
    "advisors:directory": signed_in(),
    "advisors:availability": roles("advisor", "other_advisor"),
}
DOSSIER: dict[str, Address] = {
    "trajectories:own": signed_in(),
    "trajectories:request": signed_in(),
    "trajectories:referrals": roles("manager", *HR),
    "trajectories:refer": roles("manager", *HR),
    "trajectories:invitation": related("participant", arguments=named("referral")),
    "trajectories:recall": related("manager", arguments=named("referral"), method="post"),
    "trajectories:payer": related("manager", arguments=named("payer_view")),
    "trajectories:desk": roles("advisor", "other_advisor"),
    "trajectories:board": roles("coordinator"),
    "trajectories:assign": Address(frozenset({"coordinator"}), arguments=named("open_request")),
    "trajectories:hand_over": Address(frozenset({"coordinator"}), arguments=named("alone_case")),
    "trajectories:page": related(*BOTH, arguments=of_case()),
    "trajectories:agreement": related(*BOTH, arguments=of_case()),
    "trajectories:agreement_paper": related(*BOTH, arguments=of_case()),
    "trajectories:intake": related(*BOTH, arguments=of_case()),
    "trajectories:plan_talk": related(*BOTH, arguments=of_case()),
    "trajectories:closing": related(*BOTH, arguments=of_case()),
    "trajectories:discuss": related(*BOTH, arguments=of_case()),
    "trajectories:address": related("participant", arguments=of_case(), refused=("advisor",)),
    "trajectories:nudge": related("advisor", arguments=of_case(), method="post", refused=("participant",)),
    "trajectories:notebook": related(*BOTH, arguments=of_case(book="shared")),
    "trajectories:move_talk": related(*BOTH, arguments=of_talk),
    "trajectories:move": related(*BOTH, arguments=of_case(), method="post"),
    "trajectories:sign": related(*BOTH, arguments=of_case(), method="post"),
    "trajectories:cancel_talk": related(*BOTH, arguments=of_talk),
    "trajectories:agreement_edit": related("advisor", arguments=of_case(), refused=("participant",)),
    "trajectories:plan_intake": related(*BOTH, arguments=of_case()),
    "trajectories:client": related("advisor", arguments=of_case(), refused=("participant",)),
    "trajectories:components": related(*BOTH, arguments=of_case()),
    "trajectories:instruments": related(*BOTH, arguments=of_case()),
    "trajectories:assignment": related(*BOTH, arguments=of_assignment),
    "trajectories:assignment_file": related(*BOTH, arguments=of_file),
    "trajectories:workbook": related(*BOTH, arguments=of_case()),
    "trajectories:workbook_chapter": related(
        "participant", arguments=of_case(chapter="who_am_i"), refused=("advisor",)
    ),
    "trajectories:share_chapter": related(
        "participant", arguments=of_case(chapter="who_am_i"), method="post", refused=("advisor",)
    ),
    "trajectories:situation": related("advisor", arguments=of_case(), refused=("participant",)),
    "trajectories:choose_tool": related(
        "advisor", arguments=of_case(), method="post", refused=("participant",)
    ),
    "trajectories:give_assignment": related("advisor", arguments=of_case(), refused=("participant",)),
    "trajectories:withdraw_assignment": related(
        "advisor", arguments=of_assignment, method="post", refused=("participant",)
    ),
    "trajectories:checklist": roles("advisor", "other_advisor", "coordinator"),
    "trajectories:talks": related(*BOTH, arguments=of_case()),
    "trajectories:record_waiting": related("advisor", arguments=of_case(), refused=("participant",)),
    "trajectories:record_talk": related("advisor", arguments=of_talk, refused=("participant",)),
    "trajectories:choose": related("participant", arguments=of_case(), method="post", refused=("advisor",)),
    "trajectories:click": related("participant", arguments=of_case(), method="post", refused=("advisor",)),
    "trajectories:answer": related("participant", arguments=of_case(), method="post", refused=("advisor",)),
    "trajectories:ask_advisor": related(
        "participant", arguments=of_case(), method="post", refused=("advisor",)
    ),
    "trajectories:answer_handover": related(
        "participant", arguments=of_case(), method="post", refused=("advisor",)
    ),
    "trajectories:tick": related("participant", arguments=of_case(), method="post", refused=("advisor",)),
    "trajectories:plan": related(*BOTH, arguments=of_case(letter="A")),
    "trajectories:print_plans": related(*BOTH, arguments=of_case()),
    "trajectories:goal": related(*BOTH, arguments=of_goal),
    "trajectories:add_goal": related(*BOTH, arguments=of_case(letter="A"), method="post"),
    "trajectories:share_plan": related(
        "participant", arguments=of_case(letter="A"), method="post", refused=("advisor",)
    ),
    "trajectories:step_offering": related(*BOTH, arguments=of_step),
    "trajectories:restore_step": related(
        "participant", arguments=of_step, method="post", refused=("advisor",)
    ),
    "trajectories:print_notes": related(*BOTH, arguments=of_case(book="shared")),
    "trajectories:note": related("participant", arguments=of_note),
    "trajectories:note_earlier": related(*BOTH, arguments=of_note),
    "trajectories:report": related(*BOTH, arguments=of_case()),
    "trajectories:release_report": related("participant", arguments=of_case(), refused=("advisor",)),
    "trajectories:report_back": related(*BOTH, "manager", arguments=named("report")),
    "trajectories:report_paper": related(*BOTH, "manager", arguments=named("report")),
    "trajectories:closing_paper": related(*BOTH, arguments=of_case()),
    "trajectories:add_step": related(*BOTH, arguments=of_case(letter="A"), method="post"),
    "trajectories:step": related(*BOTH, arguments=of_step),
    "trajectories:self_test": signed_in(),
    "trajectories:self_test_fill": signed_in(),
    "trajectories:self_test_compare": signed_in(),
    "trajectories:self_test_result": related("participant", arguments=named("self_test")),
    "trajectories:self_test_share": related("participant", arguments=named("self_test")),
    "trajectories:self_test_delete": related("participant", arguments=named("self_test")),
    "trajectories:self_test_withdraw": related(
        "participant", arguments=named("self_test_share"), method="post"
    ),
    "trajectories:shown_self_test": related(*BOTH, arguments=of_shared_test),
}
FIGURES: dict[str, Address] = {
    "evaluations:survey": anybody(lambda world: {"token": world["survey"].token}),
    "evaluations:figures": roles(*HR),
    "evaluations:ask": Address(frozenset(HR), method="post", data=asked_report),
    "evaluations:report": Address(NOBODY, arguments=one_report, but=dict.fromkeys(HR, Outcome.UNKNOWN)),
    "evaluations:releases": roles("hr"),
    "evaluations:release": roles("hr", arguments=lambda world: {"period": "2026Q3"}),
}
MATRIX = GROUND | CATALOGUE | DOSSIER | FIGURES
