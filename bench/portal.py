"""A portal with as many articles as asked for, grown in place so that each size builds on the last.

Below the full size it has the 35 sites of 2018; at the full size those of the communes of 2019 and of 2025 as well, 315 in all.
"""

import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Site

from news.models import NewsPage, NewsSectionPage
from organisations.models import Membership, Organisation, Role

WAITING = 500
FULL = 87_844


def grow_to(items):
    """Open the sites that are missing and bring the portal to about `items` articles; gives the seconds of the latter."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_portal")
    if items >= FULL:
        for year in (2019, 2025):
            call_command("load_portal", communes=year)
    start = time.perf_counter()
    call_command("generate_content", year=2018, scale=min(items / FULL, 1))
    seconds = time.perf_counter() - start
    make_people()
    make_waiting()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return round(seconds, 1)


def sites():
    """How many sites the portal has."""
    return Site.objects.count()


def measured_article():
    """The newest article of an agency, the same at every size, so that sizes compare."""
    building = Organisation.objects.get(code="soxaydung")
    article = NewsPage.objects.filter(publisher=building, slug="bai-do").first()
    if article is None:
        section = NewsSectionPage.objects.child_of(building.home_page).first()
        article = section.add_child(instance=NewsPage(title="Bài đo", slug="bai-do", lead="Bài để đo thời gian."))
    if article != NewsPage.objects.live().of(building).newest().first():
        article.published_at = timezone.now()
        article.save()
    return article


def make_people():
    """An editor and an approver of one agency, an approver of 35 sites, the operator."""
    building = Organisation.objects.get(code="soxaydung")
    province = Organisation.objects.get(code="quangngai")
    for name, organisation, role in (
        ("bench-editor", building, Role.EDITOR),
        ("bench-approver", building, Role.APPROVER),
        ("bench-operator", province, Role.OPERATOR),
    ):
        Membership.objects.get_or_create(user=person(name), organisation=organisation, role=role)
    for organisation in Organisation.objects.exclude(kind=Organisation.Kind.COMMUNE):
        Membership.objects.get_or_create(user=person("bench-chief"), organisation=organisation, role=Role.APPROVER)


def person(username):
    user, created = get_user_model().objects.get_or_create(
        username=username, defaults={"email": f"{username}@{settings.PORTAL_DOMAIN}"}
    )
    if created:
        user.set_unusable_password()
        user.save()
    return user


def make_waiting():
    """500 drafts in moderation, spread over the 35 sites of the province."""
    editor = person("bench-editor")
    found = NewsSectionPage.objects.filter(slug="tin-tuc").exclude(below_communes()).order_by("path")
    sections = [section for section in found if NewsPage.can_create_at(section)]
    have = NewsPage.objects.filter(owner=editor, live=False).count()
    for number in range(have, WAITING):
        section = sections[number % len(sections)]
        section.refresh_from_db()
        draft = section.add_child(
            instance=NewsPage(title=f"Bài chờ duyệt số {number}", lead="Chờ duyệt.", live=False, owner=editor)
        )
        draft.save_revision(user=editor)
        draft.get_workflow().start(draft, editor)


def below_communes():
    """Pages on the sites of communes."""
    homes = Organisation.objects.filter(kind=Organisation.Kind.COMMUNE).values_list("home_page__path", flat=True)
    condition = Q(pk__in=[])
    for path in homes:
        condition |= Q(path__startswith=path)
    return condition
