"""Settings of Crisisdienst, read from the environment; a missing or malformed value stops the start."""

import re
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Who and where -----------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Where people reach the site; the links in messages begin with it.
SITE_URL = env.str("SITE_URL").rstrip("/")
if not re.fullmatch(r"https?://[^/?#@\s]+", SITE_URL):
    raise ImproperlyConfigured(f"SITE_URL must be like https://name, not {SITE_URL!r}")
# True behind a TLS proxy; the two-command site on loopback speaks plain http.
BEHIND_TLS = env.bool("BEHIND_TLS", default=False)

# --- Applications: upper ones may import lower ones, never back (import-linter) -------
INSTALLED_APPS = [
    "crisisdienst",
    "dashboards",
    "dossiers",
    "triage",
    "routing",
    "partners",
    "accounts",
    "crisisdienst.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "simple_history",
    "django_htmx",
    "django_prometheus",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "partners.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "crisisdienst.urls"
WSGI_APPLICATION = "crisisdienst.wsgi.application"
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
                "partners.context_processors.actor",
                "accounts.appearance.theme",
            ],
        },
    },
]

# --- Data ----------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sessions and throttling live in PostgreSQL: the desk works on while Redis is down.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- Background work -------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# However long Redis is away, the worker waits for it.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 60, "unacked_restore_interval": 5}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 60
CELERY_TIMEZONE = "Europe/Amsterdam"
# A round over the outbox ends itself before it is killed: what it sends last needs its time too.
OUTBOX_RUN_SECONDS = CELERY_TASK_TIME_LIMIT / 2
OUTBOX_INTERVAL_SECONDS = env.float("OUTBOX_INTERVAL_SECONDS", default=5.0)
AUDIT_SEAL_SECONDS = env.float("AUDIT_SEAL_SECONDS", default=20.0)
AUDIT_RUN_SECONDS = CELERY_TASK_TIME_LIMIT / 2
SWEEP_INTERVAL_SECONDS = env.float("SWEEP_INTERVAL_SECONDS", default=3.0)
# Beat only ticks; what is due stands in the database, so a missed tick is caught up. A tick that no worker took before
# the next one is thrown away: else they would pile up in the broker while the workers are down.
CELERY_BEAT_SCHEDULE = {
    task: {"task": task, "schedule": every, "options": {"expires": every}}
    for task, every in (
        ("routing.tasks.sweep_due", SWEEP_INTERVAL_SECONDS),
        ("accounts.tasks.deliver_mail", OUTBOX_INTERVAL_SECONDS),
        ("accounts.tasks.deliver_webhooks", OUTBOX_INTERVAL_SECONDS),
        ("accounts.tasks.seal_audit", AUDIT_SEAL_SECONDS),
    )
}

# --- People ----------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "accounts.addresses.client_address"
# Known demo accounts with a printed password; never on a site with real cases.
DEMO_ACCOUNTS = env.bool("DEMO_ACCOUNTS", default=False)

# --- Mail --------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="crisisdienst@localhost")

# --- Webhooks ----------------------------------------------------------------------------
# Hosts that may be told without TLS: only this machine itself, for a demonstration and the tests.
WEBHOOK_PLAIN_HTTP_HOSTS = env.list("WEBHOOK_PLAIN_HTTP_HOSTS", default=[])
WEBHOOK_CONNECT_SECONDS = 3
WEBHOOK_READ_SECONDS = 10
WEBHOOK_TOTAL_SECONDS = 15

# --- What an accepted handover causes, in this order, in the same transaction -------------
HANDOVER_CONSEQUENCES = [
    "dossiers.services.open_record_on_acceptance",
    "dossiers.services.start_clocks_on_acceptance",
]
# Who asks whether the number of the caller, and what they were told, must stay hidden from an actor in a case.
CALLER_IS_HIDDEN = "dossiers.policies.caller_is_hidden_from"
# What apps above routing have due by the clock, after what routing itself has, in this order.
SWEEP_STEPS = {
    "actions lapsed": "dossiers.services.LAPSED",
    "terms overdue": "dossiers.services.OVERDUE",
    "terms reminded": "dossiers.services.REMIND",
}

# --- Emergency access ----------------------------------------------------------------------
# How long somebody sees a case that is not theirs after breaking the glass.
BREAK_GLASS_HOURS = env.float("BREAK_GLASS_HOURS", default=4)
if not 0 < BREAK_GLASS_HOURS <= 72:
    raise ImproperlyConfigured(f"BREAK_GLASS_HOURS must be above 0 and at most 72, not {BREAK_GLASS_HOURS}")

# --- Language and time ---------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- Static files and browser safety ---------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=BASE_DIR / "var" / "static")()
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "var" / "frontend"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG:
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "crisisdienst.views.csrf_failure"
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000

# --- API -----------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.api.BearerTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["crisisdienst.parsers.StorableJSONParser"],
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "crisisdienst.problems.problem_details",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Crisisdienst API",
    "DESCRIPTION": "Who is responsible, the contacts, the cases and their handovers.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
}

# --- Records ---------------------------------------------------------------------------------------
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_REVERT_DISABLED = True
# What the seals of the audit are made with. A site that gets another SECRET_KEY keeps the old one here.
AUDIT_KEY = env.str("AUDIT_KEY", default="")

# --- Watching ----------------------------------------------------------------------------------------
# Without a token /metrics answers only this machine itself.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    # It would log addresses of webhooks, and pieces of what they answer.
    "loggers": {"urllib3": {"level": "ERROR"}},
}
