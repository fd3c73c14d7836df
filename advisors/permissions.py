"""Who keeps the records of advisors. Everybody who has signed in may read them."""

from advisors.models import (
    Absence,
    Advisor,
    AdvisorLanguage,
    Certificate,
    CertificateScheme,
    Provider,
    QuestionType,
    WorkingHours,
)
from portal.people.enums import Role
from portal.people.models import User
from portal.people.queries import has_role
from portal.privacy import wall

wall.public(
    Absence,
    Advisor,
    Advisor.question_types.through,
    AdvisorLanguage,
    Certificate,
    CertificateScheme,
    Provider,
    QuestionType,
    WorkingHours,
)


def may_keep_records(user: User) -> bool:
    """Tell whether this person registers advisors, certificates and absences."""
    return has_role(user, Role.COORDINATOR)
