"""Organisations and people for tests."""

from datetime import timedelta
from types import SimpleNamespace

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Collection, Locale, Page, Site

from editorial.workflows import COMPONENT, HOME, assign_workflow
from home.models import Alert, OrganisationGroupPage, OrganisationHomePage
from news.models import NewsPage, NewsSectionPage
from organisations.models import Membership, Organisation, Role


def make_organisation(code, name, kind=Organisation.Kind.AGENCY):
    """An organisation with its home page below the group of its kind, its site and its collection."""
    root = Page.objects.get(depth=1)
    group = OrganisationGroupPage.objects.filter(kind=kind).first()
    if group is None:
        group = root.add_child(
            instance=OrganisationGroupPage(
                title=f"Nhóm {kind}", slug=f"nhom-{kind}", kind=kind, locale=Locale.get_default()
            )
        )
    home = group.add_child(instance=OrganisationHomePage(title=name, slug=code, locale=Locale.get_default()))
    Site.objects.create(hostname=f"{code}.localhost", root_page=home)
    collection = Collection.objects.get(depth=1).add_child(instance=Collection(name=name))
    return Organisation.objects.create(
        name=name, short_name=name, code=code, kind=kind, home_page=home, collection=collection
    )


def make_person(username, organisation, role):
    """Someone who holds `role` at `organisation`."""
    user = get_user_model().objects.create_user(username, f"{username}@example.org", "mat-khau-thu-nghiem")
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def make_section(organisation, title="Tin tức"):
    """A news section of the organisation's site."""
    return organisation.home_page.add_child(instance=NewsSectionPage(title=title, show_in_menus=True))


def make_article(section, title, **fields):
    """An article in `section`, live unless told otherwise."""
    return section.add_child(instance=NewsPage(title=title, **({"lead": f"Sapo của {title}"} | fields)))


def make_alert(organisation, text, **fields):
    """An alert that holds now and for an hour, unless told otherwise."""
    now = timezone.now()
    return Alert.objects.create(
        organisation=organisation, text=text, **({"starts": now, "ends": now + timedelta(hours=1)} | fields)
    )


def make_moderated_portal():
    """The province and two agencies under the shared workflows, each with people; returned by name."""
    province = make_organisation("quangngai", "Văn phòng UBND tỉnh", Organisation.Kind.PROVINCE)
    building = make_organisation("soxaydung", "Sở Xây dựng")
    health = make_organisation("soyte", "Sở Y tế")
    assign_workflow(HOME, province.home_page)
    assign_workflow(COMPONENT, building.home_page.get_parent())
    return SimpleNamespace(
        province=province,
        building=building,
        health=health,
        section=make_section(building),
        editor=make_person("editor", building, Role.EDITOR),
        approver=make_person("approver", building, Role.APPROVER),
        second_approver=make_person("approver2", building, Role.APPROVER),
        stranger=make_person("stranger", health, Role.APPROVER),
        secretary=make_person("secretary", province, Role.SECRETARY),
        board=make_person("board", province, Role.BOARD),
        operator=make_person("operator", province, Role.OPERATOR),
    )


def submit(page, user):
    """Hand `page` in as its editor does; gives the workflow state."""
    page.save_revision(user=user)
    return page.get_workflow().start(page, user)


def make_waiting_article(portal, title="Khởi công cầu mới"):
    """A draft of the editor, waiting for the approvers of Sở Xây dựng; gives article and step."""
    article = make_article(portal.section, title, live=False, owner=portal.editor)
    return article, submit(article, portal.editor).current_task_state.specific
