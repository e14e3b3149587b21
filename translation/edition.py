"""The English edition that the portal starts with: names of organisations, terms, and pages that have no Vietnamese original."""

import csv
import datetime
import json
from pathlib import Path

from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Locale, Page

from home.live import add_live
from home.models import OrganisationProfilePage, ProvinceHomePage
from organisations.models import Organisation
from search.kinds.kind import Starter
from search.kinds.table import kind_named, names_in_english

from . import glossary

NAMES = Path(__file__).resolve().parent.parent / "commune_sites" / "data" / "names-en.csv"
LISTS = Path(__file__).parent / "data" / "names.csv"
PAGES = Path(__file__).parent / "data" / "english.json"
# Articles of the sample stand at noon: a day is all that is known of them.
NOON = datetime.time(12)
KINDS_EN = {"Xã": "Commune", "Phường": "Ward", "Thị trấn": "Township", "Đặc khu": "Special Zone"}


def load():
    """(names, terms, pages) that were missing and are there now; what people changed stands."""
    return name_organisations() + name_lists(), glossary.load(), load_pages()


def name_organisations():
    """Give organisations without an English name theirs: from the list, or made for communes; how many."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        listed = {row["code"]: (row["name_en"], row["short_en"]) for row in csv.DictReader(file)}
    named = 0
    for organisation in Organisation.objects.filter(name_en=""):
        name, short = listed.get(organisation.code) or commune_name(organisation.short_name)
        if name:
            organisation.name_en, organisation.short_en = name, short
            organisation.save()
            named += 1
    return named


def name_lists():
    """The same for the lists of names that pages show; bodies that are organisations of the portal have theirs by their names."""
    with LISTS.open(encoding="utf-8", newline="") as file:
        rows = [(row["kind"], row["name"], row["name_en"]) for row in csv.DictReader(file)]
    rows += [("body", one.name, one.name_en) for one in Organisation.objects.exclude(name_en="")]
    models = names_in_english()
    return sum(
        models[kind].objects.filter(name=name, name_en="").update(name_en=english) for kind, name, english in rows
    )


def commune_name(name):
    """("Bình Minh Commune", the same) of "Xã Bình Minh"; empty for what is not named so."""
    for kind, english in KINDS_EN.items():
        if name.startswith(f"{kind} "):
            made = f"{name.removeprefix(f'{kind} ')} {english}"
            return made, made
    return "", ""


def load_pages():
    """Add the pages of the sample that are not there, parents first; how many."""
    home = ProvinceHomePage.objects.filter(locale=Locale.objects.get(language_code="en")).first()
    found = {"": home}
    added = 0
    for entry in json.loads(PAGES.read_text(encoding="utf-8")):
        above, _slash, slug = entry["path"].rpartition("/")
        parent = found[above]
        page = Page.objects.child_of(parent).filter(slug=slug).first()
        if page is None:
            page = make(entry, slug, home)
            add_live(parent.specific, page, published_at(entry))
            added += 1
        found[entry["path"]] = Page.objects.get(pk=page.pk)
    return added


def published_at(entry):
    """The moment of an entry: its day at noon, or now."""
    if "published" not in entry:
        return timezone.now()
    day = datetime.date.fromisoformat(entry["published"])
    return datetime.datetime.combine(day, NOON, timezone.get_current_timezone())


def make(entry, slug, home):
    """The page of an entry, not saved."""
    common = {"title": entry["title"], "slug": slug, "locale": home.locale, "show_in_menus": entry.get("menu", False)}
    is_profile = entry["kind"] == "standard" and entry["path"].startswith("organisations/")
    organisation = Organisation.objects.filter(code=slug).first() if is_profile else None
    if organisation:
        parts = parted(f"<p>{escape(entry['lead'])}</p>{entry['body']}")
        return OrganisationProfilePage(about=organisation, **parts, **common)
    kind = kind_named(entry["kind"])
    fields = kind.starter(Starter(entry["lead"], entry.get("body", ""), published_at(entry)))
    return kind.model(**fields, **common)


def parted(markup):
    """The three parts of a profile from the sections that its headings make."""
    parts = {"functions": "", "structure": "", "contact": ""}
    opening, *sections = markup.split("<h2>")
    parts["functions"] = opening
    for section in sections:
        heading, _tag, text = section.partition("</h2>")
        name = part_of(heading)
        parts[name] += text if name != "functions" else f"<h3>{heading}</h3>{text}"
    return parts


def part_of(heading):
    said = heading.casefold()
    if "organisation" in said or "structure" in said or "chart" in said:
        return "structure"
    if "contact" in said or "reach" in said:
        return "contact"
    return "functions"
