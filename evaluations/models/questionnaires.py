"""Questionnaires as data: loaded from `content/`, never changed once somebody has answered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluations.enums import Mode, QuestionKind


class Questionnaire(models.Model):
    """One row is one version of one questionnaire."""

    key = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=12, choices=Mode.choices)
    respondent = models.SlugField(max_length=40)
    trigger = models.SlugField(max_length=40)
    title = models.CharField(_("title"), max_length=120)
    intro = models.TextField(_("introduction"))
    source = models.CharField(max_length=120)
    reminder_days = ArrayField(models.PositiveSmallIntegerField(), default=list)
    close_after_days = models.PositiveSmallIntegerField()
    short_form = ArrayField(models.SlugField(max_length=12), default=list, blank=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ("key", "-version")
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="questionnaire_version")]

    def __str__(self) -> str:
        return str(self.title)


class Question(models.Model):
    """One row is one question of one version of a questionnaire."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=12)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=QuestionKind.choices)
    is_required = models.BooleanField()
    dimensions = ArrayField(models.SlugField(max_length=40), default=list)
    text = models.TextField(_("question"))

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("questionnaire", "number")
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "key"], name="question_key"),
            models.UniqueConstraint(fields=["questionnaire", "number"], name="question_number"),
        ]

    def __str__(self) -> str:
        return str(self.text)


class Option(models.Model):
    """One row is one answer that can be chosen; scores of 0 to 10 need none."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    value = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField()
    label = models.CharField(_("label"), max_length=160)

    class Meta:
        verbose_name = _("answer option")
        verbose_name_plural = _("answer options")
        ordering = ("question", "number")
        constraints = [models.UniqueConstraint(fields=["question", "value"], name="option_value")]

    def __str__(self) -> str:
        return str(self.label)
