"""The form of a card: Dutch and English side by side, facts, money, steps, and the part of its kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog import enums, models
from catalog.forms import kinds
from catalog.forms.steps import StepForms, steps
from catalog.models import Offering
from catalog.queries import lists
from catalog.queries.cards import CardData, card_of
from catalog.workflow import FACTS, LANGUAGE_NAMES, LANGUAGES, TEXTS, Gap
from portal.interface.forms import DateInput, DateTimeInput
from portal.people.enums import Language, Role
from portal.people.models import User
from portal.people.queries import by_address, faculties_of, is_central

MONEY_MOST, HOURS_MOST = 100_000, 9999
FACTS_SHOWN = (
    "theme", "languages", "audiences", "career_factors", "form", "setting", "effect", "hours", "provider", "faculty",
    "is_public", "is_repeatable",
)  # fmt: skip
CARE_SHOWN = ("owner", "contact_mailbox", "review_on", "publish_at", "unpublish_at")
CHOICES = {"form": enums.Form, "setting": enums.Setting, "effect": enums.Effect, "informed": enums.Informed}


class Wanted(forms.CharField):
    """A text that is needed before publishing, but not for a draft."""

    def to_python(self, value: Any) -> str:
        """Write line ends in one way, or every text would look changed."""
        return str(super().to_python(value)).replace("\r\n", "\n")

    def validate(self, value: Any) -> None:
        """Let a draft be empty here."""


class WantedChoices(forms.MultipleChoiceField):
    """Choices that are needed before publishing, but not for a draft."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: Any) -> None:
        """Let a draft be empty here, but take only what is in the list."""
        if value:
            super().validate(value)


@dataclass(frozen=True, slots=True)
class Pair:
    """One text in both languages, side by side."""

    fields: list[forms.BoundField]
    lacks: str | Promise


class CardForm(forms.Form):
    """All of a card but its steps."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, card: CardData, actor: User, status: str, initial: dict[str, Any]
    ) -> None:
        self.card, self.actor, self.part = card, actor, kinds.part_of(card)
        super().__init__(data, initial=self._initial(card) | initial)
        self.fields |= self._texts() | _facts() | self._lists() | self._pots() | _care(self.part)
        if status == enums.Status.PUBLISHED:
            del self.fields["publish_at"]
        for name, extra, code in kinds.fields_of(self.part):
            self.fields[name] = kinds.make(extra, code, self.part)

    def _initial(self, card: CardData) -> dict[str, Any]:
        pots = {f"pot_{pot}": notice for pot, notice in card["pots"].items()}
        return card | pots | kinds.shown(card, self.part) | {"owner": lists.address_of(card["owner"])}

    def _texts(self) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for name, text in TEXTS.items():
            if name == "story" and self.part != "story":
                continue
            for code in LANGUAGES:
                widget = forms.Textarea({"rows": text.rows}) if text.rows > 1 else forms.TextInput()
                widget.attrs["lang"] = code
                field = Wanted(
                    label=f"{text.label} ({LANGUAGE_NAMES[code]})", required=bool(text.needed), widget=widget
                )
                # No maxlength on the page: a browser would cut a long paste off without a word.
                field.validators.append(MaxLengthValidator(text.longest))
                found[f"{name}_{code}"] = field
        return found

    def _lists(self) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {
            "theme": forms.ChoiceField(label=FACTS["theme"], choices=lists.labels_of(models.Theme)),
            "provider": forms.ChoiceField(label=FACTS["provider"], choices=lists.labels_of(models.Provider)),
            "audiences": WantedChoices(label=FACTS["audiences"], choices=lists.labels_of(models.Audience)),
            "career_factors": WantedChoices(
                label=FACTS["career_factors"], choices=lists.labels_of(models.CareerFactor), required=False
            ),
        }
        everyone = [("", _("The whole university"))] if is_central(self.actor, Role.EDITOR) else []
        own = [(row.code, row.name) for row in faculties_of(self.actor, Role.EDITOR).order_by("code")]
        found["faculty"] = forms.ChoiceField(
            label=FACTS["faculty"], choices=[*everyone, *own], required=not everyone
        )
        found["related"] = WantedChoices(label=FACTS["related"], choices=lists.offerings(), required=False)
        return found

    def _pots(self) -> dict[str, forms.Field]:
        notices = [("", _("Not in this way")), *lists.notices()]
        return {
            f"pot_{pot.value}": forms.ChoiceField(label=pot.label, choices=notices, required=False)
            for pot in enums.Pot
        }

    def clean_owner(self) -> str:
        """Return the reference of the colleague with this address."""
        address = self.cleaned_data["owner"]
        found = by_address(address) if address else None
        if address and found is None:
            raise ValidationError(_("We know no colleague with this address. Check the spelling."))
        return found.reference if found else ""

    def clean(self) -> dict[str, Any]:
        """Ask for one title at least: without it nobody finds the draft again."""
        found: dict[str, Any] = super().clean() or {}
        if not found.get("title_nl") and not found.get("title_en") and "title_nl" not in self.errors:
            self.add_error("title_nl", _("Give it a title, in one language at least."))
        return found

    def read(self, rows: Iterable[dict[str, Any]]) -> CardData:
        """Return the card as it was typed, with these steps; what the form does not show stays."""
        typed = self.cleaned_data
        card = {name: typed.get(name, value) for name, value in self.card.items()}
        for name in ("closes_on", "starts_on", "internal_until", "review_on"):
            value = typed.get(name)
            card[name] = value.isoformat() if value else ("" if name in self.fields else self.card[name])
        pots = {pot.value: typed[f"pot_{pot.value}"] for pot in enums.Pot if typed[f"pot_{pot.value}"]}
        return card | {
            "hours": f"{typed['hours']:.1f}",
            "cost_eur": typed["cost_eur"] or 0,
            "audiences": sorted(typed["audiences"]),
            "career_factors": sorted(typed["career_factors"]),
            "related": sorted(typed["related"]),
            "pots": pots,
            "steps": list(rows),
            "details": kinds.typed(self.card, self.part, typed),
        }

    def show_gaps(self, gaps: Iterable[Gap]) -> None:
        """Show at its field what is missing before publishing."""
        for gap in gaps:
            self.add_error(gap.field if gap.field in self.fields else None, str(gap.sentence))

    @property
    def pairs(self) -> list[Pair]:
        """The texts, side by side, and which language is missing."""
        found = []
        for name in TEXTS:
            if f"{name}_nl" in self.fields:
                sides = [self[f"{name}_{code}"] for code in LANGUAGES]
                empty = [code for code, side in zip(LANGUAGES, sides, strict=True) if not side.value()]
                found.append(Pair(sides, LANGUAGE_NAMES[empty[0]] if len(empty) == 1 else ""))
        return found

    @property
    def facts(self) -> list[forms.BoundField]:
        """For whom and in what form."""
        return self._some(FACTS_SHOWN)

    @property
    def money(self) -> list[forms.BoundField]:
        """Cost, who pays, and who hears of it."""
        return self._some(("cost_eur", *(f"pot_{pot.value}" for pot in enums.Pot), "informed"))

    @property
    def care(self) -> list[forms.BoundField]:
        """Owner and dates."""
        return self._some(CARE_SHOWN)

    @property
    def own_part(self) -> list[forms.BoundField]:
        """The part of this kind."""
        dates = kinds.DATED.get(self.part, ())
        return self._some((*(name for name, _extra, _code in kinds.fields_of(self.part)), *dates))

    def _some(self, names: Iterable[str]) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]


def _facts() -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {
        name: forms.ChoiceField(label=FACTS[name], choices=kind.choices) for name, kind in CHOICES.items()
    }
    found["languages"] = WantedChoices(label=FACTS["languages"], choices=Language.choices)
    found["hours"] = forms.DecimalField(
        label=FACTS["hours"], min_value=0, max_value=HOURS_MOST, decimal_places=1
    )
    found["cost_eur"] = forms.IntegerField(
        label=FACTS["cost_eur"], min_value=0, max_value=MONEY_MOST, required=False
    )
    found["is_public"] = forms.BooleanField(label=FACTS["is_public"], required=False)
    found["is_repeatable"] = forms.BooleanField(
        label=FACTS["is_repeatable"],
        required=False,
        help_text=_("As with a walk or an open hour. Without it, one person has one place."),
    )
    return found


def _care(part: str) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {
        name: forms.DateField(label=FACTS[name], widget=DateInput, required=False)
        for name in kinds.DATED.get(part, ())
    }
    return found | {
        "owner": forms.EmailField(
            label=_("Owner (e-mail address)"),
            help_text=_("Gets a letter when the text has not been read again."),
        ),
        "contact_mailbox": forms.EmailField(label=_("Mailbox for questions")),
        "review_on": forms.DateField(
            label=FACTS["review_on"],
            widget=DateInput,
            help_text=_("After this day the card gets a badge; 30 days later search and lists leave it out."),
        ),
        "publish_at": forms.DateTimeField(
            label=_("Publish at"), widget=DateTimeInput, required=False, help_text=_("Empty: at once.")
        ),
        "unpublish_at": forms.DateTimeField(
            label=_("Take off at"), widget=DateTimeInput, required=False, help_text=_("Empty: it stays.")
        ),
    }


class Bench:
    """The form of a card with its steps, as the page shows them together."""

    def __init__(
        self, offering: Offering, actor: User, data: Any = None, card: CardData | None = None, **more: Any
    ) -> None:
        card = card or card_of(offering)
        moments = {name: getattr(offering, name) for name in ("publish_at", "unpublish_at")}
        shown = {"version": offering.version, **moments, **more}
        self.form = CardForm(data, card=card, actor=actor, status=offering.status, initial=shown)
        self.steps = StepForms(data, prefix="steps", initial=card["steps"])

    def is_valid(self) -> bool:
        """Whether all of it can be saved as a draft."""
        return all([self.form.is_valid(), self.steps.is_valid()])

    @property
    def card(self) -> CardData:
        """The card as it was typed."""
        return self.form.read(steps(self.steps))

    @property
    def moments(self) -> dict[str, Any]:
        """When it is to be published and taken off, as typed."""
        return {name: self.form.cleaned_data.get(name) for name in ("publish_at", "unpublish_at")}
