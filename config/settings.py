"""Every setting, read once from the environment; docs/operations.md has a line for each.

ENVIRONMENT is "production" unless said otherwise, and production refuses to start on a missing or weak secret,
wildcard hosts or DEBUG: a forgotten variable must never make an unsafe server.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

from assessment.maturity.signed import is_private_key
from config import logs

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- Where we are -----------------------------------------------------------------------------------------------------
ENVIRONMENT = env.str("ENVIRONMENT", "production")
if ENVIRONMENT not in {"production", "demo", "test"}:
    raise ImproperlyConfigured("ENVIRONMENT is production, demo or test.")
PRODUCTION = ENVIRONMENT == "production"
DEMO = ENVIRONMENT == "demo"
DEBUG = env.bool("DEBUG", False)
DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var")
SITE_URL = env.str("SITE_URL", "http://localhost:8000").rstrip("/")
COMPANY_REGISTER_URL = env.str("COMPANY_REGISTER_URL", "").rstrip("/")  # none: nobody is asked

SECRET_KEY = env.str("SECRET_KEY", "")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
SIGNING_KEY = env.str("SIGNING_KEY", "")
SIGNING_KEYS_BEFORE: list[str] = env.list("SIGNING_KEYS_BEFORE", [])


def refuse_unsafe_production() -> None:
    """Stop with every reason at once: one restart, not four."""
    reasons = []
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10:
        reasons.append("SECRET_KEY is missing or weak: give at least 50 random characters.")
    if not ALLOWED_HOSTS or any("*" in host for host in ALLOWED_HOSTS):
        reasons.append("ALLOWED_HOSTS is missing or has a wildcard: name the hosts.")
    if DEBUG:
        reasons.append("DEBUG is on: it shows the code and settings to visitors.")
    if not SITE_URL.startswith("https://"):
        reasons.append("SITE_URL is missing or not https: links in e-mails start with it.")
    if not is_private_key(SIGNING_KEY):
        reasons.append("SIGNING_KEY is missing or no key: `manage.py new_signing_key` makes one.")
    if COMPANY_REGISTER_URL and not COMPANY_REGISTER_URL.startswith("https://"):
        reasons.append("COMPANY_REGISTER_URL is not https: what is typed for it would be read on the way.")
    if reasons:
        raise ImproperlyConfigured("Refusing to start in production. " + " ".join(reasons))


if PRODUCTION:
    refuse_unsafe_production()
elif not ALLOWED_HOSTS:
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is missing. `make run` makes one for the demonstration.")

# --- Applications -----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "language",
    "modeltranslation",
    "staff.site.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django_tasks_db",
    "heroicons",
    "import_export",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "contract",
    "mail",
    "assessment",
    *([] if PRODUCTION else ["demo"]),
]

MIDDLEWARE = [
    # Headers first, so that static files and refused hosts carry them too
    "web.middleware.SecurityHeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "web.middleware.CompressedPagesMiddleware",
    "web.middleware.RequestLogMiddleware",
    "web.queries.NoNullMiddleware",
    "web.outages.PublicPagesMiddleware",
    "web.shedding.SheddingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "web.sessions.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "web.kept.KeptTextMiddleware",  # around what ends the session, and what asks to sign in
    "web.middleware.SessionAgeMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "assessment.throttling.ThrottlingMiddleware",
    "web.middleware.StaffSecondFactorMiddleware",
    "web.middleware.RefusalsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["edits.tags", "fragments.tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.context.site",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database ---------------------------------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",  # a writer waits its turn instead of failing half-way
    "timeout": 20,
    # FULL, since NORMAL in WAL mode may lose a commit on power loss and an acknowledged answer must not be lost
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}


def postgres_options() -> dict[str, Any]:
    """Bounded waits: a database that is stuck or away answers within two seconds with an error, not with silence."""
    # Long enough for a second try where the server was restarted, a second after the first; a pool that waited ever
    # longer before it connects again would find a server that is back only half a minute later
    waits = {"timeout": 1.6, "reconnect_timeout": 2}
    return {
        "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", 12), **waits},
        "options": f"-c statement_timeout={STATEMENT_SECONDS}s -c idle_in_transaction_session_timeout={IDLE_SECONDS}s",
        "connect_timeout": 2,
        "tcp_user_timeout": 2000,
        # Repeated statements are planned once a connection: saving an answer costs the database a third of what it did
        "server_side_binding": True,
        "prepare_threshold": 5,
    }


STATEMENT_SECONDS = env.int("DATABASE_STATEMENT_SECONDS", 30)
IDLE_SECONDS = 10 if STATEMENT_SECONDS else 0  # 0: no limit, for what may take its time
DATABASE_URL = env.str("DATABASE_URL", "") or f"sqlite:///{DATA_DIR / 'db.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
USES_SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
# What the address itself asks for, such as ?sslmode=verify-full, stays
DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | (
    SQLITE_OPTIONS if USES_SQLITE else postgres_options()
)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = USES_SQLITE
if not USES_SQLITE:
    DATABASES["default"]["ENGINE"] = "web.postgresql"  # Django's; it checks connections itself
DATABASES["default"]["TEST"] = {"NAME": env.str("TEST_DB_NAME", None)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        # Shared by every worker, so that rate limits count once; needs no other service.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Not Django's 300: who asks under many names must not push out what was counted of others
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["mail"]}}

# --- Who runs the site: what the legal pages must say -----------------------------------------------------------------
OPERATOR = {
    "name": env.str("OPERATOR_NAME", ""),
    "address": env.str("OPERATOR_ADDRESS", ""),
    "director": env.str("OPERATOR_DIRECTOR", ""),
    "host": env.str("OPERATOR_HOST", ""),
    "contact": env.str("OPERATOR_CONTACT", ""),
    "data_protection": env.str("OPERATOR_DATA_PROTECTION", ""),
    "recipients": env.str("OPERATOR_RECIPIENTS", ""),
    # On which the self-assessment itself rests, of those that article 6 of the GDPR leaves the operator to choose from
    "legal_basis": env.str("OPERATOR_LEGAL_BASIS", ""),
}
LEGAL_BASES = ["public_task", "legitimate_interests", "contract"]
if OPERATOR["legal_basis"] not in ["", *LEGAL_BASES]:
    raise ImproperlyConfigured(f"OPERATOR_LEGAL_BASIS is one of {', '.join(LEGAL_BASES)}.")

# --- People -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "assessment.User"
# One backend: allauth's is Django's with the e-mail address as login; two would hash each wrong password twice.
AUTHENTICATION_BACKENDS = ["assessment.accounts.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "start"
LOGIN_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 3600

ACCOUNT_ADAPTER = "assessment.accounts.AccountAdapter"
ACCOUNT_RATE_LIMITS = {
    # Counted in assessment.throttling, by person and network together; allauth's others hold
    **dict.fromkeys(["login", "login_failed", "request_login_code", "reset_password", "confirm_email"]),
    "change_password": "5/5m/user",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # without a password, one signs in by a code sent by e-mail
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_FORMS = {
    "login": "assessment.forms.accounts.Login",
    "signup": "assessment.forms.accounts.Signup",
    "request_login_code": "assessment.forms.accounts.RequestLoginCode",
    "confirm_login_code": "assessment.forms.accounts.ConfirmLoginCode",
    "confirm_email_verification_code": "assessment.forms.accounts.ConfirmEmailVerificationCode",
    "confirm_password_reset_code": "assessment.forms.accounts.ConfirmPasswordResetCode",
    "reset_password": "assessment.forms.accounts.ResetPassword",
    "reset_password_from_key": "assessment.forms.accounts.ResetPasswordFromKey",
    "change_password": "assessment.forms.accounts.ChangePassword",
    "set_password": "assessment.forms.accounts.SetPassword",
    "add_email": "assessment.forms.accounts.AddEmail",
    "reauthenticate": "assessment.forms.accounts.Reauthenticate",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
CODE_SECONDS = 600  # how long a code that came by e-mail opens something, and so how late it is still sent
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = CODE_SECONDS
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = CODE_SECONDS
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True  # no secret link: mail scanners open links
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = CODE_SECONDS
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session goes on; Django ends all others
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
MFA_ADAPTER = "assessment.accounts.MFAAdapter"
MFA_FORMS = {
    "authenticate": "assessment.forms.accounts.Authenticate",
    "reauthenticate": "assessment.forms.accounts.ReauthenticateByDigits",
    "activate_totp": "assessment.forms.accounts.ActivateApp",
    "add_webauthn": "assessment.forms.accounts.AddPasskey",
    "edit_webauthn": "assessment.forms.accounts.EditPasskey",
}
# A signature can't be guessed: a limit by network would only let a neighbour close this door
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Maturité numérique ITS"
MFA_TOTP_TOLERANCE = 1  # one step of 30 seconds, for telephones whose clock is late
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", PRODUCTION)
USERSESSIONS_ADAPTER = "web.sessions.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = False  # one write a request would cost more than it tells
SOCIALACCOUNT_ADAPTER = "assessment.accounts.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # another organisation's word joins no account that is here already
SOCIALACCOUNT_FORMS = {"signup": "assessment.forms.accounts.SocialSignup"}
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": env.json("OPENID_CONNECT_APPS", [])}}

# --- Sessions and transport -------------------------------------------------------------------------------------------
SECURE_COOKIES = PRODUCTION
SESSION_ENGINE = "web.sessions"  # Django's, in the database
SESSION_COOKIE_NAME = "__Host-session" if SECURE_COOKIES else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_COOKIES else "csrf"
LANGUAGE_COOKIE_NAME = "__Host-language" if SECURE_COOKIES else "language"
DEVICE_COOKIE_NAME = "__Host-device" if SECURE_COOKIES else "device"
DEVICE_COOKIE_AGE = int(timedelta(days=180).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(days=7).total_seconds())
SESSION_LIMITS = {  # seconds without a request, seconds since sign-in
    "member": (2 * 3600, SESSION_COOKIE_AGE),
    "staff": (30 * 60, 12 * 3600),
}
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63_072_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "assessment.views.errors.csrf"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- E-mail -----------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Maturité numérique ITS <noreply@localhost>")
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_BACKEND = "mail.backend.QueueBackend"  # whoever sends only writes down; the worker sends, by the next one
if DEMO:
    MAIL_DELIVERY_BACKEND = "demo.mail.ConsoleAndFolderBackend"
else:
    MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
    EMAIL_PORT = env.int("EMAIL_PORT", 25)
    EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10
MAIL_RETRY_SECONDS = [10, 60, 300, 1800, 7200]  # after the first try, and so on; then somebody has to look
MAIL_DAYS = 3  # a message that says nothing itself is worth sending so long
MAIL_DEAD_DAYS = 7  # what could not be sent can be sent again by hand so long

# --- Languages, times -------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
FORMAT_MODULE_PATH = "config.formats"
MODELTRANSLATION_DEFAULT_LANGUAGE = "fr"
MODELTRANSLATION_LANGUAGES = ("fr", "en")
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("fr", "en")}
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# --- Files ------------------------------------------------------------------------------------------------------------
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "web.scripts.ModuleStorage"},
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # pages name no other: half to compress, half to keep

# --- Import and export ------------------------------------------------------------------------------------------------
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "change"
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

# --- Logs -------------------------------------------------------------------------------------------------------------
LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
LOG_FORMAT = env.str("LOG_FORMAT", "json" if PRODUCTION else "console")
LOGGING_CONFIG = None
logs.configure(level=LOG_LEVEL, as_json=LOG_FORMAT == "json")

if ENVIRONMENT == "test":
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed alone: tests hash hundreds
    WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # nothing was collected
