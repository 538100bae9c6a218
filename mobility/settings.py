"""All settings, driven by environment variables; docs/deployment.md lists them.

Closed unless opened: without MOBILITY_MODE=development the site refuses to start on anything unsafe.
"""

import os
from datetime import timedelta
from pathlib import Path

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
    "selection",
    "partners",
    "mobility.people",
    "mobility.files",
    "mobility.post",
    "mobility.journal",
    "mobility.web",
    "django.contrib.admin",
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
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mobility.journal.middleware.name_the_actor",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people and doors -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

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
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
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
