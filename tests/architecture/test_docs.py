"""The documents speak of what is there: files, classes, commands, rooms and seams."""

import re
import shlex
import subprocess
import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.management import get_commands

from bench.house import floors, what_for
from organisations.seams import Seam

ROOT = Path(__file__).resolve().parents[2]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
# Every name in them is looked for; of the other documents, every path and link.
NAMING = [*sorted((ROOT / "docs" / "recipes").glob("*.md")), ARCHITECTURE, ROOT / "CONTRIBUTING.md"]
DOCUMENTS = [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]
COMMAND = re.compile(r"(?:\.venv/bin/python )?manage\.py (?P<command>\w+)")
PATH = re.compile(r"[\w.*-]*(?:/[\w.*-]+)+/?|[\w-]+\.(?:py|md|toml|html|css|po)|[\w.-]+/")
# Made when the portal runs.
MADE = ("var/", ".venv/")


def relative(path):
    return str(path.relative_to(ROOT))


def spans(path):
    """What stands in backticks, examples of several lines left out; `<name>` stands for what the reader chooses."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [span for span in re.findall(r"`([^`\n]+)`", text) if "<" not in span]


@cache
def words():
    """Every word of the code that is tracked, tests and this list of words apart."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    kinds = {".py", ".html", ".css", ".toml"}
    paths = [ROOT / name for name in listing.split("\0") if name and Path(name).suffix in kinds]
    code = [path for path in paths if path.is_file() and path != Path(__file__).resolve()]
    return {word for path in code for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}


def is_there(name):
    """Whether the path, from the root of the project, is one; `*` stands for any name."""
    return name.startswith(MADE) or (ROOT / name).exists() or ("*" in name and any(ROOT.glob(name)))


def is_in_a_room(name):
    """Files that several rooms have are named without the room."""
    return "/" not in name and any(ROOT.glob(f"*/{name}"))


def is_known(span):
    """Whether what a document names exists: a target, a command, a module with its name, a path, or a word of the code."""
    if span.startswith("make "):
        return re.search(rf"^{span.split()[1]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    if said := COMMAND.match(span):
        return said["command"] in get_commands()
    if " -m " in span:
        module, *arguments = shlex.split(span.split(" -m ")[1])
        return find_spec(module) and all(is_there(argument) for argument in arguments if "/" in argument)
    if span.startswith("bash "):
        return is_there(span.split()[1])
    if PATH.fullmatch(span):
        return is_there(span) or is_in_a_room(span) or template_is_there(span)
    return is_dotted(span) or all(word in words() for word in re.findall(r"[^\W\d]\w+", span))


def template_is_there(name):
    """Templates of Wagtail are named as they are extended."""
    return name.startswith("wagtailadmin/") and find_spec("wagtail") and name in wagtail_templates()


@cache
def wagtail_templates():
    folder = Path(import_module("wagtail.admin").__file__).parent / "templates"
    return {str(path.relative_to(folder)) for path in folder.rglob("*.html")}


def is_dotted(span):
    """`room.module.Name`: the module is imported and has it."""
    rooms = {room for rooms in floors() for room in rooms}
    if not re.fullmatch(r"\w+(?:\.\w+)+", span) or span.split(".")[0] not in rooms:
        return False
    path, _, name = span.rpartition(".")
    try:
        return hasattr(import_module(path), name) or bool(find_spec(span))
    except ModuleNotFoundError:
        owner, _, attribute = path.rpartition(".")
        return hasattr(getattr(import_module(owner), attribute, None), name)


def rows(heading):
    """{first cell: second cell} of the first table below the line that starts with `heading`, without the backticks of the first."""
    below = ARCHITECTURE.read_text(encoding="utf-8").split(heading, 1)[1]
    table = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE).group().splitlines()[2:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in table]
    return {cell[0].strip("`"): cell[1] for cell in cells}


@pytest.mark.parametrize("path", NAMING, ids=relative)
def test_names__exist(path):
    assert [span for span in spans(path) if not is_known(span)] == []


@pytest.mark.parametrize(
    "span", ["make nothing", "manage.py no_such", "home/no.py", "home.models.NoPage", "NoSuchWordAtAll"]
)
def test_names__that_do_not_exist_are_found(span):
    assert not is_known(span)


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_paths__exist(path):
    tops = {folder.name for folder in ROOT.iterdir() if folder.is_dir()} - {"var", ".venv"}
    named = [span for span in spans(path) if PATH.fullmatch(span) and span.split("/")[0] in tops]
    assert [name for name in named if not is_there(name)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_links__lead_somewhere(path):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_decisions__have_a_number_each():
    numbers = [path.name[:4] for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == sorted(set(numbers))


def test_hints_of_checks__lead_to_documents():
    sources = [path for path in ROOT.glob("*/*.py") if path.parent.name != "tests"]
    named = {name for path in sources for name in re.findall(r"docs/[\w/-]+\.md", path.read_text(encoding="utf-8"))}
    assert "docs/recipes/role.md" in named
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


def test_recipes__are_all_in_their_index():
    index = (ROOT / "docs" / "recipes" / "README.md").read_text(encoding="utf-8")
    recipes = {path.name for path in (ROOT / "docs" / "recipes").glob("*.md")} - {"README.md"}
    assert {name for name in recipes if f"({name})" not in index} == set()


def test_table_of_rooms__says_what_each_room_says_of_itself():
    rooms = [room for rooms in reversed(floors()) for room in rooms]
    assert rows("## The arrow") == {f"{room}/": what_for(room) for room in rooms}


def test_readme__has_every_room():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [room for rooms in floors() for room in rooms if f"`{room}/`" not in readme] == []


def test_table_of_seams__has_exactly_those_of_the_house():
    found = {
        name: getattr(import_module(name.rpartition(".")[0]), name.rpartition(".")[2]) for name in rows("## Where")
    }
    assert {id(seam) for seam in found.values()} == {id(seam) for seam in Seam.instances}
    assert rows("## Where") == {name: seam.doc for name, seam in found.items()}


def test_picture_of_the_house__is_what_the_code_says():
    done = subprocess.run([sys.executable, "-m", "bench.house", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
