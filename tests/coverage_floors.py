"""How much of each app the tests run, against what they ran before: python -m tests.coverage_floors var/coverage/report.json

The floors stand in tests/coverage-floors.toml. With --raise those that today exceeds are raised to the whole per cent below; none is
ever lowered.
"""

import json
import sys
import tomllib
from collections import Counter
from pathlib import Path

FLOORS = Path(__file__).with_name("coverage-floors.toml")


def shares(report):
    """{app: per cent of its lines that ran} of a report as coverage writes it."""
    lines, run = Counter(), Counter()
    for name, file in report["files"].items():
        app = Path(name).parts[0]
        lines[app] += file["summary"]["num_statements"]
        run[app] += file["summary"]["covered_lines"]
    return {app: 100 * run[app] / lines[app] for app in lines if lines[app]}


def below(found, floors):
    """What is wrong, a line each: an app below its floor, one without a floor, a floor without an app."""
    wrong = [
        f"{app}: {found[app]:.1f} % of the lines ran, the floor is {floor} %"
        for app, floor in floors.items()
        if app in found and found[app] < floor
    ]
    wrong += [f"{app}: no floor in {FLOORS.name}" for app in sorted(found.keys() - floors.keys())]
    return wrong + [f"{app}: nothing measured" for app in sorted(floors.keys() - found.keys())]


def raised(found, floors):
    """The floors of today: none lower than before."""
    return {app: max(int(share), floors.get(app, 0)) for app, share in sorted(found.items())}


def write(floors):
    lines = [f"{app} = {floor}" for app, floor in floors.items()]
    FLOORS.write_text(
        "\n".join(["# Per cent of the lines of each app that the tests run at least.", *lines, ""]), "utf-8"
    )


def main(path, *options):
    found = shares(json.loads(Path(path).read_text(encoding="utf-8")))
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    if "--raise" in options:
        floors = raised(found, floors)
        write(floors)
    for app in sorted(found):
        print(f"{app:<16}{found[app]:6.1f} %   floor {floors.get(app, '-')} %")
    wrong = below(found, floors)
    print("\n".join(wrong) or "No app is below its floor.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
