"""The demo and daily development: DEBUG unless told otherwise, plain static files."""

from .base import *
from .base import MIDDLEWARE, STORAGES, env_bool

DEBUG = env_bool("DEBUG", True)
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
# Who tries the demo looks at once at what was published.
PUBLIC_CACHE_SECONDS = 0
