"""The app of trajectories."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrajectoriesConfig(AppConfig):
    """Puts the wall around dossiers, counts cases for the advisors' room, hangs up menu and cards."""

    name = "trajectories"
    verbose_name = _("trajectories")

    def ready(self) -> None:
        """Register."""
        from advisors.queries import register_load, register_taken
        from portal.delivery import schedule
        from trajectories import permissions  # noqa: F401
        from trajectories.queries.cases import loads
        from trajectories.queries.planning import taken

        register_load(loads)
        register_taken(taken)
        # Often, and each advisor once a week: a scheduler that restarts misses no week.
        schedule.every(3600, "trajectories.tasks.remind_advisors")
        schedule.every(600, "trajectories.tasks.withdraw_left")
        schedule.every(600, "trajectories.tasks.tell_alone")
        schedule.every(300, "trajectories.tasks.remind_of_steps")
        _menu()
        _cards()


def _menu() -> None:
    from portal.interface.registry import MenuItem, menu
    from portal.people.enums import Role
    from portal.people.queries import has_role

    own = ("trajectories:request", "trajectories:self_test")
    menu.add(
        MenuItem(
            key="trajectory", label=_("My trajectory"), url_name="trajectories:own", order=30, current=own
        )
    )
    menu.add(
        MenuItem(
            key="desk",
            label=_("Desk"),
            url_name="trajectories:desk",
            order=32,
            visible=lambda user: has_role(user, Role.ADVISOR),
        )
    )
    menu.add(
        MenuItem(
            key="requests",
            label=_("Requests"),
            url_name="trajectories:board",
            order=34,
            visible=lambda user: has_role(user, Role.COORDINATOR),
            current=("trajectories:board", "trajectories:assign", "trajectories:hand_over"),
        )
    )


def _cards() -> None:
    from portal.interface.registry import HomeCard, MenuItem, account, home, mine, starts
    from trajectories.queries.referrals import may_refer
    from trajectories.views import cards

    folder = "trajectories/cards/"
    step = HomeCard(
        key="trajectory.next",
        template=folder + "next_step.html",
        context=cards.next_step,
        order=1,
        is_next_step=True,
    )
    own = HomeCard(key="trajectory.mine", template=folder + "mine.html", context=cards.mine, order=10)
    home.add(step)
    invited = folder + "invited.html"
    home.add(HomeCard(key="trajectory.invited", template=invited, context=cards.invited, order=5))
    payments = folder + "payments.html"
    home.add(HomeCard(key="trajectory.payments", template=payments, context=cards.payments, order=6))
    reports = folder + "reports.html"
    home.add(HomeCard(key="trajectory.reports", template=reports, context=cards.reports, order=7))
    refer = folder + "refer.html"
    home.add(HomeCard(key="trajectory.refer", template=refer, context=cards.refer, order=42))
    home.add(HomeCard(key="trajectory.ask", template=folder + "ask.html", context=cards.ask, order=40))
    home.add(own)
    mine.add(own)
    mine.add(HomeCard(key="self_test", template=folder + "self_test.html", context=cards.self_test, order=20))
    label = _("Start the self-test")
    starts.add(MenuItem(key="career_factor_self_test", label=label, url_name="trajectories:self_test"))
    home.add(HomeCard(key="trajectory.desk", template=folder + "desk.html", context=cards.desk, order=12))
    home.add(HomeCard(key="trajectory.board", template=folder + "board.html", context=cards.board, order=14))
    account.add(
        MenuItem(
            key="referrals",
            label=_("Invitations to career advice"),
            url_name="trajectories:referrals",
            visible=lambda user: user.is_authenticated and may_refer(user),
        )
    )
