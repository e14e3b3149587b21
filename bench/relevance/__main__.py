"""How well the search finds: nDCG@10 of judged queries by kind, beside a plain index and the database's search.

The texts are given by path and stay where they are; they are read into a database and an index of their own.
"""

import argparse
import os
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def main():
    options = parse()
    os.environ.setdefault("PORTAL_VAR", str(ROOT / "var" / "relevance"))
    os.environ.setdefault("SEARCH_INDEX", "relevance")
    url = ROOT / "var" / "elasticsearch" / "url"
    if "ELASTICSEARCH_URL" not in os.environ and url.is_file():
        os.environ["ELASTICSEARCH_URL"] = url.read_text().strip()
    os.environ.update(DEBUG="0", DJANGO_SETTINGS_MODULE="qnportal.settings.base")

    import django

    django.setup()
    from search import index

    from . import systems

    server = index.client(30)
    if server is None:
        sys.exit("There is no Elasticsearch: run make elasticsearch, or set ELASTICSEARCH_URL.")
    prepare(options.texts, server)
    names = systems.imported()
    figures = measure(server, names)
    print(table(figures, half=None), table(figures, half=True), table(figures, half=False), sep="\n\n")
    print(suggesting(server, names, options.misses))
    if options.misses:
        print_misses(figures)
    if options.floor:
        check(figures)


def parse():
    parser = argparse.ArgumentParser(prog="bench.relevance", description=__doc__)
    parser.add_argument("texts", help="the texts, as import_content takes them (.jsonl or .jsonl.gz)")
    parser.add_argument("--misses", action="store_true", help="list the queries that lost most")
    parser.add_argument("--floor", action="store_true", help="fail below 0.94 overall or 0.90 in a kind")
    options = parser.parse_args()
    if not Path(options.texts).is_file():
        parser.error(f"there is no file {options.texts}")
    return options


def prepare(texts, server):
    """The demo's content and the texts, imported and indexed; what is there already stays."""
    from django.core.management import CommandError, call_command

    from search import index

    from . import systems

    call_command("migrate", interactive=False, verbosity=0)
    wanted = {name for graded in _judged().judgments().values() for name in graded}
    if wanted - set(systems.imported().values()):
        call_command("demo")
        try:
            call_command("import_content", texts, site="localhost")
        except CommandError as error:
            print(error)
        server.options(ignore_status=404).indices.delete(index=systems.plain_index())
    missing = wanted - set(systems.imported().values())
    if missing:
        sys.exit(f"{len(missing)} judged texts are not in {texts}, for example {min(missing)}.")
    if not server.indices.exists(index=systems.plain_index()) or not index.holders(server, index.live_alias()):
        call_command("rebuild_search_index")
        systems.make_plain(server)


def _judged():
    from . import judged

    return judged


def measure(server, names):
    """[(kind, topic, words, {system: nDCG})]"""
    from . import judged, systems

    graded, figures = judged.judgments(), []
    for kind, topic, words in judged.queries():
        row = {}
        for system, ask in systems.SYSTEMS.items():
            found = [names.get(pk, "") for pk in ask(server, words)]
            row[system] = judged.ndcg(found, graded[topic])
        figures.append((kind, topic, words, row))
    return figures


def table(figures, half):
    """A table by kind: of all queries, or of those of one half of the topics."""
    from . import judged, systems

    chosen = [row for row in figures if half is None or judged.is_reported(row[1]) == half]
    title = {None: "All queries", True: "The half that is reported", False: "The half that was tuned on"}[half]
    lines = [f"{title}: nDCG@{judged.DEPTH}", "", "| kind of query | queries | portal | standard | database |"]
    lines.append("| --- | ---: | ---: | ---: | ---: |")
    for kind, label in [*judged.KINDS.items(), (None, "**overall**")]:
        rows = [row[3] for row in chosen if kind in (None, row[0])]
        means = [f"{statistics.mean(row[system] for row in rows):.3f}" for system in systems.SYSTEMS]
        lines.append(f"| {label} | {len(rows)} | {' | '.join(means)} |")
    return "\n".join(lines)


def suggesting(server, names, misses):
    """nDCG@10 of the titles that are meant by what was typed so far."""
    from . import judged, systems

    gains, lost = [], []
    for typed, wanted in judged.suggestions():
        found = [names.get(pk, "") for pk in systems.suggested(server, typed)]
        gains.append(judged.ndcg(found, dict.fromkeys(wanted, 1)))
        if gains[-1] < 1:
            lost.append(f"  {gains[-1]:.2f} {typed}")
    lines = [f"\nSuggestions while typing: {statistics.mean(gains):.3f} of {len(gains)}", *(lost if misses else [])]
    return "\n".join(lines)


def print_misses(figures):
    print("\nWhat lost most:")
    for kind, topic, words, row in sorted(figures, key=lambda row: row[3]["portal"])[:60]:
        if row["portal"] < 0.95:
            print(
                f"  {row['portal']:.2f} {'reported' if _judged().is_reported(topic) else 'tuned'} {kind} [{topic}] {words}"
            )


def check(figures):
    by_kind = {}
    for kind, _topic, _words, row in figures:
        by_kind.setdefault(kind, []).append(row["portal"])
    low = [kind for kind, values in by_kind.items() if statistics.mean(values) < 0.90]
    overall = statistics.mean(row["portal"] for *_rest, row in figures)
    if low or overall < 0.94:
        sys.exit(f"Below the floor: overall {overall:.3f}; {', '.join(low) or 'no kind'} below 0.90.")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped; run it again to go on where it was.")
