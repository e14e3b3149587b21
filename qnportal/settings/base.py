"""Production-safe settings; dev.py and test.py loosen them on purpose."""

from datetime import date
from pathlib import Path

from ..embedded import database_url, parse_database_url
from ..env import env_bool, env_int, env_secret, env_str

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env_str("PORTAL_VAR", str(BASE_DIR / "var")))

DEBUG = env_bool("DEBUG", False)
SECRET_KEY = env_secret("SECRET_KEY", VAR_DIR)
SECRET_KEY_FALLBACKS = env_str("SECRET_KEY_FORMER", "").split()
PORTAL_DOMAIN = env_str("PORTAL_DOMAIN", "localhost")
PORT = env_int("PORT", 8000)
# Where people work; no site answers there, and the admin answers nowhere else (qnportal.hosts).
ADMIN_HOST = f"quantri.{PORTAL_DOMAIN}"

# Hosts are the Site rows themselves; qnportal.hosts refuses every other one with 404 before any page is looked up.
ALLOWED_HOSTS = [PORTAL_DOMAIN, f".{PORTAL_DOMAIN}", "127.0.0.1"]

INSTALLED_APPS = [
    "qnportal",
    "samples",
    "search",
    "translation",
    "importing",
    "figures",
    "news",
    "documents",
    "commune_sites",
    "home",
    "wagtail_localize",
    "wagtail.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    # Last: their ready() replaces the permission policies that Wagtail registered in its own.
    "editorial",
    "organisations",
]

MIDDLEWARE = [
    "qnportal.hosts.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "qnportal.hosts.StaticByHostMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "qnportal.caching.PublicPageCacheMiddleware",
    "qnportal.hosts.KnownHostsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "organisations.signing_in.sessions.SessionEndMiddleware",
    "organisations.signing_in.demand.SecondFactorMiddleware",
    # Behind the two above: forms are looked at after the CSRF check, and the anonymous are told from others.
    "qnportal.text.ComposedTextMiddleware",
    "qnportal.paths.SanePathMiddleware",
    "home.passes.PassMiddleware",
    "home.previews.PreviewMiddleware",
    "commune_sites.holding.HoldingMiddleware",
    "home.admin.guard.BorderMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "qnportal.security.ContentSecurityPolicyMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "qnportal.urls"
WSGI_APPLICATION = "qnportal.wsgi.application"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "qnportal" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context.portal",
            ],
        },
    }
]

DATABASES = {"default": parse_database_url(env_str("DATABASE_URL", "") or database_url(VAR_DIR))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env_str("REDIS_URL", "")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "qnportal",
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# How long browsers and a cache before the portal keep a public page; 0: not at all.
PUBLIC_CACHE_SECONDS = 60

# --- people -----------------------------------------------------------------
AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["organisations.backends.MembershipBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# TCVN 14423:2026 level 2 asks for 14 characters where there is no second factor (docs/decisions).
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 14}
# A session ends after so many seconds without a request of its person, and after so many in any case.
SESSION_IDLE_SECONDS = env_int("SESSION_IDLE_MINUTES", 30) * 60
SESSION_COOKIE_AGE = 12 * 3600
# For so many seconds after the password was typed, it is not asked again before what is dangerous.
PASSWORD_HOLDS_SECONDS = 10 * 60
# From this day on (2027-01-01), who decides, manages or runs the portal signs in with a second factor; empty: whoever wants to.
SECOND_FACTOR_FROM = (
    date.fromisoformat(env_str("SECOND_FACTOR_FROM", "")) if env_str("SECOND_FACTOR_FROM", "") else None
)
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
# Who meets a restriction on a site is sent to the admin's host to be known, and back (home.passes).
WAGTAIL_FRONTEND_LOGIN_URL = "/vao-xem/"

# --- language: Vietnamese is the source language ------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale_wagtail"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
# Off: Wagtail's admin prints row ids in templates; figures use the `number` filter instead.
USE_THOUSAND_SEPARATOR = False
DATE_FORMAT = "d/m/Y"
DATETIME_FORMAT = "H:i d/m/Y"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "H:i d/m/Y"
FORMAT_MODULE_PATH = ["qnportal.formats"]

# --- files --------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
OPEN_DATA_ROOT = VAR_DIR / "open-data"
MEDIA_ROOT = Path(env_str("MEDIA_ROOT", str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
# What is uploaded is nobody's on this machine but the portal's and its group's; it is served by the portal alone.
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750

# --- mail -----------------------------------------------------------------------
EMAIL_HOST = env_str("EMAIL_HOST", "")
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_PORT = env_int("EMAIL_PORT", 25)
    EMAIL_HOST_USER = env_str("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = env_str("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", False)
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "qnportal.mail.PrivateFileBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env_str("DEFAULT_FROM_EMAIL", f"khong-tra-loi@{PORTAL_DOMAIN}")

# --- security ---------------------------------------------------------------------
HTTPS = env_bool("HTTPS", PORTAL_DOMAIN != "localhost")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# A cookie of this name is taken only from the host itself: no neighbour below the domain can plant one.
if HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-phien", "__Host-csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]

# --- public search ------------------------------------------------------------------
# Empty: the node that `make elasticsearch` started beside the portal, or none, and then the database answers.
ELASTICSEARCH_URL = env_str("ELASTICSEARCH_URL", "")
SEARCH_INDEX = env_str("SEARCH_INDEX", "quangngai")

# --- background work ---------------------------------------------------------------
# "database" needs `manage.py db_worker`; "immediate" runs in the request.
BACKGROUND_TASKS = env_str("BACKGROUND_TASKS", "immediate")
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if BACKGROUND_TASKS == "database"
        else "django_tasks.backends.immediate.ImmediateBackend"
    }
}

# --- Wagtail -------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Cổng thông tin điện tử tỉnh Quảng Ngãi"
SITE_SCHEME = "https" if HTTPS else "http"
WAGTAILADMIN_BASE_URL = f"{SITE_SCHEME}://{ADMIN_HOST}" + ("" if HTTPS else f":{PORT}")
WAGTAIL_FINISH_WORKFLOW_ACTION = "editorial.publishing.finish_approved"
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_USER_TIME_ZONES = ["Asia/Ho_Chi_Minh"]
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_USER_LOGIN_FORM = "organisations.signing_in.forms.SignInForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "organisations.signing_in.forms.ResetForm"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILIMAGES_IMAGE_MODEL = "home.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.media.image_form.PortalImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "gif", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 80_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "home.PortalFile"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.media.file_form.PortalFileForm"
WAGTAILDOCS_EXTENSIONS = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "txt", "csv", "zip", "mp3", "mp4",
]  # fmt: skip
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "home.admin.search", "SEARCH_CONFIG": "simple"}}
# wagtail-localize would otherwise publish untranslated pages past moderation (docs/decisions/0003).
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# A page that is deleted leaves what was translated of it in the memory.
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
TRANSLATION_SERVICE_URL = env_str("TRANSLATION_SERVICE_URL", "").rstrip("/")
if TRANSLATION_SERVICE_URL:
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
        "OPTIONS": {
            "LIBRETRANSLATE_URL": TRANSLATION_SERVICE_URL,
            "API_KEY": env_str("TRANSLATION_SERVICE_KEY", ""),
            "TIMEOUT": 10,
        },
    }
# How many proxies of ours stand before the portal and add to X-Forwarded-For; limits count by what the first of them saw.
PROXIES = env_int("PROXIES", 1 if HTTPS else 0)
RATE_LIMITS = env_str("RATE_LIMITS", "on") != "off"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
