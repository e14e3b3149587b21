"""Forms arrive composed, after the CSRF check; who is not signed in sends little."""

import json
import unicodedata

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory, TestCase

from qnportal import text as module
from qnportal.text import MOST_OF_THE_ANONYMOUS, ComposedTextMiddleware, compose_query, composed_value
from tests.factories import make_organisation

HOST = {"host": "soxaydung.localhost"}


class Person:
    is_authenticated = False


def sent(**data):
    """The request as a view gets it."""
    request = RequestFactory().post("/?q=" + unicodedata.normalize("NFD", "luật"), data)
    request.user = Person()
    middleware = ComposedTextMiddleware(lambda request: HttpResponse())
    assert middleware(request).status_code == 200
    middleware.process_view(request, None, (), {})
    return request


def test_form__is_composed_with_the_names_of_its_files():
    name = unicodedata.normalize("NFD", "Ảnh lễ hội.jpg")
    request = sent(title=unicodedata.normalize("NFD", "Thử \x02 ký tự"), file=SimpleUploadedFile(name, b"x"))
    assert request.POST["title"] == "Thử ký tự"
    assert request.GET["q"] == "luật"
    assert request.FILES["file"].name == "Ảnh lễ hội.jpg"


def test_rich_text__behind_its_escapes():
    value = json.dumps({"blocks": [{"text": "Thử \x02 ký\u200b tự", "depth": 0}]})
    assert json.loads(composed_value(value)) == {"blocks": [{"text": "Thử ký tự", "depth": 0}]}
    assert composed_value('{"a": "\\u0002') == '{"a": "\\u0002'


def test_query__that_is_composed_is_left_alone():
    data = RequestFactory().get("/?q=a&q=b").GET
    assert compose_query(data) is data


@pytest.mark.django_db
class OrderTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_organisation("soxaydung", "Sở Xây dựng")

    def test_forged_form__is_refused_before_its_text_is_looked_at(self):
        client, looked = Client(enforce_csrf_checks=True), []
        original, module.compose_query = module.compose_query, lambda data: looked.append(data) or original(data)
        self.addCleanup(setattr, module, "compose_query", original)
        response = client.post("/", {"username": "\u0301" * 1000}, headers=HOST)
        assert response.status_code == 403
        assert [data for data in looked if data] == []

    def test_much__is_taken_of_who_is_signed_in_only(self):
        data = {"username": "a" * (MOST_OF_THE_ANONYMOUS + 1)}
        response = self.client.post("/admin/login/", data, headers=HOST)
        assert response.status_code == 413
        assert "dài quá mức" in response.content.decode()
        self.client.force_login(get_user_model().objects.create_user("an"))
        assert self.client.post("/admin/login/", data, headers=HOST).status_code != 413
