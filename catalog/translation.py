"""Translated fields: each of these has a `_nl` and an `_en` column."""

from modeltranslation.translator import TranslationOptions, register

from catalog import models


@register([models.Audience, models.CareerFactor, models.Provider, models.InterventionGoal])
class LabelTranslation(TranslationOptions):
    """Lists that have a label only."""

    fields = ("label",)
    required_languages = ("nl", "en")


@register([models.Theme, models.Kind])
class DescribedTranslation(TranslationOptions):
    """Lists that explain themselves."""

    fields = ("label", "description")
    required_languages = ("nl", "en")


@register(models.ManagerNotice)
class ManagerNoticeTranslation(TranslationOptions):
    """What people read about who is told."""

    fields = ("shown", "message")
    required_languages = ("nl", "en")


@register(models.Offering)
class OfferingTranslation(TranslationOptions):
    """All texts of the service card."""

    fields = (
        "title", "summary", "description", "result", "content", "structure", "fits_when",
        "fits_not_when", "prerequisites", "time_text", "keywords", "story", "owner_role",
    )  # fmt: skip
    required_languages = ("nl", "en")


@register([models.Session])
class SessionTranslation(TranslationOptions):
    """Title of a part and the room."""

    fields = ("title", "room")


@register(models.Meeting)
class MeetingTranslation(TranslationOptions):
    """The room."""

    fields = ("room",)


@register(models.InterventionDomain)
class InterventionDomainTranslation(TranslationOptions):
    """Names and description."""

    fields = ("label", "description", "source_name")
    required_languages = ("nl", "en")


@register(models.Intervention)
class InterventionTranslation(TranslationOptions):
    """Title and reason."""

    fields = ("title", "why", "keywords")
    required_languages = ("nl", "en")


@register(models.InterventionPart)
class InterventionPartTranslation(TranslationOptions):
    """Title and points."""

    fields = ("title", "points")


@register(models.InterventionFigure)
class InterventionFigureTranslation(TranslationOptions):
    """Label and figure."""

    fields = ("label", "text")


@register(models.Reading)
class ReadingTranslation(TranslationOptions):
    """Name."""

    fields = ("name",)
