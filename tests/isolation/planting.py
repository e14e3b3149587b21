"""Two organisations, one of which holds planted names that people of the other must never meet."""

import datetime
import json
from types import SimpleNamespace

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import Q
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    Locale,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    PageViewRestriction,
    Revision,
    Site,
    TaskState,
    WorkflowPage,
    WorkflowState,
)
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from commune_sites.models import SiteOrders
from commune_sites.provisioning import Order, provision
from documents.models import DocumentPage, Field, Issuer, PublicHoliday, PublishingDeadline, Relation, RelationAnswer
from editorial.models import HomeProposal, Publication, TakedownRequest
from home.media.models import PortalFile, PortalImage
from home.models import SharedPage, SiteSettings
from importing.models import DocumentUpload, ImportedItem
from news.models import Category, Contributor, NewsPage
from organisations.models import (
    AnnualFigure,
    Change,
    FormerHost,
    FormerName,
    MembershipEvent,
    Organisation,
    Role,
    User,
)
from organisations.owned import scopes
from search.models import AskedWords, PromotedResult, Promotions
from tests.documents.support import make_document, make_register
from tests.factories import (
    make_alert,
    make_article,
    make_moderated_portal,
    make_person,
    make_section,
    make_waiting_article,
    submit,
)
from translation.models import Work

MARK = "Kín7Q"


def plant():
    """The moderated portal with Sở Y tế full of marked things; people of Sở Xây dựng and of the province look for them."""
    portal = make_moderated_portal()
    # A commune opened as the portal opens them: below its own group, parts copied from a template.
    portal.commune, _made = provision(Order("commune", "Xã Bình Minh", "xa-binhminh"), public=True)
    health = portal.health
    section = make_section(health, f"{MARK} chuyên mục")
    editor = make_person(f"{MARK}-editor", health, Role.EDITOR)
    draft = make_article(section, f"{MARK} bản nháp", live=False, owner=editor)
    draft.save_revision(user=editor, log_action=True)
    subject = Category.objects.create(name="Y tế", slug="y-te")
    live = make_article(section, f"{MARK} đang đăng", owner=editor, lead=f"{MARK} sapo", category=subject)
    live.save_revision(user=editor, log_action=True).publish()
    live.title = f"{MARK} sửa chưa đăng"
    live.save_revision(user=editor, log_action=True)
    waiting = make_article(section, f"{MARK} chờ duyệt", live=False, owner=editor)
    state = submit(waiting, editor)
    locked = make_article(section, f"{MARK} bị khóa", live=False, owner=editor, locked=True, locked_by=editor)
    Comment.objects.create(page=draft.page_ptr, user=editor, text=f"{MARK} ý kiến", contentpath="title")
    image = PortalImage.objects.create(
        title=f"{MARK} ảnh", file=get_test_image_file(), collection=health.collection, uploaded_by_user=editor
    )
    file = PortalFile.objects.create(
        title=f"{MARK} tệp",
        file=ContentFile(b"%PDF-1.4", "kin.pdf"),
        collection=health.collection,
        uploaded_by_user=editor,
    )
    settings = SiteSettings.objects.create(
        site=Site.objects.get(root_page=health.home_page), official_name="Sở Y tế", telephone=f"{MARK} điện thoại"
    )
    promotions = Promotions.objects.create(site=settings.site)
    PromotedResult.objects.create(promotions=promotions, phrases=MARK, title=f"{MARK} đưa lên đầu", page=draft)
    contributor = Contributor.objects.create(organisation=health, pen_name=f"{MARK} bút danh")
    redirect = Redirect.objects.create(old_path=f"/{MARK.lower()}", redirect_link="/x", site=settings.site)
    kept = plant_kept(health, live, editor)
    for thing in (image, file, contributor, settings):
        log(instance=thing, action="wagtail.edit", user=editor, title=f"{MARK} nhật ký")
    make_waiting_article(portal, "Bài chờ của Sở Xây dựng")
    return portal, SimpleNamespace(
        organisation=health,
        home=health.home_page,
        section=section,
        editor=editor,
        draft=draft,
        live=live,
        waiting=waiting,
        locked=locked,
        state=state,
        image=image,
        file=file,
        settings=settings,
        contributor=contributor,
        redirect=redirect,
        **kept,
        **plant_documents(portal, editor),
        **plant_translation(live),
    )


def plant_kept(health, page, editor):
    """What is asked about the page, what has still to follow its publication, and rows that no list of others shows."""
    FormerName.objects.create(
        organisation=health, name="Ty Y tế", short_name="Ty Y tế", valid_to=datetime.date(1990, 1, 1)
    )
    FormerHost.objects.create(organisation=health, hostname="ty-y-te.localhost")
    AnnualFigure.objects.create(organisation=health, year=2017, items=3)
    ImportedItem.objects.create(organisation=health, external_id="kin-1", digest="", page=page.page_ptr)
    SharedPage.objects.create(page=page.page_ptr, owner=health, by=editor)
    withdrawn = HomeProposal.Status.WITHDRAWN
    HomeProposal.objects.create(page=page.page_ptr, source=health, note=f"{MARK} đề nghị", status=withdrawn)
    takedown = TakedownRequest(page=page.page_ptr, note=f"{MARK} lý do gỡ")
    takedown.submit(editor)
    title = f"{MARK} việc sau khi đăng"
    publication = Publication.objects.create(page_id=page.pk, title=title, event="published")
    return {"takedown": takedown, "publication": publication}


def owned_rows(model, organisation):
    """The rows of a model of organisations.owned that belong to `organisation`."""
    fields = [
        field.name for field in model._meta.get_fields() if field.related_model is Organisation and field.concrete
    ]
    belongs = Q()
    for name in fields:
        belongs |= Q(**{name: organisation})
    return model._default_manager.filter(pk__in=model._default_manager.filter(belongs).values("pk"))


def plant_translation(page):
    """A page on its way into English, on a site whose English is off, so that no translator works on it."""
    english, _made = Locale.objects.get_or_create(language_code="en")
    source, _made = TranslationSource.update_or_create_from_instance(NewsPage.objects.get(pk=page.pk))
    translation = Translation.objects.create(source=source, target_locale=english, enabled=False)
    work = Work.objects.create(page=page.page_ptr, title=f"{MARK} đang dịch", translation=translation)
    return {"work": work, "segment": source.stringsegment_set.first()}


def plant_documents(portal, editor):
    """What the register of Sở Y tế holds, and the province's own tables, by name."""
    register, health = make_register(portal.health), portal.health
    document = make_document(
        register, "77/QĐ-SYT", "1/1/2018", issuers=["Sở Y tế"], abstract=f"{MARK} văn bản", live=False
    )
    # As documents.standing keeps them: no revision may.
    [relation] = Relation.objects.bulk_create(
        [Relation(page=document, kind="repeals", target_number=f"{MARK} 78/QĐ-SYT", asks=health)]
    )
    RelationAnswer.objects.create(
        page=document, target=document, kind="repeals", agreed=False, organisation=health, by=editor
    )
    make_register(portal.building)
    upload = DocumentUpload.objects.create(
        organisation=health, user=editor, name=f"{MARK} bảng.xlsx", lines=[[2, {"kind": "document", "title": MARK}]]
    )
    deadline = PublishingDeadline.objects.create(
        valid_from=datetime.date(2011, 10, 1), own_days=2, other_days=10, basis="Nghị định 43/2011/NĐ-CP"
    )
    holiday = PublicHoliday.objects.create(day=datetime.date(2018, 2, 16), name="Tết")
    month = datetime.date(2026, 10, 1)
    AskedWords.objects.create(organisation=health, month=month, words=f"{MARK} đã tìm", times=3)
    orders = SiteOrders.objects.create(user=portal.operator, name=f"{MARK} bảng mở trang.xlsx", lines=[])
    change = Change.objects.create(kind="close", date=datetime.date(2031, 1, 1), basis=f"{MARK} căn cứ")
    change.organisations.set([health])
    names = {"document": document, "relation": relation, "upload": upload, "deadline": deadline, "holiday": holiday}
    alert = make_alert(health, f"{MARK} báo khẩn")
    return names | {"orders": orders, "change": change, "alert": alert}


def snapshot(foreign):
    """Everything of the planted organisation as the database has it, to tell afterwards whether anything changed."""
    pages = Page.objects.filter(path__startswith=foreign.home.path)
    ids = list(pages.values_list("pk", flat=True))
    texts = [str(pk) for pk in ids]
    page_type = ContentType.objects.get_for_model(Page)
    of_pages = {"base_content_type": page_type, "object_id__in": texts}
    querysets = [
        pages,
        NewsPage.objects.filter(pk__in=ids),
        DocumentPage.objects.filter(pk__in=ids),
        Relation.objects.filter(page__in=ids),
        Issuer.objects.all(),
        Field.objects.all(),
        DocumentUpload.objects.all(),
        PublishingDeadline.objects.all(),
        PublicHoliday.objects.all(),
        Revision.objects.filter(**of_pages),
        WorkflowState.objects.filter(**of_pages),
        TaskState.objects.filter(workflow_state__in=WorkflowState.objects.filter(**of_pages)),
        PageLogEntry.objects.filter(page__in=ids),
        PageViewRestriction.objects.filter(page__in=ids),
        PageSubscription.objects.filter(page__in=ids),
        WorkflowPage.objects.all(),
        Comment.objects.filter(page__in=ids),
        EditingSession.objects.filter(content_type__app_label__in=["news", "home", "wagtailcore"], object_id__in=texts),
        Publication.objects.filter(page_id__in=ids),
        PortalImage.objects.filter(collection=foreign.organisation.collection),
        PortalFile.objects.filter(collection=foreign.organisation.collection),
        ModelLogEntry.objects.filter(label__contains=MARK),
        Category.objects.all(),
        MembershipEvent.objects.filter(membership__organisation=foreign.organisation),
        User.objects.filter(memberships__organisation=foreign.organisation),
        User.objects.filter(is_superuser=True),
        Organisation.objects.filter(pk=foreign.organisation.pk),
        SiteSettings.objects.filter(pk=foreign.settings.pk),
        PromotedResult.objects.all(),
        Site.objects.all(),
        Redirect.objects.all(),
        SiteOrders.objects.all(),
        Change.objects.all(),
        Work.objects.filter(page__in=ids),
        StringTranslation.objects.all(),
        *(owned_rows(model, foreign.organisation) for model in scopes),
    ]
    return {
        f"{number} {queryset.model.__name__}": json.dumps(list(queryset.order_by("pk").values()), default=str)
        for number, queryset in enumerate(querysets)
    }
