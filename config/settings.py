"""The settings, one section for each part. What an office changes comes from the environment (docs/operating)."""

import os
from datetime import timedelta
from pathlib import Path

from config import database

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("HD_VAR", BASE_DIR / "var"))


def _flag(name, default):
    return os.environ.get(name, "yes" if default else "no").lower() in {"1", "yes", "true", "on"}


def _list(name, default=""):
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


# --- Ground -----------------------------------------------------------------------------------------------------
DEBUG = _flag("DEBUG", default=False)
TESTING = _flag("HD_TESTING", default=False)
SECRET_KEY = database.kept_key("SECRET_KEY", VAR_DIR)
# Keys before this one: what they signed and sealed still opens, until `manage.py reseal_factors` was run.
SECRET_KEY_FALLBACKS = _list("SECRET_KEY_OLD")
# Opens what is sealed about denouncers (hoidong/kernel/vault); never in the database, never in a backup.
VAULT_KEY = database.kept_key("VAULT_KEY", VAR_DIR)
VAULT_KEY_FALLBACKS = _list("VAULT_KEY_OLD")
ALLOWED_HOSTS = _list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = _list("CSRF_TRUSTED_ORIGINS")
BEHIND_HTTPS = _flag("BEHIND_HTTPS", default=False)
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["hoidong.kernel.ui.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

INSTALLED_APPS = [
    # Before the libraries whose templates it dresses.
    "hoidong.kernel",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    "hoidong.council.meetings",
    "hoidong.citizens.voters",
    "hoidong.desk",
    "hoidong.portal",
    "demo",
]

# allauth needs `sites` off and the request's middleware; ours run both sync and async, so that live streams stay async.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hoidong.kernel.ui.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hoidong.kernel.people.middleware.ActorMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hoidong.kernel.ui.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]


# --- Log --------------------------------------------------------------------------------------------------------
def _worth_a_line(record):
    """A page that is not there is no error, and its address may hold somebody's code."""
    return record.name != "django.request" or record.levelname in ("ERROR", "CRITICAL")


# To standard error, from where systemd takes it. Django's own choice tells of an error only by mail or with DEBUG.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "filters": {"errors_of_pages": {"()": "django.utils.log.CallbackFilter", "callback": _worth_a_line}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["errors_of_pages"]},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["nowhere"], "level": "WARNING"}},
}

# --- Database ---------------------------------------------------------------------------------------------------
DATABASES = {"default": database.settings(VAR_DIR)}
# Pages that only look are read from these (config/routers.py).
REPLICAS = database.replicas(DATABASES["default"])
DATABASES |= REPLICAS | database.direct(DATABASES["default"])
# Listening needs a connection of its own, past any pooler.
LISTEN_ALIAS = "direct" if "direct" in DATABASES else "default"
if REPLICAS:
    DATABASE_ROUTERS = ["config.routers.Router"]
    # The last, so that what the other middleware reads comes from the primary.
    MIDDLEWARE.append("config.routers.ReadsMiddleware")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "platform_cache",
        "OPTIONS": {"MAX_ENTRIES": 20000},
    }
}

# --- Files and assets -------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
# Tests find files where they stand: what was collected here for some older state must not be served to them.
STATIC_ROOT = None if TESTING else VAR_DIR / "static"
STATICFILES_DIRS = [path for path in [VAR_DIR / "assets"] if path.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
FILES_ROOT = VAR_DIR / "files"
MEDIA_ROOT = FILES_ROOT
# The largest file that is taken, in bytes; a proxy before the platform must let as much through.
FILES_MAX_SIZE = int(os.environ.get("FILES_MAX_SIZE", 20 * 1024 * 1024))

# --- Security ---------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
if BEHIND_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000

# --- People and sign-in -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "kernel.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher" if TESTING else "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "hoidong.kernel.people.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "hoidong.kernel.people.passwords.NotCommon"},
    {"NAME": "hoidong.kernel.people.passwords.NotOnlyDigits"},
    {"NAME": "hoidong.kernel.people.passwords.NotTheName"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
# The first administrator is made on the server itself; until then every address leads there.
FIRST_RUN = not TESTING
# Keys the hashes of identity numbers; changing it unlinks them all.
IDENTITY_KEY = os.environ.get("IDENTITY_KEY", SECRET_KEY)
ACCOUNT_ADAPTER = "hoidong.kernel.people.signing_in.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "hoidong.kernel.people.signing_in.IdentityAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_PRESERVE_USERNAME_CASING = False
# An office shares one address: only wrong passwords are counted closely, by axes below and for codes by account here.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip,10/300s/key", "reset_password": "20/m/ip,5/m/key"}
ACCOUNT_FORMS = {
    "login": "hoidong.kernel.people.signing_forms.LoginForm",
    "change_password": "hoidong.kernel.people.signing_forms.ChangePasswordForm",
    "set_password": "hoidong.kernel.people.signing_forms.SetPasswordForm",
    "reset_password": "hoidong.kernel.people.signing_forms.ResetPasswordForm",
    "reset_password_from_key": "hoidong.kernel.people.signing_forms.ResetPasswordKeyForm",
    "reauthenticate": "hoidong.kernel.people.signing_forms.ReauthenticateForm",
}
SESSION_COOKIE_AGE = 12 * 3600
USERSESSIONS_TRACK_ACTIVITY = False  # people.sessions notes it, and stays async
MFA_ADAPTER = "hoidong.kernel.people.signing_in.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # administrators write addresses down; nobody confirms them
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_HTTPS
MFA_TOTP_ISSUER = "Hội đồng số"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "hoidong.kernel.people.signing_forms.AuthenticateForm",
    "reauthenticate": "hoidong.kernel.people.signing_forms.FactorReauthenticateForm",
    "activate_totp": "hoidong.kernel.people.signing_forms.ActivateTOTPForm",
    "add_webauthn": "hoidong.kernel.people.signing_forms.AddPasskeyForm",
    "edit_webauthn": "hoidong.kernel.people.signing_forms.EditPasskeyForm",
}
# SECOND_FACTOR=off only where everybody knows the passwords anyway: the demo.
SECOND_FACTOR_REQUIRED = _flag("SECOND_FACTOR", default=not TESTING)
# The national identity or any other OpenID provider; without issuer and client there is no such button.
OIDC_NUMBER_CLAIM = os.environ.get("OIDC_NUMBER_CLAIM", "identity_number")
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if os.environ.get("OIDC_ISSUER") and os.environ.get("OIDC_CLIENT_ID"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "dinh-danh",
            "name": os.environ.get("OIDC_NAME", "Định danh điện tử"),
            "client_id": os.environ["OIDC_CLIENT_ID"],
            "secret": os.environ.get("OIDC_CLIENT_SECRET", ""),
            "settings": {
                "server_url": os.environ["OIDC_ISSUER"],
                "scope": os.environ.get("OIDC_SCOPE", "openid profile").split(),
            },
        }
    )
    # The button is a form whose answer leads to the provider; browsers ask for leave on the whole way.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append("/".join(os.environ["OIDC_ISSUER"].split("/")[:3]))
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "hoidong.kernel.people.lockout.tried_name"
AXES_LOCKOUT_CALLABLE = "hoidong.kernel.people.lockout.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["login", "username", "ip_address", "csrfmiddlewaretoken", "code", "credential", "next"]
AXES_VERBOSE = False

# --- Screens ----------------------------------------------------------------------------------------------------
FORM_RENDERER = "hoidong.kernel.ui.forms.Renderer"
NAVIGATION = "config.navigation.sections"
SHELL_COUNTS = "hoidong.kernel.notices.unread_count"
SHELL_LINKS = {"bell": "notices:bell", "live": "live:stream"}

# --- Mail, notices ----------------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20
# Where links in mail lead: the address people type.
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "hoidongso@localhost")

# --- Queue, events, live ----------------------------------------------------------------------------------------
SUBSCRIPTIONS = "config.subscriptions.SUBSCRIPTIONS"
PROCRASTINATE_IMPORT_PATHS = [
    "hoidong.kernel.outbox.tasks", "hoidong.kernel.notices.tasks", "hoidong.kernel.sheets.tasks",
    "hoidong.kernel.people.tasks", "hoidong.citizens.voters.replies.tasks", "hoidong.citizens.voters.reports.tasks",
]  # fmt: skip

# --- Law, deadlines, numbering ----------------------------------------------------------------------------------

# --- Search, publication ----------------------------------------------------------------------------------------
