"""Readers of environment variables that fail loudly instead of guessing. README lists every variable."""

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
_environment: Mapping[str, str] = os.environ


def heed_only(*names: str) -> None:
    """From here on every other variable counts as unset, whatever the shell holds."""
    global _environment
    _environment = {name: os.environ[name] for name in names if name in os.environ}


def env_str(name: str, default: str) -> str:
    """The variable as text; `default` where it is unset or empty."""
    return _environment.get(name) or default


def env_bool(name: str, default: bool) -> bool:
    """The variable as a yes or no; anything else than 1/true/yes/on or 0/false/no/off is an error."""
    value = _environment.get(name, "").strip().lower()
    if not value:
        return default
    if value in _TRUE | _FALSE:
        return value in _TRUE
    raise ImproperlyConfigured(f"{name} must be 1 or 0 (true/false, yes/no, on/off), not {value!r}.")


def env_int(name: str, default: int) -> int:
    """The variable as a whole number."""
    value = _environment.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error


def env_secret(name: str, var_dir: str | Path) -> str:
    """The variable, else a secret made once and kept in `var_dir`/<name>, readable by its owner only."""
    if value := _environment.get(name):
        return value
    path = Path(var_dir) / name.lower().replace("_", "-")
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _keep_secret(path, secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii").strip()


def _keep_secret(path: Path, value: str) -> None:
    """Linking a finished file: of two processes at once one wins, and neither reads a half-written secret."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(value)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
