"""Subjects and authors stand in Vietnamese order wherever they are listed."""

from django.test import TestCase

from news.models import Category, Contributor
from tests.factories import make_article, make_moderated_portal

HOST = {"host": "localhost"}
ORDERED = ["Dân ca", "Đất đai", "Tư pháp"]


class NameOrderTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        for number, name in enumerate(reversed(ORDERED)):
            category = Category.objects.create(name=name, slug=f"c-{number}")
            Contributor.objects.create(organisation=cls.portal.building, pen_name=name)
            make_article(cls.portal.section, f"Tin {name}", category=category)

    def assert_ordered(self, address, wanted):
        text = self.client.get(address, headers=HOST).content.decode()
        self.assertEqual(sorted(ORDERED, key=text.index), wanted)

    def test_readers_choice_of_subjects(self):
        response = self.client.get("/tin-bai/", headers={"host": "soxaydung.localhost"})
        self.assertEqual([choice["label"] for choice in response.context["categories"]], ORDERED)

    def test_editors_choice_of_subjects_and_authors(self):
        self.client.force_login(self.portal.editor)
        address = f"/admin/pages/add/news/newspage/{self.portal.section.pk}/"
        form = self.client.get(address, headers=HOST).context["form"]
        self.assertEqual([label for _value, label in form.fields["category"].choices][1:], ORDERED)
        authors = form.formsets["bylines"].empty_form.fields["contributor"]
        self.assertEqual([label for _value, label in authors.choices][1:], ORDERED)

    def test_screens__also_by_the_column_of_the_name(self):
        self.client.force_login(self.portal.operator)
        for address, column in (("/admin/linh-vuc/", "name"), ("/admin/tac-gia/", "pen_name")):
            with self.subTest(address=address):
                self.assert_ordered(address, ORDERED)
                self.assert_ordered(f"{address}?ordering=-{column}", ORDERED[::-1])

    def test_name__that_was_changed_moves(self):
        category = Category.objects.get(name="Dân ca")
        category.name = "Y tế"
        category.save()
        self.assertEqual([row.name for row in Category.objects.all()], ["Đất đai", "Tư pháp", "Y tế"])
