"""The test suite: the production database engine, fast password hashing, mail in memory."""

import tempfile
from pathlib import Path

from ..env import heed_only

# Where the services are and where files go; nothing else of the shell that happens to run the tests.
heed_only("DATABASE_URL", "PORTAL_VAR", "ELASTICSEARCH_URL")

from .base import *  # after the line above, since it reads the variables
from .base import MIDDLEWARE, STORAGES

DEBUG = False
PORTAL_DOMAIN = "localhost"
ALLOWED_HOSTS = [".localhost", "testserver", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
MEDIA_ROOT = Path(tempfile.gettempdir()) / "qnportal-test-media"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
PUBLIC_CACHE_SECONDS = 0
# Tests of the search engine name an index of their own.
SEARCH_INDEX = ""
