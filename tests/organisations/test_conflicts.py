"""Of two that write the same at once the second reads a sentence; mistakes of ours are not hidden by it."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms import Form
from django.http import HttpResponse
from django.test import TestCase
from django.views.generic import FormView

from organisations.conflicts import AT_ONCE, SaysRaces, refusing_races
from organisations.models import Membership, Role
from tests.factories import make_organisation, make_person


class RacesTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.building = make_organisation("soxaydung", "Sở Xây dựng")
        cls.person = make_person("dao", cls.building, Role.EDITOR)

    def add(self, role=Role.EDITOR, **fields):
        return Membership.objects.create(user=self.person, organisation=self.building, role=role, **fields)

    def test_same_row_again__refused_with_the_sentence(self):
        with self.assertRaises(ValidationError) as caught, refusing_races("Đã có rồi."):
            self.add()
        self.assertEqual(caught.exception.messages, ["Đã có rồi."])

    def test_refused__takes_back_what_was_written_before(self):
        with self.assertRaises(ValidationError), refusing_races():
            self.add(Role.AUTHOR)
            self.add()
        self.assertEqual(self.person.memberships.count(), 1)

    def test_unknown_role_or_empty_column__is_a_mistake_and_raised(self):
        for fields in ({"role": "khong-co"}, {"role": None}):
            with self.subTest(fields), self.assertRaises(IntegrityError), refusing_races():
                self.add(**fields)

    def test_nothing_wrong__is_written(self):
        with refusing_races():
            self.add(Role.AUTHOR)
        self.assertEqual(self.person.memberships.count(), 2)


class ScreenTest(RacesTest):
    def submit(self, work):
        class Screen(SaysRaces, FormView):
            form_class = Form

            def carry_out(self, form):
                work()
                return HttpResponse("lưu rồi")

            def form_invalid(self, form):
                return HttpResponse(" ".join(form.non_field_errors()), status=422)

        view = Screen()
        view.request = None
        form = Form({})
        form.is_valid()
        return view.form_valid(form)

    def test_race__stands_in_the_form(self):
        response = self.submit(self.add)
        self.assertEqual((response.status_code, response.content.decode()), (422, str(AT_ONCE)))

    def test_rule__stands_in_the_form(self):
        def refuse():
            raise ValidationError("Không được.")

        self.assertEqual(self.submit(refuse).content.decode(), "Không được.")

    def test_saved__answers(self):
        self.assertEqual(self.submit(lambda: None).content.decode(), "lưu rồi")
