"""Translated fields of evaluations."""

from modeltranslation.translator import TranslationOptions, register

from evaluations.models import Indicator, Option, Question, Questionnaire

BOTH = ("nl", "en")


@register(Questionnaire)
class QuestionnaireTranslation(TranslationOptions):
    """Title and introduction."""

    fields = ("title", "intro")
    required_languages = BOTH


@register(Question)
class QuestionTranslation(TranslationOptions):
    """The words of the question."""

    fields = ("text",)
    required_languages = BOTH


@register(Option)
class OptionTranslation(TranslationOptions):
    """The words of the answer."""

    fields = ("label",)
    required_languages = BOTH


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    """Name and definition."""

    fields = ("label", "definition")
    required_languages = BOTH
