"""Settings of the Django project; what varies by deployment is read from outside."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from recruit.deployment.address import ANY_ADDRESS, Address, parse_port
from recruit.deployment.database_settings import database_settings
from recruit.deployment.home import Home
from recruit.deployment.logs import logging_settings
from recruit.deployment.mail import mail_sender
from recruit.webhooks.networks import parse_networks

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()

# Deployment

HOME = Home(Path(env("RECRUIT_HOME", default=str(BASE_DIR / "var"))).resolve())
HOME.prepare()
SECRET_KEY = HOME.secret_key()
ADDRESS = Address(
    host=env("RECRUIT_HOST", default="127.0.0.1"),
    port=parse_port(env("RECRUIT_PORT", default="8000")),
)
ADMIN_EMAIL = env("RECRUIT_ADMIN_EMAIL", default="")
ADMIN_PASSWORD = env("RECRUIT_ADMIN_PASSWORD", default="")
WANTS_DEMO = env.bool("RECRUIT_DEMO", default=True)
# Demo data is loaded before any of these has a row, never beside real people.
DEMO_BEFORE = ["jobs.Job", "candidates.Candidate"]
DEBUG = env.bool("RECRUIT_DEBUG", default=False)

# Applications. A name is added together with its package.

INSTALLED_APPS = [
    "recruit.admin_site.apps.RecruitAdminConfig",
    "recruit.admin_site.apps.AdminFilesConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
    "recruit.deployment",
    "recruit.accounts",
    "recruit.audit",
    "recruit.changes",
    "recruit.events",
    "recruit.organisation",
    "recruit.skills",
    "recruit.jobs",
    "recruit.candidates",
    "recruit.applications",
    "recruit.reviews",
    "recruit.curation",
    "recruit.talent",
    "recruit.notes",
    "recruit.webhooks",
    "recruit.imports",
    "recruit.demo",
    "recruit.api",
    "matching",
    "recruit.dashboard",
]

MIDDLEWARE = [
    "recruit.common.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "recruit.common.middleware.NothingKeptMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "recruit.api.middleware.SlashlessMiddleware",
    "recruit.api.middleware.AnswerMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "recruit.audit.middleware.AuditMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "recruit.deployment.middleware.DatabaseOutageMiddleware",
]

ROOT_URLCONF = "recruit.urls"
WSGI_APPLICATION = "recruit.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "recruit.organisation.context.organisation",
            ],
        },
    },
]

# Database: the embedded server unless DATABASE_URL names another.

DATABASES = {
    "default": database_settings(url=env("DATABASE_URL", default=""), home=HOME)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database, so that limits on tries hold across web processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "deployment_cache",
    }
}

# Language and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "recruit.common.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files

STATIC_URL = "static/"
# Served from where the applications keep them: nothing to collect at each upgrade.
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = HOME.uploads
FILE_UPLOAD_PERMISSIONS = 0o600
# The form of a person with as many skills and posts as the operations take.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Accounts: sign-in by e-mail, accounts made by administrators only.

AUTH_USER_MODEL = "accounts.User"
# E-mails are unique whatever their case, by a constraint that the check overlooks.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "recruit.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "recruit.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to whoever is named on the page
ACCOUNT_SESSION_REMEMBER = None  # the form asks
# For each address and for each account; counted in the cache.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/15m/ip,10/15m/key"}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Safety. RECRUIT_ORIGIN is the address people use where a proxy speaks TLS.

ORIGIN = env("RECRUIT_ORIGIN", default="")
IS_BEHIND_TLS = ORIGIN.startswith("https://")
# Whoever listens on all networks is called by names that only they know.
LISTENS_EVERYWHERE = ADDRESS.host in ANY_ADDRESS
ALLOWED_HOSTS = env.list(
    "RECRUIT_ALLOWED_HOSTS",
    default=["*"]
    if LISTENS_EVERYWHERE
    else ["localhost", "127.0.0.1", "[::1]", ADDRESS.host, *ORIGIN.split("//")[1:]],
)
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_BEHIND_TLS else None
# How many proxies of one's own stand before the platform: the address of a client is
# then taken from X-Forwarded-For, as far from its end.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("RECRUIT_TRUSTED_PROXIES", default=0)
SECURE_HSTS_SECONDS = 31_536_000 if IS_BEHIND_TLS else 0
SESSION_COOKIE_SECURE = IS_BEHIND_TLS
CSRF_COOKIE_SECURE = IS_BEHIND_TLS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# REST API. The first authenticator's WWW-Authenticate makes a 401 of "not signed in".

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "recruit.api.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "recruit.api.permissions.TokenHoldsScope",
        "recruit.api.permissions.RecruitersWrite",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["recruit.api.parsers.JsonParser"],
    "DEFAULT_PAGINATION_CLASS": "recruit.api.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "recruit.api.schema.ResourceSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "recruit.api.problems.answer_problem",
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
# Requests in a minute, for each token or signed-in account; 0: no limit.
API_RATE = max(0, env.int("RECRUIT_API_RATE", default=600))
# Seconds that a request to the API may take; 0: as long as it likes.
API_TIMEOUT_SECONDS = max(0, env.int("RECRUIT_API_TIMEOUT", default=30))
SPECTACULAR_SETTINGS = {
    "TITLE": "Recruiting platform",
    "DESCRIPTION": (
        "Jobs, candidates, applications, and who fits which job. Deleting jobs and"
        " applications, erasing people, editing skills, stages and disposition reasons,"
        " and making tokens is done on the pages and the admin site."
    ),
    "VERSION": "1.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "Outcome": "recruit.applications.choices.Outcome",
        "EndedBy": "recruit.applications.choices.EndedBy",
        "JobStatus": "recruit.jobs.choices.JobStatus",
        "JobFamily": "recruit.jobs.choices.JobFamily",
        "RemotePolicy": "recruit.jobs.choices.RemotePolicy",
        "EmploymentType": "recruit.jobs.choices.EmploymentType",
        "Importance": "recruit.skills.choices.Importance",
        "Proficiency": "recruit.skills.choices.Proficiency",
        "WorkPermit": "recruit.candidates.choices.WorkPermit",
        "SkillOrigin": "recruit.candidates.choices.SkillOrigin",
        "LanguageLevel": "recruit.candidates.choices.LanguageLevel",
        "DocumentKind": "recruit.candidates.choices.DocumentKind",
        "EventType": "recruit.webhooks.catalogue.TYPES",
        "DeliveryState": "recruit.webhooks.choices.DeliveryState",
        "DisabledFor": "recruit.webhooks.choices.DisabledFor",
        "ActorKind": "recruit.accounts.choices.ActorKind",
        "AuditAction": "recruit.audit.choices.Action",
        "AuditWay": "recruit.audit.choices.Way",
        "EvidenceState": "matching.types.EvidenceState",
        "EvidenceKind": "matching.types.EvidenceKind",
        "Band": "matching.types.Band",
        "Meaning": "matching.types.Meaning",
        "RankingOrder": "matching.types.Order",
        "Role": "recruit.accounts.choices.Role",
        "PoolResult": ["added", "taken", "unchanged", "does_not_exist"],
        "ListingSort": "matching.listing.positions.Sort",
        "Gate": "matching.facets.asked.Gate",
        "ImportKind": "recruit.imports.types.ImportKind",
        "ImportFormat": "recruit.imports.types.FileFormat",
        "ImportState": "recruit.imports.choices.ImportState",
        "ImportRowStatus": "recruit.api.serializers.imports.STATUS_CHOICES",
        "ProfileField": "matching.free_text.highlights.Field",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "recruit.api.schema.complete",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": "docsSettings",  # of recruit/api/static/api/docs.js
}

# Mail: printed to the log until a server is named. It comes from an address that the
# server is likely to send for, unless one is named.

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env(
    "RECRUIT_MAIL_FROM",
    default=mail_sender(user=EMAIL_CONFIG["EMAIL_HOST_USER"], origin=ORIGIN),
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Logs

LOGGING = logging_settings(HOME)

# Tasks: matching/tasks.py and its like are found by name.

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

# Webhooks: networks that may be called besides the open internet, as 10.1.0.0/16; plain
# http is for these alone.

WEBHOOK_NETWORKS = parse_networks(env.list("RECRUIT_WEBHOOK_NETWORKS", default=[]))

# Matching: instead of the encoder that ships, a folder written by train_encoder or a
# sentence-transformers folder of 384 dimensions.

ENCODER_MODEL = env("ENCODER_MODEL", default="")

# The folder that training, development tasks and calibrations read their data from.

TRAINING_DATA = env(
    "RECRUIT_TRAINING_DATA", default=str(BASE_DIR.parent / "shared" / "data")
)
