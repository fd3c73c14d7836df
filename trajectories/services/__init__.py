"""Everything that changes a trajectory."""

from trajectories.services.assignments import answer, give_assignment, hand_in, withdraw_assignment
from trajectories.services.clicking import say_whether_it_clicks
from trajectories.services.closing import (
    close_alone,
    complete,
    pause,
    rate_results,
    reopen,
    resume,
    start_closing,
    stop_early,
    withdraw,
)
from trajectories.services.components import settle_components
from trajectories.services.drafting import keep_typed, save_draft
from trajectories.services.handing_over import answer_handover, ask_other_advisor, hand_over
from trajectories.services.looking_back import discuss, forget_address, keep_address
from trajectories.services.moving import answer_proposal, move, propose_move
from trajectories.services.notebooks import change_note, keep_note_draft, throw_draft_away, write_note
from trajectories.services.papers import ask_closing_paper, ask_paper, ask_report_paper
from trajectories.services.paying import sign_as_payer, start_when_signed
from trajectories.services.plans import add_goal, change_goal, remove_goal, set_plan, share_plan
from trajectories.services.preparing import (
    plan_intake,
    propose_agreement,
    record_client_points,
    record_intake,
    return_agreement,
    save_agreement,
    sign,
)
from trajectories.services.referring import decline, recall, refer
from trajectories.services.reporting_back import (
    draft_report,
    hand_over_report,
    release_report,
    save_report,
    withdraw_report,
)
from trajectories.services.requesting import (
    assign_advisor,
    choose_advisor,
    request_trajectory,
    suggest_advisors,
)
from trajectories.services.stalling import nudge_advisor, nudge_participant
from trajectories.services.steps import (
    add_step,
    change_step,
    link_offering,
    move_step,
    put_off_step,
    remove_step,
    restore_step,
    tick_steps,
)
from trajectories.services.tailoring import choose_tool, note_situation
from trajectories.services.talking import (
    cancel_conversation,
    move_conversation,
    plan_conversation,
    record_absence,
    record_conversation,
)
from trajectories.services.workbook import save_chapter, share_chapter

__all__ = [
    "add_goal",
    "add_step",
    "answer",
    "answer_handover",
    "answer_proposal",
    "ask_closing_paper",
    "ask_other_advisor",
    "ask_paper",
    "ask_report_paper",
    "assign_advisor",
    "cancel_conversation",
    "change_goal",
    "change_note",
    "change_step",
    "choose_advisor",
    "choose_tool",
    "close_alone",
    "complete",
    "decline",
    "discuss",
    "draft_report",
    "forget_address",
    "give_assignment",
    "hand_in",
    "hand_over",
    "hand_over_report",
    "keep_address",
    "keep_note_draft",
    "keep_typed",
    "link_offering",
    "move",
    "move_conversation",
    "move_step",
    "note_situation",
    "nudge_advisor",
    "nudge_participant",
    "pause",
    "plan_conversation",
    "plan_intake",
    "propose_agreement",
    "propose_move",
    "put_off_step",
    "rate_results",
    "recall",
    "record_absence",
    "record_client_points",
    "record_conversation",
    "record_intake",
    "refer",
    "release_report",
    "remove_goal",
    "remove_step",
    "reopen",
    "request_trajectory",
    "restore_step",
    "resume",
    "return_agreement",
    "save_agreement",
    "save_chapter",
    "save_draft",
    "save_report",
    "say_whether_it_clicks",
    "set_plan",
    "settle_components",
    "share_chapter",
    "share_plan",
    "sign",
    "sign_as_payer",
    "start_closing",
    "start_when_signed",
    "stop_early",
    "suggest_advisors",
    "throw_draft_away",
    "tick_steps",
    "withdraw",
    "withdraw_assignment",
    "withdraw_report",
    "write_note",
]
