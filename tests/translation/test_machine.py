"""Machine translation by a service of LibreTranslate's kind, here a small real server: its help, its limits, its failures."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from home.kept import forget
from tests.home.hostile import HOSTILE
from translation import machine, work
from translation.segments import rows_of

from .support import english_of, make_edition

pytestmark = pytest.mark.django_db
HOST = {"host": "quangngai.localhost"}


class Service:
    """Answers POST /translate as `answer(texts)` says: a list, or (status, body)."""

    def __init__(self):
        self.answer, self.asked = lambda texts: [english_of(text) for text in texts], []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["q"]
                service.asked += texts
                answer = service.answer(texts)
                status, body = answer if isinstance(answer, tuple) else (200, json.dumps({"translatedText": answer}))
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def service(settings):
    service = Service()
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
        "OPTIONS": {"LIBRETRANSLATE_URL": service.url, "API_KEY": "", "TIMEOUT": 1},
    }
    yield service
    service.server.shutdown()
    service.server.server_close()


@pytest.fixture
def portal():
    forget()
    return make_edition()


@pytest.fixture
def one(portal):
    return work.begin(portal.article, user=portal.translator)


@pytest.fixture
def ask(portal, client, one):
    client.force_login(portal.translator)

    def post():
        url = reverse("translation:machine", args=[one.pk])
        return client.post(url, headers=HOST, follow=True)

    return post


def rows(one):
    return rows_of(one.translation.source)


def test_off_unless_configured(one, ask, client):
    assert ask().status_code == 404
    body = client.get(reverse("translation:work", args=[one.pk]), headers=HOST).content.decode()
    assert "Máy dịch phần còn lại" not in body


def test_proposals__are_marked_and_wait_to_be_looked_at(service, one, ask, portal):
    assert "Máy đã dịch 4 đoạn" in ask().content.decode()
    assert all(row.is_machine for row in rows(one))
    with pytest.raises(ValidationError, match="4 chỗ chưa xong"):
        work.submit(one, portal.translator)
    looked = {row.pk: work.Typed(row.text, row.seen, is_looked_at=True) for row in rows(one)[:3]}
    work.save(one, looked, portal.translator)
    assert [row.is_machine for row in rows(one)] == [False, False, False, True]


def test_changed_by_hand__counts_as_looked_at(service, one, ask, portal):
    ask()
    row = rows(one)[0]
    work.save(one, {row.pk: work.Typed("By hand", row.seen)}, portal.translator)
    assert not rows(one)[0].is_machine


def test_what_is_translated_already__is_not_sent(service, one, ask, portal):
    row = rows(one)[0]
    work.save(one, {row.pk: work.Typed("By hand", row.seen)}, portal.translator)
    ask()
    assert row.source not in service.asked
    assert rows(one)[0].text == "By hand"


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (lambda texts: (500, "loi"), "Không gọi được dịch vụ dịch máy"),
        (lambda texts: (200, "<html>"), "Không gọi được dịch vụ dịch máy"),
        (lambda texts: (200, "{}"), "trả lời không đúng dạng"),
        (lambda texts: texts[:1], "trả lời không đúng dạng"),
        (lambda texts: (200, '{"translatedText": "x"}'), "trả lời không đúng dạng"),
        (lambda texts: time.sleep(2) or [], "trả lời quá chậm"),
    ],
)
def test_failing_service__a_sentence_and_nothing_written(service, one, ask, answer, sentence):
    service.answer = answer
    assert sentence in ask().content.decode()
    assert not any(row.text for row in rows(one))


def test_service_down(service, one, ask):
    service.server.shutdown()
    service.server.server_close()
    assert "Không gọi được dịch vụ dịch máy" in ask().content.decode()
    service.server = Service().server


@pytest.mark.parametrize("answer", ["", None, 5, "x" * 30_000, "<b>mở"])
def test_nonsense__is_left_out(service, one, ask, answer):
    service.answer = lambda texts: [answer for _text in texts]
    ask()
    assert not any(row.text for row in rows(one))


def test_dropped_link__is_left_out(service, one, ask):
    service.answer = lambda texts: [text.replace("<a", "<x").replace("</a>", "") for text in texts]
    ask()
    assert [bool(row.text) for row in rows(one) if "<a" in row.source] == [False]


def test_hostile_answers__are_left_out(one):
    rows_before = rows_of(one.translation.source)
    assert not [markup for markup in HOSTILE for row in rows_before if machine.is_usable(row, markup)]
