"""Queries and median milliseconds of the screens that people wait for, in process, without network."""

import statistics
import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from news.listing import PER_PAGE
from news.models import NewsPage, NewsSectionPage
from organisations.models import Organisation

from .portal import measured_article

WARM_UPS = 2


def measure(rounds):
    """{name: {"queries": n, "ms": median}} of every screen."""
    settings.ALLOWED_HOSTS = ["*"]
    results = {}
    for name, action in screens():
        for _ in range(WARM_UPS):
            action()
        queries = count_queries(action)
        times = [timed(action) for _ in range(rounds)]
        results[name] = {"queries": queries, "ms": round(statistics.median(times), 1)}
        print(f"  {name}: {results[name]}", flush=True)
    return results


def count_queries(action):
    """Counted as they are sent: Django's own log of them stops at 9,000 in one process."""
    sent = []

    def note(execute, sql, params, many, context):
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        action()
    return len(sent)


def timed(action):
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def screens():
    """(name, callable) pairs; each callable fails loudly when the screen does not answer 200."""
    province = Organisation.objects.get(code="quangngai")
    host, agency_host = settings.PORTAL_DOMAIN, f"soxaydung.{settings.PORTAL_DOMAIN}"
    section = busiest_section(province)
    article = measured_article()
    path = article.url_path.split("/", 3)[3]
    section_path = f"/{section.slug}/"
    yield "home of the province", public(host, "/")
    yield "home of an agency", public(agency_host, "/")
    yield "section, page 1", public(host, section_path)
    yield "section, last page up to 100", public(host, f"{section_path}?trang={last_page(section)}")
    yield "article", public(agency_host, f"/{path}")
    yield from admin_screens(section, article)
    yield "save and publish an article", lambda: publish(article)


def last_page(section, limit=100):
    """The number of the section's last page of the listing, or `limit`."""
    return min(-(-NewsPage.objects.live().filter(section=section).count() // PER_PAGE), limit)


def busiest_section(organisation):
    sections = NewsSectionPage.objects.child_of(organisation.home_page)
    return max(sections, key=lambda section: section.numchild)


def admin_screens(section, article):
    for name, username in (
        ("editor", "bench-editor"),
        ("chief of 35 sites", "bench-chief"),
        ("operator", "bench-operator"),
    ):
        yield f"dashboard, {name}", private(username, "/admin/")
        where = Page.objects.get(depth=1).pk if username == "bench-operator" else article.section_id
        yield f"explorer, {name}", private(username, reverse("wagtailadmin_explore", args=[where]))
        yield f"page search, {name}", private(username, reverse("wagtailadmin_pages:search") + "?q=quảng+ngãi")
    for name, username in (
        ("approver", "bench-approver"),
        ("chief of 35 sites", "bench-chief"),
        ("operator", "bench-operator"),
    ):
        yield f"queue, {name}", private(username, "/admin/cho-duyet/")
    yield (
        "explorer, busiest section, operator",
        private("bench-operator", reverse("wagtailadmin_explore", args=[section.pk])),
    )
    yield "table of all sites, operator", private("bench-operator", reverse("sites:list"))
    yield "edit form", private("bench-editor", reverse("wagtailadmin_pages:edit", args=[article.pk]))


def public(host, path):
    client = Client()

    def get():
        response = client.get(path, headers={"host": host})
        assert response.status_code == 200, (host, path, response.status_code)

    return get


def private(username, path):
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))

    def get():
        response = client.get(path, headers={"host": settings.PORTAL_DOMAIN})
        assert response.status_code == 200, (username, path, response.status_code)

    return get


def publish(article):
    """A new revision goes live, and is undone."""
    with transaction.atomic():
        page = NewsPage.objects.get(pk=article.pk)
        page.lead = f"{page.lead[:500]} (sửa)"
        page.save_revision().publish()
        transaction.set_rollback(True)
