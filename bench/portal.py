"""A portal of 208 sites with as many articles as asked for, grown in place so that each size builds on the last."""

import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.models import Q

from commune_sites.models import Membership, Organisation, Role
from home.opening import open_component
from news.models import NewsPage, NewsSectionPage

SITES = 208
WAITING = 500
FULL = 87_844


def grow_to(items):
    """Open the sites that are missing and bring the portal to about `items` articles; gives the seconds of the latter."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_portal")
    open_communes()
    start = time.perf_counter()
    call_command("generate_content", year=2018, scale=min(items / FULL, 1))
    seconds = time.perf_counter() - start
    make_people()
    make_waiting()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return round(seconds, 1)


def open_communes():
    """Plain communes up to 208 sites, the number the spike of stock Wagtail was measured with."""
    have = Organisation.objects.count()
    for number in range(have, SITES):
        row = {"code": f"xa{number}", "name": f"Xã Thử nghiệm {number}", "kind": Organisation.Kind.COMMUNE}
        open_component(row | {"items_2018": None, "online_dossiers_2018": None}, number)


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
    sections = list(NewsSectionPage.objects.filter(slug="tin-tuc").exclude(below_communes()).order_by("path"))
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
