"""Fills in every form that a person finds on the own site with another site's numbers, found by the kind of the field."""

import logging

from django.contrib.contenttypes.models import ContentType
from django.test import TestCase
from django.urls import reverse
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.contrib.settings.registry import registry
from wagtail.models import Page, Revision, Site, get_page_models

from home.admin.references import references_of
from organisations.models import Role
from tests.factories import make_article, make_person

from .forms import filled_in
from .planting import plant
from .test_crawl import HOST, SPELLINGS


class FormsTest(TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        logging.disable(logging.ERROR)
        cls.addClassCleanup(logging.disable, logging.NOTSET)

    @classmethod
    def setUpTestData(cls):
        cls.portal, cls.foreign = plant()
        cls.own = make_article(cls.portal.section, "Bài của mình", live=False)
        cls.site = Site.objects.get(root_page=cls.portal.building.home_page)

    def addresses(self):
        """Of the forms of the own site: new pages of every type below every own page, own pages, settings, own rows."""
        own = Page.objects.filter(path__startswith=self.portal.building.home_page.path).specific()
        seen = set()
        for page in own:
            yield reverse("wagtailadmin_pages:edit", args=[page.pk])
            for model in get_page_models():
                if model.can_create_at(page) and model not in seen:
                    seen.add(model)
                    yield reverse(
                        "wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, page.pk]
                    )
        for model in registry:
            yield reverse("wagtailsettings:edit", args=[model._meta.app_label, model._meta.model_name, self.site.pk])
        for viewset in viewsets.viewsets:
            if isinstance(viewset, ModelViewSet):
                yield reverse(viewset.get_url_name("add"))

    def forms(self):
        """(address, form) of all that the person who has signed in may open."""
        for address in self.addresses():
            answer = self.client.get(address, headers=HOST)
            if answer.status_code == 200 and answer.context and "form" in answer.context:
                yield address, answer.context["form"]

    def fill_in(self, role):
        """What was told of the planted things, or taken up; and in how many places a number was written."""
        self.client.force_login(make_person(f"filler-{role}", self.portal.building, role))
        self.client.raise_request_exception = False
        found, places = [], 0
        for address, form in self.forms():
            for place, data in filled_in(form, self.foreign):
                places += 1
                answers = [self.client.post(address, data, headers=HOST, follow=True)]
                if "/pages/" in address:
                    answers += self.preview(address, data)
                if any(spelling in answer.content for answer in answers for spelling in SPELLINGS):
                    found.append(f"{address} tells of {place}")
                found += [f"{address}: {place} answers {one.status_code}" for one in answers if one.status_code >= 500]
        return found + self.taken_up(), places

    def preview(self, address, data):
        preview = address.replace("/add/", "/add-preview/") if "/add/" in address else address
        parts = preview.strip("/").split("/")
        name, args = ("preview_on_edit", [parts[2]]) if parts[-1] == "edit" else ("preview_on_add", parts[-3:])
        url = reverse(f"wagtailadmin_pages:{name}", args=args)
        return [self.client.post(url, data, headers=HOST), self.client.get(url, headers=HOST, follow=True)]

    def taken_up(self):
        """The drafts of the own site that refer to a planted thing."""
        planted = {
            (ContentType.objects.get_for_model(thing, for_concrete_model=True).pk, str(thing.pk))
            for thing in (self.foreign.draft.page_ptr, self.foreign.image, self.foreign.file, self.foreign.contributor)
        }
        own = Page.objects.filter(path__startswith=self.portal.building.home_page.path).values_list("pk", flat=True)
        drafts = Revision.objects.filter(object_id__in=[str(pk) for pk in own]).order_by("-pk")
        return [
            f"{draft} refers to {planted & set(references_of(draft.as_object()))}"
            for draft in drafts
            if planted & set(references_of(draft.as_object()))
        ]

    def test_editor__takes_up_nothing_of_another_organisation(self):
        found, places = self.fill_in(Role.EDITOR)
        self.assertEqual(found, [])
        self.assertGreater(places, 30)

    def test_manager__takes_up_nothing_of_another_organisation(self):
        found, places = self.fill_in(Role.MANAGER)
        self.assertEqual(found, [])
        self.assertGreater(places, 0)
