"""Rules for the tracked files as text and as code."""

import ast
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
TEXT = {".py", ".md", ".html", ".css", ".js", ".toml", ".yaml", ".po", ".csv", ".txt", ".json", ".jsonl", ".svg"}


def tracked():
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def texts():
    names = {"Makefile", "run", ".gitignore"}
    return [path for path in tracked() if path.suffix in TEXT or path.name in names]


def python_files():
    return [path for path in tracked() if path.suffix == ".py"]


def of_the_portal(path):
    return path.relative_to(ROOT).parts[0] != "tests"


def functions():
    """(where, its lines) of every function but those of migrations, which are written by Django."""
    for path in python_files():
        if "migrations" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    where = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                    yield where, node.end_lineno - node.lineno + 1


def test_every_text_is_composed():
    contents = ((path, path.read_text(encoding="utf-8")) for path in texts())
    assert [path for path, text in contents if not unicodedata.is_normalized("NFC", text)] == []


def test_no_registry_host_and_no_path_of_a_machine():
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "registry" + ".npmjs", "repo" + ".maven"]
    forbidden = re.compile("|".join([re.escape(host) for host in hosts] + [r"(?<![\w.])/(?:work|home/\w+|Users/\w+)/"]))
    own = Path(__file__).resolve()
    found = [path for path in texts() if path != own and forbidden.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_functions_stay_under_sixty_lines_and_most_under_twenty():
    lengths = dict(functions())
    assert [where for where, lines in lengths.items() if lines >= 60] == []
    assert sorted(lengths.values())[int(0.95 * len(lengths))] <= 20


def test_nothing_is_silenced():
    """A rule that does not fit is changed for all in pyproject.toml, with its reason."""
    silencers = re.compile(
        "# ?(?:" + "|".join(["no" + "qa", "type: ?ig" + "nore", "pragma: ?no", "mypy: ?ig" + "nore"]) + ")"
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in python_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if silencers.search(line)
    ]
    assert found == []


def test_readme_lists_every_variable():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    sources = [path for path in python_files() if of_the_portal(path)]
    pattern = re.compile(r"(?:env_(?:bool|int|str|secret)\(|os\.environ(?:\.get\(|\[))\s*\"([A-Z_]+)\"")
    used = {name for path in sources for name in pattern.findall(path.read_text(encoding="utf-8"))}
    assert used
    # Of the machine and of Python, not ours.
    used -= {"PATH", "LC_ALL", "DJANGO_SETTINGS_MODULE"}
    assert sorted(name for name in used if f"| `{name}` |" not in readme) == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
