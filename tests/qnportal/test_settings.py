"""The tests say the same in every shell: their settings heed where the services are, and nothing else."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVICES = {"DATABASE_URL", "PORTAL_VAR", "ELASTICSEARCH_URL"}
# What would stop an int from being read, loosen a limit, or send letters.
HOSTILE = {"PORT": "8001", "PROXIES": "3", "EMAIL_PORT": "26", "HTTPS": "1", "DEBUG": "1", "RATE_LIMITS": "off"}
SHOW = (
    "import json, django; from django.conf import settings; django.setup();"
    "print(json.dumps({n: repr(getattr(settings, n)) for n in dir(settings) if n.isupper() and n != 'SECRET_KEY'}))"
)


def variables():
    """Every variable that the settings read."""
    source = (ROOT / "qnportal" / "settings" / "base.py").read_text(encoding="utf-8")
    return set(re.findall(r"env_(?:bool|int|str|secret)\(\"([A-Z_]+)\"", source))


def settings_in(environment):
    command = [sys.executable, "-c", SHOW]
    environment = environment | {"DJANGO_SETTINGS_MODULE": "qnportal.settings.test"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_settings_of_the_tests__stand_alone():
    clean = {name: value for name, value in os.environ.items() if name not in variables() - SERVICES}
    hostile = clean | {name: HOSTILE.get(name, "somewhere.example") for name in variables() - SERVICES}
    assert len(variables()) > 15
    assert settings_in(hostile) == settings_in(clean)


def test_another_settings_module_of_the_shell__is_not_what_the_tests_use():
    options = ["--collect-only", "-q", "-p", "no:cacheprovider", "tests/qnportal/test_settings.py"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "qnportal.settings.nowhere"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
