"""What pyproject.toml asks of the tools is asked of all that decides or writes, and the arrow between rooms holds."""

import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# Who may what, what is in force, what is due, what is asked of the search, what follows a publication.
DECIDING = {
    "organisations": {
        "backends", "folding", "grants", "models", "people", "policies", "querysets", "scoping", "seams", "succession",
        "text",
    },
    "editorial": {"after_publish", "publishing", "queue", "requests", "rules", "scheduling", "workflows"},
    "home": {"live", "passes", "previews", "screens"},
    "commune_sites": {
        "changes", "features", "forms", "provisioning", "readiness", "reorganising", "seams", "views", "workbook",
    },
    "documents": {"deadlines", "effect", "numbers", "status"},
    "importing": {"article_line", "articles", "document_line", "documents", "engine", "saving", "uploading"},
    "translation": {"rights", "work"},
    "search": {"numbers", "queue", "understanding"},
    "figures": {"activity", "annual", "counting", "duties", "duty_views"},
}  # fmt: skip


def untyped():
    """The one list of modules that are not annotated yet."""
    overrides = PYPROJECT["tool"]["mypy"]["overrides"]
    return [module for override in overrides if override.get("ignore_errors") for module in override["module"]]


def test_rooms_import_downwards_and_files_not_in_circles():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_no_two_files_import_each_other__by_whatever_way():
    """Nearer than the contract, which asks folders: file by file, the whole house at once, imports within functions counted."""
    house = grimp.build_graph(
        *PYPROJECT["tool"]["importlinter"]["root_packages"], cache_dir=None, exclude_type_checking_imports=True
    )
    way = {module: house.find_modules_directly_imported_by(module) for module in house.modules}
    order = list(TopologicalSorter(way).static_order())  # CycleError names the circle
    assert len(order) > 350


def test_what_decides__is_typed():
    deciding = {f"{room}.{name}" for room, names in DECIDING.items() for name in names}
    missing = [name for name in deciding if not (ROOT / f"{name.replace('.', '/')}.py").is_file()]
    assert missing == []
    assert deciding & set(untyped()) == set()


def test_list_of_untyped_modules__names_files_one_by_one():
    assert [name for name in untyped() if "*" in name] == []
    paths = [ROOT / name.replace(".", "/") for name in untyped()]
    gone = [path for path in paths if not path.with_suffix(".py").is_file() and not (path / "__init__.py").is_file()]
    assert gone == []


def test_every_room__is_typed_linted_and_measured():
    rooms = set(PYPROJECT["tool"]["mypy"]["packages"])
    assert rooms == set(PYPROJECT["tool"]["importlinter"]["root_packages"])
    assert rooms == set(PYPROJECT["tool"]["coverage"]["run"]["source"]) | {"bench"}
    assert rooms == {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
