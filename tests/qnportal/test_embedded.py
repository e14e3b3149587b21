"""The embedded server survives what happens on laptops: two starts at once, a killed process, a stale pid file."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest
from django.core.exceptions import ImproperlyConfigured

from qnportal.embedded import parse_database_url
from qnportal.env import env_bool, env_int, env_secret

ROOT = Path(__file__).resolve().parents[2]
USE = "import sys; from qnportal.embedded import database_url; print(database_url(sys.argv[1]), flush=True); "
ASK = (
    "import psycopg2; from qnportal.embedded import parse_database_url as p; d = p(database_url(sys.argv[1])); "
    "c = psycopg2.connect(dbname=d['NAME'], user=d['USER'], host=d['HOST']); k = c.cursor(); "
    "k.execute('SHOW max_connections'); print(k.fetchone()[0])"
)


@pytest.fixture
def folder():
    # Under var/, because the wheel opens the parent folders of its data for reading.
    (ROOT / "var").mkdir(exist_ok=True)
    path = Path(tempfile.mkdtemp(prefix="pg-", dir=ROOT / "var"))
    path.chmod(0o755)
    yield path
    pid_file = path / "postgres" / "postmaster.pid"
    if pid_file.exists():
        pid = int(pid_file.read_text().splitlines()[0])
        if psutil.pid_exists(pid):
            server = psutil.Process(pid)
            server.terminate()
            server.kill() if server.is_running() and not psutil.wait_procs([server], 10)[0] else None
    shutil.rmtree(path)


def start(folder, code):
    command = [sys.executable, "-c", USE + code, str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)


def test_two_processes_at_once__share_one_server_and_the_last_stops_it(folder):
    both = [start(folder, ASK) for _ in range(2)]
    answers = [process.communicate(timeout=60)[0].splitlines() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert answers[0] == answers[1]
    assert answers[0][1] == "60"
    assert not (folder / "postgres" / "postmaster.pid").exists()


def test_killed_user__is_forgotten_by_the_next(folder):
    killed = start(folder, "sys.stdin.read()")
    killed.stdout.readline()
    killed.kill()
    killed.communicate()
    assert start(folder, ASK).communicate(timeout=60)[0].splitlines()[1] == "60"
    assert json.loads((folder / "postgres" / ".handle_pids.json").read_text()) == []
    assert not (folder / "postgres" / "postmaster.pid").exists()


def test_pid_file_of_a_foreign_process__does_not_stop_the_start(folder):
    start(folder, "").communicate(timeout=60)
    lines = [psutil.Process().pid, folder / "postgres", 1, 5432, folder / "postgres", "", "1 1", "ready"]
    (folder / "postgres" / "postmaster.pid").write_text("\n".join(map(str, lines)) + "\n")
    assert start(folder, ASK).communicate(timeout=60)[0].splitlines()[1] == "60"


def test_database_url__of_a_socket_and_of_a_server():
    socket = parse_database_url("postgresql://postgres@/quangngai?host=%2Frun%2Fpg")
    assert (socket["HOST"], socket["NAME"], socket["USER"], socket["PORT"]) == ("/run/pg", "quangngai", "postgres", "")
    server = parse_database_url("postgres://ng%C6%B0%E1%BB%9Di:m%40t@db.example:5433/portal?sslmode=require")
    assert (server["USER"], server["PASSWORD"], server["HOST"], server["PORT"]) == (
        "người",
        "m@t",
        "db.example",
        "5433",
    )
    assert server["OPTIONS"] == {"sslmode": "require"}
    assert server["CONN_MAX_AGE"] == 600


@pytest.mark.parametrize("url", ["sqlite:///db", "postgresql://host/", "postgresql://host:many/name", "nonsense"])
def test_database_url__refuses_what_it_cannot_read(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        parse_database_url(url)


def test_environment__fails_loudly(monkeypatch, tmp_path):
    # The settings of the tests heed few variables; here the shell's own count.
    monkeypatch.setattr("qnportal.env._environment", os.environ)
    monkeypatch.setenv("PORT", "eight")
    monkeypatch.setenv("DEBUG", "perhaps")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="PORT"):
        env_int("PORT", 8000)
    with pytest.raises(ImproperlyConfigured, match="DEBUG"):
        env_bool("DEBUG", False)
    assert env_secret("SECRET_KEY", tmp_path) == env_secret("SECRET_KEY", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
