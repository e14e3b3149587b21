"""Signs in as each role of one site and walks every address of the admin with ids of another site: nothing shows, nothing changes."""

import json
import logging

from django.test import TestCase
from wagtail.admin.models import EditingSession
from wagtail.models import Locale, Site, Workflow

from documents.models import Field
from editorial.models import OrganisationApprovalTask
from organisations.models import Role
from organisations.owned import scopes
from tests.editorial.support import read_by_approver
from tests.factories import make_person
from translation.models import Term
from translation.segments import stamp

from .addresses import LEFT_OUT, filled, routes
from .planting import MARK, owned_rows, plant, snapshot

HOST = {"host": "localhost"}
# As HTML shows it, as JSON writes it, and as the name of a person who signs in.
SPELLINGS = [MARK.encode(), json.dumps(MARK)[1:-1].encode()]
OWN_ROLES = [role for role in Role if role not in Role.of_province()]
# The operator meets everything, and is left out.
PROVINCE_ROLES = [role for role in Role if role in Role.of_province() - {Role.OPERATOR}]


def foreign_values(portal, foreign):
    """What each parameter of an address can name at the other organisation."""
    pages = [foreign.draft.pk, foreign.live.pk, foreign.document.pk]
    site = Site.objects.get(root_page=foreign.home)
    step = foreign.state.current_task_state
    revision = foreign.draft.get_latest_revision().pk
    session = EditingSession.objects.create(
        user=foreign.editor, content_object=foreign.draft, last_seen_at="2026-01-01T00:00:00Z"
    )
    return {
        "admin/": {
            "page_id": [*pages, foreign.waiting.pk],
            "page_pk": pages,
            "parent_page_id": [foreign.section.pk, foreign.home.pk],
            "page_to_move_id": [foreign.draft.pk],
            "destination_id": [portal.section.pk],
            "content_type_app_name": ["news"],
            "content_type_model_name": ["newspage"],
            "action_name": ["approve", "reject", "override"],
            "task_state_id": [step.pk],
            "task_id": [step.task_id],
            "revision_id": [revision],
            "revision_id_a": ["earliest"],
            "revision_id_b": ["latest"],
            "workflow_state_id": [foreign.state.pk],
            "workflow_pk": [Workflow.objects.first().pk],
            "collection_id": [foreign.organisation.collection_id],
            "image_id": [foreign.image.pk],
            "document_id": [foreign.file.pk],
            "doc_id": [foreign.file.pk],
            "uploaded_file_id": [1],
            "redirect_id": [foreign.redirect.pk],
            "filter_spec": ["max-100x100"],
            "step_id": [step.pk],
            "proposal_id": [1],
            "publication_id": [foreign.publication.pk],
            "relation_id": [foreign.relation.pk],
            "session_id": [session.pk],
            "upload_id": [foreign.upload.pk],
            "orders_id": [foreign.orders.pk],
            "change_id": [foreign.change.pk],
            "work_id": [foreign.work.pk],
            "organisation_id": [foreign.organisation.pk],
            "object_id": pages,
            "uidb64": ["MQ"],
            "token": ["x"],
        },
    } | values_by_prefix(foreign, pages, site)


def values_by_prefix(foreign, pages, site):
    """The parameters that mean other things below one address than elsewhere."""
    return {
        "admin/api/main/^pages/": {
            "pk": pages,
            "action_name": ["copy", "delete", "publish", "unpublish", "move", "revert_to_page_revision"],
        },
        "admin/api/main/^images/": {"pk": [foreign.image.pk]},
        "admin/api/main/^documents/": {"pk": [foreign.file.pk]},
        "admin/bulk/": {
            "app_label": ["wagtailcore", "home", "commune_sites"],
            "model_name": ["page", "portalimage", "portalfile", "user"],
            "action": ["delete", "move", "publish", "unpublish", "add_tags", "add_to_collection", "set_active_state"],
        },
        "admin/pages/": {"pk": pages, "app_label": ["news"], "model_name": ["newspage"]},
        "admin/tag-autocomplete/": {"app_name": ["taggit"], "model_name": ["tag"]},
        "admin/collections/": {"pk": [foreign.organisation.collection_id]},
        "admin/workflows/": {
            "pk": [Workflow.objects.first().pk],
            "app_label": ["editorial"],
            "model_name": ["organisationapprovaltask"],
        },
        "admin/workflows/tasks/": {"pk": [OrganisationApprovalTask.objects.first().pk]},
        "admin/workflows/tasks/add/": {"app_label": ["editorial"], "model_name": ["organisationapprovaltask"]},
        "admin/editing-sessions/": {"app_label": ["news"], "model_name": ["newspage"]},
        "admin/localize/": {
            "app_label": ["news"],
            "model_name": ["category"],
            "pk": [1],
            "mode": ["default"],
            "translation_source_id": [foreign.work.translation.source_id],
            "translation_id": [foreign.work.translation_id],
            "string_segment_id": [foreign.segment.pk],
            "overridable_segment_id": [1],
        },
        "admin/thuat-ngu/": {"pk": [Term.objects.create(vi="sở", en="department").pk]},
        "admin/settings/": {
            "app_name": ["home", "search"],
            "model_name": ["sitesettings", "promotions"],
            "pk": [site.pk],
        },
        "admin/locales/": {"pk": [Locale.objects.first().pk]},
        "admin/sites/": {"pk": [site.pk]},
        "admin/users/": {"pk": [foreign.editor.pk]},
        "admin/nguoi-dung/": {"membership_id": [foreign.editor.memberships.get().pk]},
        "admin/tac-gia/": {"pk": [foreign.contributor.pk]},
        "admin/co-quan-ban-hanh/": {"pk": [foreign.document.first_issuer_id]},
        "admin/linh-vuc-van-ban/": {"pk": [Field.objects.create(name="Y tế", slug="y-te").pk]},
        "admin/han-dang-van-ban/": {"pk": [foreign.deadline.pk]},
        "admin/thong-bao-khan/": {"pk": [foreign.alert.pk]},
        "admin/ngay-nghi/": {"pk": [foreign.holiday.pk]},
        "admin/linh-vuc/": {"pk": [foreign.live.category_id]},
        "admin/groups/": {"pk": [1]},
        "admin/documents/chooser/": {"pk": [foreign.file.pk]},
        "admin/images/chooser/": {"pk": [foreign.image.pk]},
    }


def site_data(foreign):
    """What the screens of sites, alerts and shared pages ask for."""
    return {
        "closing": [foreign.organisation.pk],
        "organisations": [foreign.organisation.pk],
        "kinds": ["agency"],
        "text": "Đã bị sửa",
        "starts": "2030-01-01 00:00",
        "ends": "2030-01-02 00:00",
        "date": "2030-01-01",
        "confirm": "1",
        "label": "da-bi-sua",
        "source": foreign.draft.pk,
        f"text-{foreign.segment.pk}": "Đã bị sửa",
        f"seen-{foreign.segment.pk}": stamp(""),
    }


def plausible_data(portal, foreign):
    """One set of fields that many forms would accept."""
    formsets = {
        f"{name}-{field}": 0
        for name in (
            "bylines",
            "comments",
            "document_issuers",
            "files",
            "relations",
            "results",
            "workflow_pages",
            "workflow_tasks",
        )
        for field in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    words = dict.fromkeys(
        ("title", "name", "lead", "comment", "note", "full_name", "new_title", "tags", "pen_name"), "Đã bị sửa"
    )
    return (
        formsets
        | words
        | site_data(foreign)
        | {
            "slug": "da-bi-sua",
            "new_slug": "da-bi-sua",
            "genre": "tin",
            "body-count": 0,
            "action": "approve",
            "tra-loi": "xac-nhan",
            "action-publish": "1",
            **read_by_approver(foreign.waiting),
            "new_parent_page": portal.section.pk,
            "collection": portal.building.collection_id,
            "restriction_type": "login",
            "role": "manager",
            "organisation": foreign.organisation.pk,
            "user": foreign.editor.pk,
            "email": "da-bi-sua@example.org",
            "is_superuser": "on",
            "is_active": "",
            "official_name": "Đã bị sửa",
            "theme": "bien",
            "old_path": "/da-bi-sua",
            "hostname": "da-bi-sua.localhost",
            "root_page": foreign.home.pk,
            "target_locale": Locale.objects.first().pk,
            "locales": [Locale.objects.first().pk],
            "workflow": Workflow.objects.first().pk,
            "page": foreign.draft.pk,
            "external-link-chooser-url": "x",
        }
    )


class CrawlTest(TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Thousands of refusals are what is asked for here; their log lines would hide the one that matters.
        logging.disable(logging.ERROR)
        cls.addClassCleanup(logging.disable, logging.NOTSET)

    @classmethod
    def setUpTestData(cls):
        cls.portal, cls.foreign = plant()
        cls.values = foreign_values(cls.portal, cls.foreign)
        cls.data = plausible_data(cls.portal, cls.foreign)
        cls.addresses = [
            address for route in routes() if route not in LEFT_OUT for address in filled(route, cls.values)
        ]

    def crawl(self, user):
        """Addresses that answered with a planted name or failed, by GET with and without a query, and by POST."""
        self.client.raise_request_exception = False
        self.client.force_login(user)
        ids = [self.foreign.draft.pk, self.foreign.image.pk, self.foreign.file.pk, self.foreign.editor.pk]
        query = {
            "q": "kin",
            "id": ids,
            "collection_id": self.foreign.organisation.collection_id,
            "user": self.foreign.editor.pk,
            "child_of": self.foreign.section.pk,
            "term": "kin",
            "search_all": "1",
            "object_id": self.foreign.draft.pk,
            "don-vi": self.foreign.organisation.code,
            "organisation": self.foreign.organisation.pk,
            "reviewable": "true",
        }
        found = []
        for address in self.addresses:
            for method, data in (("get", {}), ("get", query), ("post", self.data)):
                response = getattr(self.client, method)(address, data, headers=HOST)
                body = b"" if response.streaming else response.content
                if any(spelling in body for spelling in SPELLINGS):
                    found.append(f"{method.upper()} {address} shows a planted name")
                if response.status_code >= 500:
                    found.append(f"{method.upper()} {address} answers {response.status_code}")
        return found

    def assert_isolated(self, user):
        before = snapshot(self.foreign)
        found = self.crawl(user)
        after = snapshot(self.foreign)
        changed = [name for name in before if before[name] != after[name]]
        self.assertEqual(sorted(set(found)) + [f"{name} changed" for name in changed], [])

    def test_planting__has_a_row_of_every_owned_model(self):
        missing = [model for model in scopes if not owned_rows(model, self.foreign.organisation).exists()]
        self.assertEqual(missing, [])

    def test_crawl__reaches_the_screens_at_all(self):
        self.assertGreater(len(self.addresses), 250)
        self.client.force_login(self.foreign.editor)
        own = self.client.get(f"/admin/pages/{self.foreign.draft.pk}/edit/", headers=HOST)
        self.assertContains(own, MARK)


def add_role(role, at):
    def test(self):
        self.assert_isolated(make_person(f"crawler-{role}", getattr(self.portal, at), role))

    name = "" if at == "building" else f"{at}_"
    setattr(CrawlTest, f"test_{name}{role.value}__meets_nothing_of_another_organisation", test)


for own_role in OWN_ROLES:
    add_role(own_role, "building")
for own_role in (Role.EDITOR, Role.MANAGER):
    add_role(own_role, "commune")
for province_role in PROVINCE_ROLES:
    add_role(province_role, "province")
