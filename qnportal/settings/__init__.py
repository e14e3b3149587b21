"""Empty on purpose: choose base, dev or test by DJANGO_SETTINGS_MODULE."""
