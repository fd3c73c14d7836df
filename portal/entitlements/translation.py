"""Translated fields of the rules, and their history."""

from modeltranslation.translator import TranslationOptions, register

from portal.entitlements.models import EntitlementRule
from portal.privacy.history import tracked


@register(EntitlementRule)
class EntitlementRuleTranslation(TranslationOptions):
    """What people read about a rule."""

    fields = ("label", "text", "source")
    required_languages = ("nl", "en")


tracked(EntitlementRule)
