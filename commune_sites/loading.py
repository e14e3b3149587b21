"""The province's own site, and the lists of organisations the portal can be loaded with."""

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import GroupApprovalTask, Locale, Page, Site, Workflow

from editorial.workflows import ENGLISH, HOME, assign_workflow
from home.models import ProvinceHomePage
from organisations.folding import fold
from organisations.models import AnnualFigure, Organisation

from .annex import read_annex
from .provisioning import Order, add_site, provision, record, starter_pages
from .seams import run_opening_steps

DATA = Path(__file__).parent / "data"
PROVINCE = "Cổng thông tin điện tử tỉnh Quảng Ngãi"
HOSTS_2025 = {"Xã": "xa", "Phường": "phuong", "Đặc khu": "dackhu"}


def annex_rows() -> list[dict[str, str | None]]:
    """The rows of the 2018 annex, in its order; an empty figure is None ("Không báo cáo")."""
    return read_annex(DATA / "organisations-2018.csv")


def unit_rows(year: int) -> list[dict[str, str]]:
    """Rows of the administrative units in 2019, 2024 (before the reform) and 2025; of 2020, those that ended between the first two."""
    lines = (DATA / f"units-{year}.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def commune_orders(year: int) -> list[Order]:
    """Orders for the sites of all communes of 2019 (184, each under its district) or of 2025 (96, under the province).

    Names without marks collide (Sơn Hà, Sơn Hạ), so that hosts of 2019 carry the statistical code, and those of 2025 where
    two are alike.
    """
    rows = unit_rows(year)
    if year == 2025:
        hosts = Counter(_host(row) for row in rows)
        return [
            Order("commune", row["full_name"], _host(row) if hosts[_host(row)] == 1 else f"{_host(row)}-{row['code']}")
            for row in rows
        ]
    districts = {folded(o.name): o.code for o in Organisation.objects.filter(kind=Organisation.Kind.DISTRICT)}
    orders = []
    for row in rows:
        district = f"{row['district_type']} {row['district']}"
        name = f"{row['type']} {row['name']}"
        where = f"{district[0].lower()}{district[1:]}"
        orders.append(
            Order("commune", f"{name}, {where}", old_code(row), parent=districts[folded(district)], short_name=name)
        )
    return orders


def _host(row: Mapping[str, str]) -> str:
    return f"{HOSTS_2025[row['type']]}-{folded(row['name'])}"


def old_code(row: Mapping[str, str]) -> str:
    """The code of a commune of 2019: names without marks collide (Sơn Hà, Sơn Hạ), the statistical code does not."""
    return f"{folded(row['name'])}-{row['code']}"


def folded(text: str) -> str:
    """A name as codes are made of it."""
    return "".join(char for char in fold(text) if char.isalnum())


@transaction.atomic
def open_province(row: Mapping[str, Any], order: int) -> Organisation:
    """The province's home page in both languages, on the bare domain."""
    root, vietnamese = Page.objects.get(depth=1), Locale.objects.get(language_code="vi")
    home = ProvinceHomePage.objects.filter(locale=vietnamese).first()
    if home is None:
        home = root.add_child(instance=ProvinceHomePage(title=PROVINCE, slug="quangngai", locale=vietnamese))
        _take_over_default_site(home)
        starter_pages("province", home)
    assign_workflow(HOME, home)
    assign_workflow(ENGLISH, _open_english(home))
    add_site(home, settings.PORTAL_DOMAIN, is_default=True)
    organisation = Organisation.objects.filter(code=row["code"]).first()
    if organisation is None:
        organisation = record(Order("province", row["name"], row["code"]), home, None)
    run_opening_steps(organisation, home)
    return _reported(organisation, row)


def _take_over_default_site(home: Page) -> None:
    """The first migrate leaves a welcome page as the default site and a workflow; the province takes their place."""
    for site in Site.objects.filter(is_default_site=True):
        welcome = site.root_page
        site.delete()
        welcome.delete()
    # Wagtail's own workflow asks groups, which the portal does not have.
    Workflow.objects.filter(workflow_tasks__task__in=GroupApprovalTask.objects.all()).delete()
    GroupApprovalTask.objects.all().delete()
    home.refresh_from_db()


def _open_english(home: Page) -> Page:
    english, _ = Locale.objects.get_or_create(language_code="en")
    translation = home.get_translation_or_none(english)
    if translation is None:
        translation = home.copy_for_translation(english)
        translation.title = "Quảng Ngãi Province Web Portal"
        translation.slug = "quangngai-en"
        translation.save_revision().publish()
    return translation


@transaction.atomic
def open_component(row: Mapping[str, Any], order: int) -> Organisation:
    """The site of one row of the annex, public at once, with what it reported."""
    organisation, _made = provision(Order(row["kind"], row["name"], row["code"], place=order), public=True)
    return _reported(organisation, row)


def _reported(organisation: Organisation, row: Mapping[str, Any]) -> Organisation:
    AnnualFigure.objects.update_or_create(
        organisation=organisation,
        year=2018,
        defaults={"items": row["items_2018"], "online_dossiers": row["online_dossiers_2018"]},
    )
    return organisation
