"""Settings, read from the environment once. The README's table describes each variable; a test holds it to it."""

import re
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django_prose_editor.config import html_tags
from js_asset import static_lazy

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env(
    SECRET_KEY=(str, environ.Env.NOTSET),
    ALLOWED_HOSTS=(list, environ.Env.NOTSET),
    DEBUG=(bool, False),
    TRUSTED_PROXIES=(list, ["127.0.0.1", "::1"]),
    SITE_URL=(str, "http://127.0.0.1:8000"),
    DATA_DIR=(str, "var"),
    DATABASE_URL=(str, ""),
    CACHE_URL=(str, "locmemcache://"),
    MEDIA_ROOT=(str, ""),
    STATIC_ROOT=(str, ""),
    EMAIL_URL=(str, "smtp://localhost:25"),
    DEFAULT_FROM_EMAIL=(str, "webmaster@localhost"),
    HSTS_SUBDOMAINS=(bool, True),
    SECURITY_CONTACT=(str, ""),
    PAGE_CACHE_MB=(int, 16),
    LOG_LEVEL=(str, "INFO"),
)

SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env("ALLOWED_HOSTS")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set the ALLOWED_HOSTS environment variable to the names the site answers to")
DEBUG = env("DEBUG")
try:
    TRUSTED_PROXIES = [ip_network(address) for address in env("TRUSTED_PROXIES")]
except ValueError as error:
    raise ImproperlyConfigured(f"TRUSTED_PROXIES: {error}") from error
SITE_URL = env("SITE_URL").rstrip("/")
DATA_DIR = BASE_DIR / env("DATA_DIR")

# Applications and requests

INSTALLED_APPS = [
    "partnerships",
    "django_prose_editor",
    "reversion",
    "translated_fields",
    "phonenumber_field",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "partnerships.middleware.CompressTextMiddleware",
    "partnerships.middleware.PoliciesMiddleware",
    "csp.middleware.CSPMiddleware",
    "partnerships.middleware.AddressLanguageMiddleware",
    "partnerships.middleware.PlainRefusalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "partnerships.middleware.KeepPagesMiddleware",
]

ROOT_URLCONF = "trollhattan_intl.urls"
WSGI_APPLICATION = "trollhattan_intl.wsgi.application"
CSRF_FAILURE_VIEW = "partnerships.views.errors.csrf_failure"

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
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]

# Data

DATABASES = {"default": env.db_url_config(env("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A writer waits for its turn at once instead of failing halfway, and readers never wait for it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
    }
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# django-environ spells Redis's key_prefix and timeout in small letters; Django reads them in capitals only.
CACHES = {"default": {name.upper(): value for name, value in env.cache_url_config(env("CACHE_URL")).items()}}

# Public pages kept ready in each process (partnerships.page_cache). What is being developed is never kept.
PAGE_CACHE_MB = 0 if DEBUG else env("PAGE_CACHE_MB")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = env("MEDIA_ROOT") or DATA_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = env("STATIC_ROOT") or DATA_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_MAX_AGE = 3600
# The largest form, an agreement with its parties, areas and reviews, has some hundred fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# What the text editor has beside its own: partnerships.richtext chooses from both.
DJANGO_PROSE_EDITOR_EXTENSIONS = [{"js": [static_lazy("js/pasting.js")], "extensions": {"PastedText": html_tags([])}}]

# Languages: the address alone decides (partnerships.middleware), Swedish being the default.

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]

# The engine of each language's public pages is called by it.
TEMPLATES += [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": language,
        "DIRS": [BASE_DIR / "templates" / "pages"],
        "OPTIONS": {
            "environment": "partnerships.templating.environment.page_environment",
            "language": language,
        },
    }
    for language, _name in LANGUAGES
]

LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
PHONENUMBER_DEFAULT_REGION = "SE"
PHONENUMBER_DB_FORMAT = "E164"

# Mail

vars().update(env.email_url_config(env("EMAIL_URL")))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("DEFAULT_FROM_EMAIL")
EMAIL_TIMEOUT = 10  # whoever publishes something waits while it is mailed

# Safety. An https:// address means production behind a proxy that ends TLS.

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
# All that a page may load, run and send comes from here and goes here; the nonce is for the admin's import map alone.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURITY_CONTACT = env("SECURITY_CONTACT")
if SECURITY_CONTACT and not re.fullmatch(r"(mailto:|https://|tel:)\S+", SECURITY_CONTACT):
    raise ImproperlyConfigured("SECURITY_CONTACT must be an address: mailto:…, https://… or tel:…")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
if urlsplit(SITE_URL).scheme == "https":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env("HSTS_SUBDOMAINS")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [SITE_URL]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL")},
    "loggers": {"django": {"handlers": [], "level": env("LOG_LEVEL"), "propagate": True}},
}
