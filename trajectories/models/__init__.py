"""What the portal keeps of a trajectory. Every table here stands behind the wall (`permissions`)."""

from trajectories.models.agreement import Agreement, PayerView, Signature
from trajectories.models.assignments import Assignment, AssignmentFile, AssignmentPost
from trajectories.models.case import Move, Proposal, Trajectory
from trajectories.models.closing import Discussion, IntendedResult, LaterAddress, Outcome, Rating
from trajectories.models.execution import ComponentState, Conversation
from trajectories.models.handover import Handover
from trajectories.models.notebooks import NotebookEntry, NoteDraft
from trajectories.models.planning import ClickCheck, TakenTime
from trajectories.models.plans import Goal, Plan, PlanStep, StepReminder
from trajectories.models.preparation import (
    ClientPoint,
    IntakeAspect,
    PageDraft,
    Request,
    RequestDraft,
    Suggestion,
)
from trajectories.models.referral import Decline, Referral, WithdrawalCount
from trajectories.models.report_back import ReportBack, ReportDraft
from trajectories.models.self_test import SelfTest, SelfTestDraft, SelfTestShare
from trajectories.models.stalling import Nudge
from trajectories.models.tailoring import Situation, ToolChoice
from trajectories.models.workbook import WorkbookChapter

__all__ = [
    "Agreement",
    "Assignment",
    "AssignmentFile",
    "AssignmentPost",
    "ClickCheck",
    "ClientPoint",
    "ComponentState",
    "Conversation",
    "Decline",
    "Discussion",
    "Goal",
    "Handover",
    "IntakeAspect",
    "IntendedResult",
    "LaterAddress",
    "Move",
    "NoteDraft",
    "NotebookEntry",
    "Nudge",
    "Outcome",
    "PageDraft",
    "PayerView",
    "Plan",
    "PlanStep",
    "Proposal",
    "Rating",
    "Referral",
    "ReportBack",
    "ReportDraft",
    "Request",
    "RequestDraft",
    "SelfTest",
    "SelfTestDraft",
    "SelfTestShare",
    "Signature",
    "Situation",
    "StepReminder",
    "Suggestion",
    "TakenTime",
    "ToolChoice",
    "Trajectory",
    "WithdrawalCount",
    "WorkbookChapter",
]
