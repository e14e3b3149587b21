"""Pages of home: home pages, pages that stay, and what organisations say of themselves in English."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.html import body_of
from home.models import OrganisationHomePage, OrganisationProfilePage, ProvinceHomePage, StandardPage

from . import filters
from .kind import Asked, Group, Parts, PublicKind, Starter
from .texts import body_texts, rich_text

PAGES = Group("page", _("Trang"), 3)
PAGE_NAMES = {"kind": {"trang": _("Trang")}}
SECTION_NAMES = {"kind": {"chuyen-muc": _("Chuyên mục")}}
HOME_NAMES = {"kind": {"trang-chu": _("Trang chủ")}}


def plain_parts(kind: str) -> Callable[[Any], Parts]:
    """`parts` of pages with an opening sentence and perhaps a body."""

    def parts(page: Any) -> Parts:
        opening = [getattr(page, name, "") for name in ("introduction", "lead")]
        return Parts(
            kind=kind,
            texts=[*opening, page.search_description, *body_texts(page)],
            facts={"published": page.first_published_at},
        )

    return parts


def plainly_found(kind: str) -> Callable[["QuerySet[Page]", Asked], "QuerySet[Page]"]:
    """`found` of pages that have a title, a place in the tree, and a day on which they first appeared."""

    def found(pages: "QuerySet[Page]", asked: Asked) -> "QuerySet[Page]":
        question = asked.question
        if filters.asks_for_others(question, "status", "issuer", "field", "year"):
            return pages.none()
        if question.chosen.get("kind") not in (None, kind):
            return pages.none()
        days = filters.on_days(question, "first_published_at", is_moment=True)
        return pages.filter(filters.titled(asked.words), filters.in_trees(question), days)

    return found


def profile_parts(page: OrganisationProfilePage) -> Parts:
    texts = [rich_text(text) for text in (page.functions, page.structure, page.contact)]
    return Parts(kind="trang", texts=[page.search_description, *texts], facts={"published": page.first_published_at})


def standard_started(starter: Starter) -> dict[str, Any]:
    return {"lead": starter.lead, "body": body_of(starter.body).blocks}


KINDS = [
    PublicKind(
        name="standard",
        model=StandardPage,
        group=PAGES,
        parts=plain_parts("trang"),
        value_names=PAGE_NAMES,
        found=plainly_found("trang"),
        is_translated=True,
        starter=standard_started,
    ),
    PublicKind(
        name="profile",
        model=OrganisationProfilePage,
        group=PAGES,
        parts=profile_parts,
        value_names=PAGE_NAMES,
        found=plainly_found("trang"),
    ),
    PublicKind(
        name="organisation-home",
        model=OrganisationHomePage,
        group=PAGES,
        parts=plain_parts("trang-chu"),
        value_names=HOME_NAMES,
        found=plainly_found("trang-chu"),
        is_translated=True,
    ),
    PublicKind(
        name="province-home",
        model=ProvinceHomePage,
        group=PAGES,
        parts=plain_parts("trang-chu"),
        value_names=HOME_NAMES,
        found=plainly_found("trang-chu"),
        is_translated=True,
    ),
]
