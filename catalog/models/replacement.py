"""Who is asked to go in whose place."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.enums import Answer
from catalog.models.enrolment import Enrolment
from catalog.models.session import Session
from portal import clock
from portal.people.models import new_reference
from portal.privacy.history import tracked


@tracked
class Replacement(models.Model):
    """One row is one question to one colleague to go in somebody's place; the place changes hands on a yes."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="replacements")
    # Kept here as well: once the question is answered, the colleague does not see the place any more.
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    participant = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    answer_by = models.DateTimeField(_("answer before"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, default=Answer.ASKED)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("question to a colleague")
        verbose_name_plural = _("questions to colleagues")
        ordering = ("answer_by", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(answer=Answer.ASKED), name="replacement_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(colleague=F("participant")), name="replacement_by_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether the colleague can still answer."""
        return self.answer == Answer.ASKED and self.answer_by > clock.now()
