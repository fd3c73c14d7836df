"""Addresses of trajectories."""

from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _

from trajectories.views import (
    board,
    closing,
    desk,
    execution,
    handing_over,
    notebooks,
    own,
    papers,
    paying,
    plans,
    preparation,
    referrals,
    self_test_sharing,
    self_tests,
    steps,
)

app_name = "trajectories"
of_one = [
    path("", own.page, name="page"),
    path("move/", steps.move, name="move"),
    path("choose/", steps.choose, name="choose"),
    path("answer/", steps.answer, name="answer"),
    path("advisor/ask/", handing_over.ask_advisor, name="ask_advisor"),
    path("advisor/answer/", handing_over.answer_handover, name="answer_handover"),
    path(_("plan-intake/"), preparation.plan_intake, name="plan_intake"),
    path("intake/", preparation.intake, name="intake"),
    path(_("client/"), preparation.client, name="client"),
    path(_("agreement/"), preparation.agreement, name="agreement"),
    path(_("agreement/pdf/"), papers.paper, name="agreement_paper"),
    path(_("agreement/write/"), preparation.agreement_edit, name="agreement_edit"),
    path(_("agreement/sign/"), preparation.sign, name="sign"),
    path(_("conversations/"), execution.talks, name="talks"),
    path(_("conversations/new/"), execution.plan_talk, name="plan_talk"),
    path(_("conversations/<ref:talk>/move/"), execution.move_talk, name="move_talk"),
    path(_("conversations/<ref:talk>/cancel/"), execution.cancel_talk, name="cancel_talk"),
    path(_("conversations/<ref:talk>/record/"), execution.record_talk, name="record_talk"),
    path(_("notebooks/<slug:book>/"), notebooks.notebook, name="notebook"),
    path("plan/tick/", plans.tick, name="tick"),
    path("plan/<ref:step>/", plans.step, name="step"),
    re_path(r"^plan/(?P<letter>[ABC])/$", plans.plan, name="plan"),
    re_path(r"^plan/(?P<letter>[ABC])/add/$", plans.add_step, name="add_step"),
    path(_("components/"), execution.components, name="components"),
    path(_("results/"), closing.closing, name="closing"),
    path(_("self-test/<ref:share>/"), self_test_sharing.shown, name="shown_self_test"),
]
urlpatterns = [
    path(_("trajectories/"), own.own, name="own"),
    path(_("trajectories/request/"), own.request_form, name="request"),
    path(_("trajectories/<ref:reference>/"), include(of_one)),
    path(_("self-test/"), self_tests.overview, name="self_test"),
    path(_("self-test/fill-in/"), self_tests.fill, name="self_test_fill"),
    path(_("self-test/compare/"), self_tests.compare, name="self_test_compare"),
    path(_("self-test/<ref:reference>/"), self_tests.result, name="self_test_result"),
    path(_("self-test/<ref:reference>/share/"), self_test_sharing.share, name="self_test_share"),
    path(_("self-test/<ref:reference>/erase/"), self_test_sharing.delete, name="self_test_delete"),
    path(
        _("self-test/shared/<ref:reference>/withdraw/"), self_test_sharing.withdraw, name="self_test_withdraw"
    ),
    path(_("invitations/"), referrals.sent, name="referrals"),
    path(_("invitations/new/"), referrals.refer, name="refer"),
    path(_("invitations/<ref:reference>/"), referrals.invitation, name="invitation"),
    path(_("payments/<ref:reference>/"), paying.payer, name="payer"),
    path(_("requests/"), board.board, name="board"),
    path(_("requests/<ref:reference>/"), board.assign, name="assign"),
    path(_("requests/<ref:reference>/advisor/"), handing_over.hand_over, name="hand_over"),
    path(_("advisor/"), desk.desk, name="desk"),
]
