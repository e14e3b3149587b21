"""A page opens the files of its own organisation alone, however it came to name another's."""

from django.test import TestCase
from wagtail.models import Collection, Site

from documents.models import DocumentFile
from home.media.models import PortalFile, PortalImage
from home.models import SiteSettings
from organisations.models import Organisation
from tests.documents.support import make_document, make_register
from tests.factories import make_article, make_moderated_portal, make_section
from tests.home.media.support import HOST, make_file, make_image


class BorderTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()

    def setUp(self):
        self.own = (make_image(self.portal.building), make_file(self.portal.building))
        self.foreign = (make_image(self.portal.health), make_file(self.portal.health, name="benh-an.pdf"))

    def article_with(self, image, file):
        """An article that names both in every way it can."""
        text = (
            f'<p><a linktype="document" id="{file.pk}">tệp</a></p>'
            f'<embed embedtype="image" id="{image.pk}" format="fullwidth" alt="a"/>'
        )
        body = [
            ("paragraph", text),
            ("image", {"image": image, "alt": "a", "caption": "", "source": ""}),
            ("files", {"title": "", "items": [file]}),
            ("video", {"title": "Video", "url": "", "file": file, "poster": image, "duration": "", "transcript": ""}),
        ]
        article = make_article(self.portal.section, "Bài", main_image=image, main_image_alt="a", body=body)
        with self.captureOnCommitCallbacks(execute=True):
            article.save()
        return article

    def status(self, item):
        url = item.file.url if isinstance(item, PortalImage) else item.url
        return self.client.get(url, headers=HOST).status_code

    def statuses(self, items):
        return [self.status(item) for item in items]

    def test_article__opens_its_own_organisations(self):
        self.article_with(*self.own)
        self.assertEqual(self.statuses(self.own), [200, 200])

    def test_article__opens_no_others_by_any_way_of_naming_them(self):
        self.article_with(*self.foreign)
        self.assertEqual(self.statuses(self.foreign), [404, 404])
        self.assertEqual(self.client.get(self.foreign[0].get_rendition("width-50").url, headers=HOST).status_code, 404)

    def test_document__opens_no_others_file(self):
        register = make_register(self.portal.building)
        for item, wanted in ((self.own[1], 200), (self.foreign[1], 404)):
            document = make_document(register, f"{wanted}/QĐ-SXD", "2/1/2025")
            DocumentFile.objects.create(page=document, file=item)
            with self.captureOnCommitCallbacks(execute=True):
                document.save()
            self.assertEqual(self.status(item), wanted)

    def test_emblem__opens_no_others_picture(self):
        site = Site.objects.get(root_page=self.portal.building.home_page)
        for item, wanted in ((self.own[0], 200), (self.foreign[0], 404)):
            SiteSettings.objects.update_or_create(site=site, defaults={"official_name": "Sở", "emblem": item})
            self.assertEqual(self.status(item), wanted)

    def test_province__shares_what_is_nobodys(self):
        root = Collection.objects.get(depth=1)
        image = make_image(self.portal.building)
        PortalImage.objects.filter(pk=image.pk).update(collection=root)
        self.article_with(image, self.own[1])
        self.assertEqual(self.status(image), 200)

    def test_province__lends_no_private_picture_to_others(self):
        image = make_image(self.portal.province)
        self.article_with(image, self.own[1])
        self.assertEqual(self.status(image), 404)

    def test_successor__opens_what_it_took_over(self):
        building, health = self.portal.building, self.portal.health
        article = make_article(make_section(health), "Bài của đơn vị mới", main_image=self.own[0], main_image_alt="a")
        article.save()
        self.assertEqual(self.status(self.own[0]), 404)
        building.successors.add(health)
        Organisation.objects.filter(pk=building.pk).update(valid_to="2025-06-30")
        building.refresh_from_db()
        building.save()
        self.assertEqual(self.status(self.own[0]), 200)

    def test_foreign__article_of_its_owner_still_opens_it(self):
        self.article_with(*self.foreign)
        make_article(make_section(self.portal.health), "Bài", main_image=self.foreign[0], main_image_alt="a").save()
        self.assertEqual(self.statuses(self.foreign), [200, 404])
        self.assertEqual(PortalFile.objects.count(), 2)
