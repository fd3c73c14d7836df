"""The guide to interventions: domain, who acts, intervention."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from catalog.enums import Actor, Part
from catalog.models import Intervention, InterventionDomain, InterventionGoal, InterventionPart


def domains() -> QuerySet[InterventionDomain]:
    """Return the four domains with their goals and interventions."""
    return InterventionDomain.objects.prefetch_related(
        Prefetch("goals", InterventionGoal.objects.order_by("-actor")),
        Prefetch("interventions", Intervention.objects.order_by("actor", "number")),
    )


@dataclass(frozen=True)
class Path:
    """One way into the guide: a domain for one of the two who act."""

    domain: InterventionDomain
    actor: str
    actor_label: str
    goal: str
    interventions: list[Intervention]


def paths(actor: str = "") -> list[Path]:
    """Return the ways into the guide, all or for one of the two who act."""
    found = []
    for domain in domains():
        goals = {goal.actor: goal.label for goal in domain.goals.all()}
        for value, label in Actor.choices:
            own = [one for one in domain.interventions.all() if one.actor == value]
            if own and actor in {"", value}:
                found.append(Path(domain, value, str(label), str(goals.get(value, "")), own))
    return found


def intervention_page(slug: str) -> Intervention | None:
    """Return one intervention with all its parts."""
    rows = Intervention.objects.select_related("domain").prefetch_related(
        "parts", "figures", "readings", "links__domain", "linked_from__domain"
    )
    return rows.filter(slug=slug).first()


def parts_of(intervention: Intervention) -> dict[str, list[InterventionPart]]:
    """Return the parts by what they are."""
    return {part.value: [row for row in intervention.parts.all() if row.part == part] for part in Part}


def linked_to(intervention: Intervention) -> list[Intervention]:
    """Return the interventions that go well with this one, linked from either side."""
    both = [*intervention.links.all(), *intervention.linked_from.all()]
    return list({one.pk: one for one in both}.values())
