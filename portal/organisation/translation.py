"""Translated fields of the organisation."""

from modeltranslation.translator import TranslationOptions, register

from portal.organisation.models import Appointment, Department, Faculty


@register(Faculty)
class FacultyTranslation(TranslationOptions):
    """Names in both languages."""

    fields = ("name",)
    required_languages = ("nl", "en")


@register(Department)
class DepartmentTranslation(TranslationOptions):
    """Names in both languages."""

    fields = ("name",)
    required_languages = ("nl", "en")


@register(Appointment)
class AppointmentTranslation(TranslationOptions):
    """Job titles in both languages."""

    fields = ("function_title",)
