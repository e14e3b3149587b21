"""Set up the bench's own portal, measure it at each size, print the tables and keep the figures as JSON."""

import argparse
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main():
    options = parse()
    # A database of its own: what the demo holds is neither measured nor touched.
    os.environ.setdefault("PORTAL_VAR", str(ROOT / "var" / "bench"))
    url = ROOT / "var" / "elasticsearch" / "url"
    if url.is_file():
        os.environ.setdefault("ELASTICSEARCH_URL", url.read_text().strip())
    os.environ.update(DEBUG="0", RATE_LIMITS="off", DJANGO_SETTINGS_MODULE="qnportal.settings.base")

    import django

    django.setup()
    from . import load, portal, register, report, screens, search

    results = []
    for items in sorted(options.items):
        seconds = portal.grow_to(items)
        result = {
            "items": items,
            "sites": portal.sites(),
            "load_seconds": seconds,
            "screens": screens.measure(options.rounds),
        }
        if not options.no_server:
            result["requests"] = load.measure(options.seconds)
        if not results:
            result["search"] = search.measure()
        results.append(result)
        Path(os.environ["PORTAL_VAR"], "results.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
    register.grow_to(options.documents)
    results[-1]["register"] = register.measure(options.rounds)
    results[-1]["search"] = search.measure()
    Path(os.environ["PORTAL_VAR"], "results.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
    print(report.tables(results))


def parse():
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--items", type=int, nargs="+", default=[10_000, 87_844], help="sizes to measure at")
    parser.add_argument("--documents", type=int, default=100_000, help="documents in the register when it is measured")
    parser.add_argument("--rounds", type=int, default=7, help="runs of each screen; the median counts")
    parser.add_argument("--seconds", type=int, default=8, help="length of each throughput run")
    parser.add_argument("--no-server", action="store_true", help="leave out requests a second")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped; run it again to go on where it was.")
