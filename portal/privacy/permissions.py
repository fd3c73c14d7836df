"""Relation tables of the ground floor, and the lists of public and closed tables."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.contrib.sites.models import Site
from django.db.models import Q
from pghistory.models import Context

from portal.organisation.models import Appointment, Department, Faculty
from portal.people.models import RoleGrant, User
from portal.privacy import wall
from portal.privacy.models import DossierRead

wall.public(Faculty, Department, figures=True)
wall.public(Appointment, User, RoleGrant, Session, Site, ContentType, Permission, Group)
# Sign-in reads these before anybody is signed in.
wall.public(EmailAddress, EmailConfirmation, Authenticator, SocialAccount, SocialToken, SocialApp)
wall.public(Group.permissions.through, *(m.sites.through for m in (SocialApp,)))
# History carries its context on its own rows; this table stays empty.
wall.closed(Context)

wall.protect(
    DossierRead,
    read={"subject": lambda v: Q(subject_id=v)},
    insert={"reader": lambda v: Q(reader_id=v)},
    insert_only=True,
)
