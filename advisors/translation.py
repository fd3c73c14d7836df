"""Translated fields of advisors."""

from modeltranslation.translator import TranslationOptions, register

from advisors.models import Advisor, CertificateScheme, Provider, QuestionType


@register(QuestionType)
class QuestionTypeTranslation(TranslationOptions):
    """Labels in both languages."""

    fields = ("label",)
    required_languages = ("nl", "en")


@register(CertificateScheme)
class CertificateSchemeTranslation(TranslationOptions):
    """Names in both languages."""

    fields = ("name",)
    required_languages = ("nl", "en")


@register(Provider)
class ProviderTranslation(TranslationOptions):
    """What a provider says about itself."""

    fields = ("about",)


@register(Advisor)
class AdvisorTranslation(TranslationOptions):
    """What an advisor says about themself."""

    fields = ("approach", "profile")
