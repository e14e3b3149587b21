"""The tables of docs/performance.md."""

# Stock Wagtail 8.0.1 at 208 sites and 10,000 / 100,000 pages on the same kind of machine (two cores, PostgreSQL 15):
# milliseconds and queries. Measured once, before the portal; a row stands beside ours only where the screens compare.
STOCK = {
    "home of the province": ((78, 28), (59, 28)),
    "section, page 1": ((85, 31), (104, 31)),
    "article": ((33, 14), (37, 14)),
    "dashboard, editor": ((115, 26), (144, 26)),
    "dashboard, chief of 35 sites": ((2517, 313), (4445, 312)),
    "explorer, editor": ((589, 228), (910, 228)),
    "explorer, chief of 35 sites": ((1674, 127), (1574, 127)),
    "explorer, operator": ((628, 127), (971, 124)),
    "explorer, busiest section, operator": ((723, 225), (1665, 225)),
    "page search, editor": ((141, 44), (479, 62)),
    "page search, chief of 35 sites": ((1230, 24), (1837, 23)),
    "edit form": ((122, 45), (140, 45)),
    "save and publish an article": ((166, 85), (404, 85)),
}
# Requests a second at 1 / 20 connections: WordPress 6.1 multisite and stock Wagtail, 35 sites, 10,000 articles.
PEERS = {
    "article": ((38, 77), (30, 55)),
    "home": ((35, 77), (21, 43)),
    "section page 1": ((32, 55), (19, 35)),
    "section, last page up to 50": ((33, 70), (22, 39)),
    "feed": ((38, 79), (28, 45)),
}


def tables(results):
    """Markdown of everything measured, ratios against the baseline at the nearest size."""
    parts = [load_table(results), screen_table(results)]
    if "requests" in results[0]:
        parts.append(request_table(results))
    parts += [register_table(result["register"]) for result in results if "register" in result]
    found = [result["search"] for result in results if result.get("search")]
    if found:
        parts += [search_table(found), parts_table(found)]
    return "\n\n".join(parts)


def load_table(results):
    lines = ["| items | seconds to load what was missing |", "| --- | --- |"]
    lines += [f"| {result['items']:,} | {result['load_seconds']} |" for result in results]
    return "\n".join(lines)


def screen_table(results):
    heads = "".join(
        f" queries at {r['items']:,} items, {r['sites']} sites | ms | stock ms / queries | stock ÷ ours |"
        for r in results
    )
    lines = [f"| screen |{heads}", "| --- |" + " --- | --- | --- | --- |" * len(results)]
    for name in results[0]["screens"]:
        cells = "".join(screen_cells(name, result, place) for place, result in enumerate(results))
        lines.append(f"| {name} |{cells}")
    return "\n".join(lines)


def screen_cells(name, result, place):
    ours = result["screens"][name]
    stock = STOCK.get(name)
    if not stock:
        return f" {ours['queries']} | {ours['ms']} | – | – |"
    milliseconds, queries = stock[min(place, 1)]
    return f" {ours['queries']} | {ours['ms']} | {milliseconds} / {queries} | {milliseconds / ours['ms']:.1f} |"


def request_table(results):
    heads = "".join(f" {r['items']:,}: at 1 / 20 connections |" for r in results)
    lines = [f"| page |{heads} WordPress | stock Wagtail |", "| --- |" + " --- |" * (len(results) + 2)]
    for name, (wordpress, stock) in PEERS.items():
        ours = "".join(f" {r['requests'][name][1]} / {r['requests'][name][20]} |" for r in results)
        lines.append(f"| {name} |{ours} {wordpress[0]} / {wordpress[1]} | {stock[0]} / {stock[1]} |")
    return "\n".join(lines)


def register_table(measured):
    """The whole page, uncached, beside the database's part of the same question asked plainly."""
    lines = [
        f"| {measured['documents']:,} documents | queries | ms | plain: database alone, ms |",
        "| --- | --- | --- | --- |",
    ]
    for name, row in measured["questions"].items():
        lines.append(f"| {name} | {row['queries']} | {row['ms']} | {row['plain_ms']} |")
    return "\n".join(lines)


def search_table(found):
    """Elasticsearch at each size, and the database's answer to the same questions."""
    lines = [
        "| the search |" + "".join(f" at {size['pages']:,} pages |" for size in found),
        "| --- |" + " --- |" * len(found),
    ]
    lines.append(
        "| pages a second into the index, two processes |" + "".join(f" {size['a_second']} |" for size in found)
    )
    lines.append("| size of the index |" + "".join(f" {size['megabytes']} MB |" for size in found))
    for clients in ("1", "20"):
        for source, name in [*(("engine", name) for name in found[0]["engine"]), ("database", "full page")]:
            label = f"{name}, {clients} client{'s' if clients != '1' else ''}" + (
                " (from the database)" if source == "database" else ""
            )
            lines.append(
                f"| {label}: p50 / p95 ms |" + "".join(wait_cell(size[source][name], clients) for size in found)
            )
    return "\n".join(lines)


def wait_cell(waits, clients):
    row = waits.get(clients) or waits[int(clients)]
    return f" {row['p50']} / {row['p95']} |"


def parts_table(found):
    lines = [
        "| a full page, ms of it |" + "".join(f" at {size['pages']:,} pages |" for size in found),
        "| --- |" + " --- |" * len(found),
    ]
    for name in found[0]["parts"]:
        lines.append(f"| {name} |" + "".join(f" {size['parts'][name]} |" for size in found))
    return "\n".join(lines)
