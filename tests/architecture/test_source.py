"""Rules for the tracked files as text and as code."""

import ast
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {
    "organisations": 1,
    "editorial": 2,
    "home": 3,
    "commune_sites": 4,
    "news": 5,
    "documents": 5,
    "importing": 6,
    "figures": 6,
    "search": 6,
    "translation": 7,
    "samples": 8,
    "qnportal": 9,
    "bench": 9,
}
# The two readers of the project that hold no models and that every room may use.
SHARED = {"qnportal.env", "qnportal.embedded"}
TEXT = {".py", ".md", ".html", ".css", ".js", ".toml", ".yaml", ".po", ".csv", ".txt", ".json", ".jsonl", ".svg"}


def tracked():
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def texts():
    names = {"Makefile", "run", ".gitignore"}
    return [path for path in tracked() if path.suffix in TEXT or path.name in names]


def python_files():
    return [path for path in tracked() if path.suffix == ".py"]


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def against_the_arrow(room, module):
    other = module.split(".")[0]
    if other == room or other not in ROOMS or module in SHARED:
        return False
    return ROOMS[other] >= ROOMS[room]


def test_imports_point_one_way():
    wrong = []
    for path in python_files():
        room = path.relative_to(ROOT).parts[0]
        if room in ROOMS:
            modules = imported(ast.parse(path.read_text(encoding="utf-8")))
            wrong += [f"{path.relative_to(ROOT)}: {name}" for name in modules if against_the_arrow(room, name)]
    assert wrong == []


@pytest.mark.parametrize(
    ("room", "module", "wrong"),
    [("home", "news.models", True), ("news", "home.models", False), ("news", "documents.models", True)],
)
def test_arrow__knows_left_from_right(room, module, wrong):
    assert against_the_arrow(room, module) is wrong


def test_every_text_is_composed():
    contents = ((path, path.read_text(encoding="utf-8")) for path in texts())
    assert [path for path, text in contents if not unicodedata.is_normalized("NFC", text)] == []


def test_no_registry_host_and_no_path_of_a_machine():
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "registry" + ".npmjs", "repo" + ".maven"]
    forbidden = re.compile("|".join([re.escape(host) for host in hosts] + [r"(?<![\w.])/(?:work|home/\w+|Users/\w+)/"]))
    own = Path(__file__).resolve()
    found = [path for path in texts() if path != own and forbidden.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_functions_stay_under_sixty_lines():
    long = []
    for path in python_files():
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= 59:
                long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert long == []


def test_readme_lists_every_variable():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    sources = [path for path in python_files() if path.relative_to(ROOT).parts[0] in ROOMS]
    pattern = re.compile(r"env_(?:bool|int|str|secret)\(\s*\"([A-Z_]+)\"")
    used = {name for path in sources for name in pattern.findall(path.read_text(encoding="utf-8"))}
    assert used
    assert sorted(name for name in used if f"| `{name}` |" not in readme) == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
