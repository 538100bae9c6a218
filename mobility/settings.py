"""All settings, driven by environment variables; docs/deployment.md lists them.

Closed unless opened: without MOBILITY_MODE=development the site refuses to start on anything unsafe.
"""

import os
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT = os.environ.get("MOBILITY_MODE") == "development"


def required(name: str, in_development: str) -> str:
    """The environment's value; only development may do without one."""
    value = os.environ.get(name, in_development if DEVELOPMENT else "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set; docs/deployment.md says what it must hold")
    return value


def refuse(unsafe: bool, why: str) -> None:  # noqa: FBT001 -- refuse(condition, sentence) reads as one
    """Outside development, better no site than an open one."""
    if unsafe and not DEVELOPMENT:
        raise ImproperlyConfigured(f"{why}; docs/deployment.md says what it must hold")


# --- who we are -----------------------------------------------------------------------------------------------------

SECRET_KEY = required("DJANGO_SECRET_KEY", "development-only-key-that-protects-nothing-0123456789-abcdefghij")
ALLOWED_HOSTS = required("MOBILITY_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
refuse(len(SECRET_KEY) < 50 or SECRET_KEY.startswith("development"), "DJANGO_SECRET_KEY is short or known to all")
refuse(any("*" in host for host in ALLOWED_HOSTS), "MOBILITY_HOSTS answers to any name")
CSRF_TRUSTED_ORIGINS = [] if DEVELOPMENT else [f"https://{host}" for host in ALLOWED_HOSTS]
DEBUG = False

# --- what is installed ------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "mobility.sample",
    "mobility.events",
    "mobility.staff",
    "selection",
    "mobility.students",
    "mobility.calls",
    "partners",
    "mobility.people",
    "mobility.files",
    "mobility.post",
    "mobility.journal",
    "mobility.web",
    "mobility.people.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_countries",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "pgtrigger",
]

MIDDLEWARE = [
    "mobility.web.middleware.number",
    "mobility.web.middleware.guard",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "mobility.web.middleware.readable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mobility.journal.middleware.name_the_actor",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mobility.people.middleware.speak_the_persons_language",
    "mobility.people.middleware.require_second_factor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mobility.web.middleware.words",
]

ROOT_URLCONF = "mobility.urls"
WSGI_APPLICATION = "mobility.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "mobility.web.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "mobility.web.context.frame",
                "mobility.people.context.university",
                "mobility.navigation.navigation",
            ],
        },
    },
]

MESSAGE_TAGS = {10: "info", 20: "info", 25: "ok", 30: "warn", 40: "bad"}  # the kinds of mobility.web.kinds
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FILTERS_EMPTY_CHOICE_LABEL = _("Any")

# --- the database -----------------------------------------------------------------------------------------------------

# The application's role owns nothing; the owner's is for the commands that migrate.
DATABASE_OWNER_URL = os.environ.get("DATABASE_OWNER_URL", "")
DATABASES = {
    "default": dj_database_url.parse(
        required("DATABASE_URL", "postgres:///mobility"),
        engine="mobility.ground.database",  # PostgreSQL, patient while a connection is opened
        conn_max_age=600,
        conn_health_checks=True,
    )
}
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DATABASE_NAME", "test_mobility")}
# Shared by all workers: the limits on attempts are counted here, and must not be pushed out by others' counts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people and doors -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["mobility.people.backends.SignInName"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "record_book", "family_name", "latin_family_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 -- a name
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
SESSION_COOKIE_AGE = 12 * 3600

# Dean's offices, IR officers, the rector and administrators; "off" is for the sample university on one's own computer.
SECOND_FACTOR_REQUIRED = os.environ.get("MOBILITY_SECOND_FACTOR") != "off"
refuse(not SECOND_FACTOR_REQUIRED, "MOBILITY_SECOND_FACTOR is off")

# docs/adr/0004-sign-in.md gives the reasons.
ACCOUNT_ADAPTER = "mobility.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "mobility.people.forms.SignInForm",
    "reset_password": "mobility.people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "mobility.people.forms.NewPasswordByLinkForm",
    "change_password": "mobility.people.forms.NewPasswordForm",
    "set_password": "mobility.people.forms.NoPasswordYetForm",
    "reauthenticate": "mobility.people.forms.PasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "record_book"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
# By account, not by address: a whole campus may stand behind one address.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "6/5m/key",
    "reset_password": "5/15m/key",
    "reset_password_from_key": None,
    "change_email": "5/15m/user",  # each sends a letter to whatever address is typed
    "change_password": None,  # asks for the present one, which counts as a sign-in
    "reauthenticate": None,  # so does this
}
ALLAUTH_TRUSTED_PROXY_COUNT = 0 if DEVELOPMENT else 1  # nginx; the list of one's sessions shows the address
MFA_ADAPTER = "mobility.people.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "mobility.people.forms.CodeForm",
    "reauthenticate": "mobility.people.forms.ConfirmCodeForm",
    "activate_totp": "mobility.people.forms.NewAppForm",
    "add_webauthn": "mobility.people.forms.NewKeyForm",
    "login_webauthn": "mobility.people.forms.SignInByKeyForm",
    "authenticate_webauthn": "mobility.people.forms.KeyForm",
    "reauthenticate_webauthn": "mobility.people.forms.ConfirmByKeyForm",
    "edit_webauthn": "mobility.people.forms.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_TOTP_ISSUER = "Academic mobility"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEVELOPMENT
MFA_WEBAUTHN_USER_VERIFICATION = "required"

# Single sign-on with the university's own accounts, where one is configured; it is keyed by issuer and subject.
SOCIALACCOUNT_ADAPTER = "mobility.people.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {}
SINGLE_SIGN_ON_ORIGINS = [
    "{0.scheme}://{0.netloc}".format(urlsplit(os.environ[name]))
    for name in ("MOBILITY_OIDC_ISSUER", "MOBILITY_SAML_URL")
    if os.environ.get(name)
]
if SINGLE_SIGN_ON_ORIGINS:
    INSTALLED_APPS += ["allauth.socialaccount"]
if os.environ.get("MOBILITY_OIDC_ISSUER"):
    OIDC_ISSUER = os.environ["MOBILITY_OIDC_ISSUER"]
    INSTALLED_APPS += ["allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": f"oidc-{sha256(OIDC_ISSUER.encode()).hexdigest()[:16]}",
                "name": os.environ.get("MOBILITY_SINGLE_SIGN_ON_NAME", "Single sign-on"),
                "client_id": required("MOBILITY_OIDC_CLIENT", ""),
                "secret": required("MOBILITY_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER, "uid_field": "sub"},
            }
        ],
    }
if os.environ.get("MOBILITY_SAML_ISSUER"):
    INSTALLED_APPS += ["allauth.socialaccount.providers.saml"]
    SOCIALACCOUNT_PROVIDERS["saml"] = {
        "APPS": [
            {
                "provider_id": os.environ["MOBILITY_SAML_ISSUER"],
                "name": os.environ.get("MOBILITY_SINGLE_SIGN_ON_NAME", "Single sign-on"),
                "client_id": "university",
                "settings": {
                    "idp": {
                        "entity_id": os.environ["MOBILITY_SAML_ISSUER"],
                        "sso_url": required("MOBILITY_SAML_URL", ""),
                        "x509cert": required("MOBILITY_SAML_CERTIFICATE", ""),
                    },
                    "attribute_mapping": {},
                    "advanced": {
                        "name_id_format": "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
                        "reject_idp_initiated_sso": True,
                        "want_assertion_signed": True,
                        "want_attribute_statement": False,
                        "want_name_id": True,
                    },
                },
            }
        ],
    }

# --- languages and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("be", "Беларуская")]
# Our words first, then those that packages lack in our languages.
LOCALE_PATHS = [ROOT / "locale", ROOT / "locale" / "packages"]
FORMAT_MODULE_PATH = "mobility.formats"
APPEARANCE_COOKIE_NAME = "appearance"
TIME_ZONE = "Europe/Minsk"
USE_TZ = True

# --- files ------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("MOBILITY_STATIC_ROOT", ROOT / "staticfiles"))
STATICFILES_DIRS = [ROOT / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # half the time of collecting them
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "mobility.web.static_files.StaticFiles"},
}
MEDIA_ROOT = Path(os.environ.get("MOBILITY_MEDIA_ROOT", ROOT / "media"))

FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "mobility.files.storage.BoundedUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_NUMBER_FILES = 10
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # without files; those are measured one by one
# nginx may send the files itself: the prefix of an internal location that stands for MEDIA_ROOT.
X_ACCEL_PREFIX = os.environ.get("MOBILITY_X_ACCEL_PREFIX", "")

# --- post and periodic work -------------------------------------------------------------------------------------------

SITE_URL = required("MOBILITY_URL", "http://localhost:8000").rstrip("/")
# All mail is queued in the database; the worker hands it over, in development to files.
EMAIL_BACKEND = "mobility.post.outbox.Outbox"
EMAIL_HOST = required("EMAIL_HOST", "files")
MAIL_DELIVERY_BACKEND = f"django.core.mail.backends.{'filebased' if EMAIL_HOST == 'files' else 'smtp'}.EmailBackend"
EMAIL_FILE_PATH = Path(os.environ.get("MOBILITY_MAIL_ROOT", ROOT / ".local" / "mail"))
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = required("DEFAULT_FROM_EMAIL", "mobility@localhost")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Name, how often, and a function that takes `at`; `manage.py schedule` runs them.
SCHEDULE = [
    ("send-letters", timedelta(seconds=5), "mobility.post.tasks.call_for_delivery"),
    ("requeue-stuck-letters", timedelta(minutes=1), "mobility.post.actions.requeue_stuck"),
    ("clear-sessions", timedelta(days=1), "mobility.post.tasks.clear_sessions"),
    ("prune-tasks", timedelta(days=1), "mobility.post.tasks.prune_tasks"),
    ("lapse-silent-places", timedelta(minutes=5), "mobility.students.actions.answers.lapse_silent"),
    ("remind-of-expiring-agreements", timedelta(days=1), "partners.actions.reminders.remind_of_expiring"),
    ("settle-applications", timedelta(minutes=1), "mobility.students.actions.settle"),
    ("score-waiting-applications", timedelta(minutes=1), "selection.actions.scoring.score_waiting"),
    ("remind-of-deadlines", timedelta(hours=1), "mobility.students.actions.remind_of_deadline"),
    ("move-staff-by-the-calendar", timedelta(days=1), "mobility.staff.actions.orders.move_all_by_the_calendar"),
    ("remind-of-late-staff-reports", timedelta(days=1), "mobility.staff.actions.reports.remind"),
    ("move-events-by-the-calendar", timedelta(days=1), "mobility.events.actions.orders.move_all_by_the_calendar"),
    ("let-go-of-unsettled-places", timedelta(days=1), "mobility.events.actions.lapses.let_go_of_the_unsettled"),
    ("remind-of-unanswered-teams", timedelta(days=1), "mobility.events.actions.reminders.remind_of_answers"),
    ("remind-of-late-event-reports", timedelta(days=1), "mobility.events.actions.reports.remind"),
    ("remove-orphan-files", timedelta(days=1), "mobility.files.actions.remove_orphans"),
]

# --- safety -----------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
# A sign-in that leads to the university's own accounts is a form, and browsers ask this list where it may lead.
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += SINGLE_SIGN_ON_ORIGINS
SECURE_HSTS_SECONDS = 0 if DEVELOPMENT else 2 * 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEVELOPMENT
SECURE_SSL_REDIRECT = not DEVELOPMENT
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, before nginx
CSRF_FAILURE_VIEW = "mobility.web.errors.forged"
SECURE_PROXY_SSL_HEADER = None if DEVELOPMENT else ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEVELOPMENT
SESSION_COOKIE_NAME = "sessionid" if DEVELOPMENT else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if DEVELOPMENT else "__Host-csrftoken"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True

# --- the log ----------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "mobility.web.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"mobility": {"level": "INFO"}, "django": {"handlers": [], "level": "WARNING"}},
}
