"""Agencies and advisors, registered by the coordinator."""

from datetime import time
from typing import Any

from advisors.enums import Level
from advisors.models import Advisor, CertificateScheme, Provider, QuestionType
from advisors.queries.freetimes import Stretch
from advisors.services import availability, records
from portal.demo.accounts import PASSWORD, address
from portal.demo.sample import roles
from portal.demo.sample.staff import mail_name, split_name
from portal.demo.sample.world import World
from portal.people.models import User


def make(world: World) -> None:
    """Register everybody of `content/advisors.yaml`."""
    rows = world.words("advisors")
    agencies = {row["key"]: _provider(world, row) for row in rows["providers"]}
    for row in rows["advisors"]:
        _advisor(world, row, agencies.get(row.get("provider", "")))


def _provider(world: World, row: dict[str, Any]) -> Provider:
    return Provider.objects.create(
        key=row["key"],
        name=row["name"],
        about_nl=row["about_nl"],
        about_en=row["about_en"],
        mailbox=row["mailbox"],
        contract_ends_on=world.in_months(row["contract_ends_months_from_now"]),
    )


def _person(world: World, row: dict[str, Any], agency: Provider | None) -> User:
    for user in world.people.values():
        if user.full_name == row["name"]:
            return user
    account = row.get("account")
    domain = agency.mailbox.partition("@")[2] if agency else ""
    email = address(account) if account else f"{mail_name(row['name'])}@{domain}"
    user = User.objects.create_user(email, PASSWORD if account else None, **split_name(row["name"]))
    world.people[email] = user
    return user


def _advisor(world: World, row: dict[str, Any], agency: Provider | None) -> None:
    user = _person(world, row, agency)
    roles.make_advisor(world, user)
    coordinator = world.account("coordinator")
    about = {key: row[key] for key in ("approach_nl", "approach_en", "profile_nl", "profile_en")}
    advisor = records.register(
        actor=coordinator,
        user=user,
        languages={code: Level[level] for code, level in row["languages"].items()},
        question_types=QuestionType.objects.filter(key__in=row["question_types"]),
        maximum_caseload=row["maximum_caseload"],
        provider=agency,
        is_test_qualified=row["is_test_qualified"],
        **about,
    )
    if row.get("hours"):
        _hours(user, advisor, row["hours"])
    for held in row["certificates"]:
        _certificate(world, advisor, held)
    if away := row.get("absence"):
        records.report_absence(
            actor=coordinator,
            advisor=advisor,
            starts_on=world.in_weeks(away["from_weeks_from_now"]),
            ends_on=world.in_weeks(away["until_weeks_from_now"]),
        )


def _hours(user: User, advisor: Advisor, rows: dict[int, list[str]]) -> None:
    hours = [
        Stretch(day, time.fromisoformat(starts), time.fromisoformat(ends))
        for day, (starts, ends) in rows.items()
    ]
    rules = {"talk_minutes": 60, "pause_minutes": 15, "talks_per_day": 3}
    availability.set_hours(actor=user, advisor=advisor, hours=hours, **rules)


def _certificate(world: World, advisor: Advisor, held: dict[str, Any]) -> None:
    digits = "".join(
        str(world.dice.randint(0, 9)) if sign == "#" else sign for sign in held["number_pattern"]
    )
    records.record_certificate(
        actor=world.account("coordinator"),
        advisor=advisor,
        scheme=CertificateScheme.objects.get(key=held["scheme"]),
        number=digits,
        valid_until=world.in_months(held["valid_until_months_from_now"]),
    )
