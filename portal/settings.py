"""Settings, all read from the environment; `docs/operations.md` lists the variables.

`manage.py` and the supervisor start the embedded servers and fill in their addresses first.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.text("PORTAL_VAR") or BASE_DIR / "var").resolve()
MODE = env.choice("PORTAL_MODE", "production", ("production", "demo", "test"))
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
DEVELOPMENT_SECRET = "development-only-" + "0" * 40
NOWHERE = "postgresql://nobody@127.0.0.1:1/nowhere"

DEBUG = env.flag("PORTAL_DEBUG")
SECRET_KEY = env.text("PORTAL_SECRET_KEY") or DEVELOPMENT_SECRET
ALLOWED_HOSTS = env.words("PORTAL_ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,testserver")
ENCRYPTION_KEYS = env.keys("PORTAL_ENCRYPTION_KEYS")
REQUIRE_MFA = env.flag("PORTAL_REQUIRE_MFA", default=PRODUCTION)
UNIVERSITY_NAMES = {
    "nl": env.text("PORTAL_UNIVERSITY", "Universiteit Noorderhaven"),
    "en": env.text("PORTAL_UNIVERSITY_EN", "Northern Harbour University"),
}
BASE_URL = env.text("PORTAL_BASE_URL") or f"http://127.0.0.1:{env.number('PORT', 8000, high=65535)}"

if PRODUCTION:
    _refusals = {
        "PORTAL_SECRET_KEY is missing or is the development secret": SECRET_KEY == DEVELOPMENT_SECRET,
        "PORTAL_DEBUG must be off": DEBUG,
        "PORTAL_ALLOWED_HOSTS names no host, or all of them": not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS,
        "PORTAL_ENCRYPTION_KEYS holds no key": not ENCRYPTION_KEYS,
        "DATABASE_URL is missing": not env.text("DATABASE_URL"),
        "REDIS_URL is missing": not env.text("REDIS_URL"),
    }
    _found = [sentence for sentence, wrong in _refusals.items() if wrong]
    if _found:
        raise ImproperlyConfigured("The portal does not start: " + "; ".join(_found) + ".")

INSTALLED_APPS = [
    "modeltranslation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sites",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_filters",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "portal.organisation",
    "portal.people",
    "portal.privacy",
    "portal.delivery",
    "portal.documents",
    "portal.entitlements",
    "portal.interface",
    "portal.demo",
    "catalog",
    "advisors",
    "trajectories",
    "evaluations",
]

MIDDLEWARE = [
    "portal.delivery.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.interface.middleware.PlainErrors",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.interface.middleware.RememberedLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.privacy.middleware.ViewerMiddleware",
    "portal.people.middleware.SecondStepMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
ASGI_APPLICATION = "portal.asgi.application"
SITE_ID = 1
FORM_RENDERER = "portal.interface.forms.PortalRenderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.interface.context.page",
            ],
        },
    },
]

# --- databases: one login per job, all on the same schema (house 4) ---
_ROLE = env.choice("PORTAL_DATABASE_ROLE", "web", ("web", "jobs"))
_URLS = {
    "web": "DATABASE_URL",
    "owner": "PORTAL_OWNER_DATABASE_URL",
    "jobs": "PORTAL_JOBS_DATABASE_URL",
    "figures": "PORTAL_FIGURES_DATABASE_URL",
    "retention": "PORTAL_RETENTION_DATABASE_URL",
}


def _database(role: str) -> dict[str, Any]:
    options = env.database(_URLS[role]) or env.database("DATABASE_URL", NOWHERE)
    return {
        **(options or {}),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
    }


DATABASES = {
    "default": _database(_ROLE),
    "owner": _database("owner"),
    "figures": _database("figures"),
    "retention": _database("retention"),
}

REDIS_URL = env.redis("REDIS_URL", "redis://127.0.0.1:1/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
    }
}

# --- jobs: rows are the truth, messages are hints; so nothing is kept, and what is lost is found by a scan ---
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_timeout": 10,
    "socket_connect_timeout": 3,
    "socket_keepalive": True,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 1800
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "portal.celery:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "schedule")
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_TIMEZONE = "Europe/Amsterdam"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "portal_session"
SESSION_COOKIE_AGE = 60 * 60 * 12

# --- sign-in ---
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "portal.people.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "portal.people.adapter.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip" if not PRODUCTION else "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "portal.people.forms.SignInForm",
    "reset_password": "portal.people.forms.ResetPasswordForm",
    "reset_password_from_key": "portal.people.forms.NewPasswordForm",
    "change_password": "portal.people.forms.ChangePasswordForm",
    "set_password": "portal.people.forms.SetPasswordForm",
    "reauthenticate": "portal.people.forms.ReauthenticateForm",
}
# Behind a proxy the limits count the visitor's address, which the proxy adds last.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("PORTAL_BEHIND_PROXY") else 0
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "portal.people.forms.CodeForm",
    "reauthenticate": "portal.people.forms.CodeAgainForm",
    "activate_totp": "portal.people.forms.ActivateForm",
}
MFA_TOTP_ISSUER = UNIVERSITY_NAMES["nl"]
# SURFconext, or another OpenID Connect provider, is offered when its three variables are set.
OIDC_SERVER = env.text("PORTAL_OIDC_SERVER")
SURFCONEXT_HOME_ORGANISATIONS = env.words("PORTAL_OIDC_HOME_ORGANISATIONS")
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "provider_class": "portal.people.surfconext.SurfconextProvider",
        "APPS": [
            {
                "provider_id": "surfconext",
                "name": env.text("PORTAL_OIDC_NAME", "SURFconext"),
                "client_id": env.text("PORTAL_OIDC_CLIENT_ID"),
                "secret": env.text("PORTAL_OIDC_SECRET"),
                "settings": {"server_url": OIDC_SERVER},
            }
        ]
        if OIDC_SERVER
        else [],
    }
}
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- languages and time ---
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
MODELTRANSLATION_DEFAULT_LANGUAGE = "nl"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("nl", "en")
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
FORMAT_MODULE_PATH = ["portal.interface.formats"]

# --- files ---
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("PORTAL_STATIC_ROOT") or VAR / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# In memory only: what people bring is confidential and never stands on the disk in clear.
FILE_UPLOAD_HANDLERS = ["portal.documents.incoming.MemoryUpload"]

# --- mail: the outbox hands over to this backend ---
EMAIL_BACKEND = env.text("PORTAL_EMAIL_BACKEND") or (
    "django.core.mail.backends.smtp.EmailBackend" if PRODUCTION else "portal.delivery.transport.EmlFiles"
)
EMAIL_HOST = env.text("PORTAL_EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("PORTAL_EMAIL_PORT", 25, low=1, high=65535)
EMAIL_HOST_USER = env.text("PORTAL_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("PORTAL_EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("PORTAL_EMAIL_TLS")
EMAIL_TIMEOUT = 20
MAIL_FOLDER = VAR / "mail"
DEFAULT_FROM_EMAIL = env.text("PORTAL_FROM_EMAIL", "loopbaan@universiteit.example")

# --- security ---
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        # Chromium also holds the redirect after a form against this list.
        "form-action": [SELF, *([_oidc_origin] if (_oidc_origin := env.origin(OIDC_SERVER)) else [])],
        "frame-ancestors": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = PRODUCTION and env.flag("PORTAL_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("PORTAL_BEHIND_PROXY") else None
CSRF_TRUSTED_ORIGINS = env.words("PORTAL_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "portal.interface.errors.csrf_failure"


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "portal.privacy.logs.Formatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("PORTAL_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
