"""A small set of judged queries over the portal's own texts; the large one is bench.relevance."""

import statistics
from pathlib import Path

import pytest
from django.conf import settings

from bench.relevance import judged
from importing.engine import Importer
from importing.jsonl import read_lines
from importing.models import ImportedItem
from search import query, rebuilding
from search.questions import Question
from tests.documents.support import make_register
from tests.factories import make_organisation

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]
TEXTS = Path(settings.BASE_DIR) / "samples" / "data" / "van-ban-that.jsonl"
PRESS, OFFICE = ("18/2014/NĐ-CP",), ("30/2020/NĐ-CP", "110/2004/NĐ-CP")
ONE_DOOR = ("61/2018/NĐ-CP", "118/2025/NĐ-CP", "107/2021/NĐ-CP", "01/2018/TT-VPCP")
PRIVACY, SECURITY, ACCESS = ("91/2025/QH15", "13/2023/NĐ-CP"), ("86/2015/QH13",), ("104/2016/QH13", "13/2018/NĐ-CP")
QUERIES = {
    "nhuận bút báo chí, xuất bản": PRESS,
    "nhuan but bao chi": PRESS,
    "chế độ nhuân but": PRESS,
    "công tác văn thư": OFFICE,
    "cong tac van thu": OFFICE,
    "coong tacs vawn thuw": OFFICE,
    "cong6 tac1 van8 thu7": OFFICE,
    "công tác văn như": OFFICE,
    "CÔNG TÁC VĂN THƯ": OFFICE,
    "co\u0302ng ta\u0301c va\u0306n thu\u031b": OFFICE,
    "cơ chế một cửa": ONE_DOOR,
    "co che mot cua lien thong": ONE_DOOR,
    "thực hiện TTHC theo cơ chế một cửa": ONE_DOOR,
    "bảo vệ DLCN": PRIVACY,
    "bao ve du lieu ca nhan": PRIVACY,
    "bảo vệ dử liệu cá nhân": PRIVACY,
    "ATTT mạng": SECURITY,
    "an toan thong tin mang": SECURITY,
    "tiếp cận thông tin": ACCESS,
    "tiêp cận thông tin": ACCESS,
    "người dân được tiếp cận thông tin theo luật nào": ACCESS,
    "43/2011/NĐ-CP": ("43/2011/NĐ-CP",),
    "nghi dinh 43/2011": ("43/2011/NĐ-CP",),
    "nđ-cp 43": ("43/2011/NĐ-CP",),
    "thông tư liên tịch 19/2012": ("19/2012/TTLT-BTC-BKH&ĐT-BTTTT",),
    "16/2017/qd-ubnd": ("16/2017/QĐ-UBND",),
    "69 bc-vp": ("69/BC-VP",),
    "luật 80/2015": ("80/2015/QH13",),
}
TYPED = {
    "cơ chế m": ONE_DOOR[:1],
    "cong tac v": OFFICE,
    "43/20": ("43/2011/NĐ-CP",),
    "nghi dinh 61/2": ("61/2018/NĐ-CP",),
    "chế độ nhuận b": PRESS,
}


@pytest.fixture
def numbers(server):
    """{page id: number} of the sample documents, which are indexed."""
    organisation = make_organisation("quangngai", "Văn phòng UBND tỉnh", "province")
    make_register(organisation)
    importer = Importer(organisation, TEXTS.parent)
    for number, line in read_lines(TEXTS):
        outcome = importer.take(number, line)
        assert outcome.page, outcome
    rebuild = rebuilding.Rebuild(server)
    rebuild.run(lambda done: None)
    rebuild.store_model()
    return {
        str(pk): name.removeprefix("van-ban-")
        for pk, name in ImportedItem.objects.values_list("page_id", "external_id")
    }


def gain(hits, numbers, wanted):
    return judged.ndcg([numbers.get(hit["id"], "") for hit in hits], dict.fromkeys(wanted, 3))


def test_judged_queries__find_what_they_mean(server, numbers):
    gains = {words: gain(query.ask(server, Question(words=words)).hits, numbers, QUERIES[words]) for words in QUERIES}
    assert statistics.mean(gains.values()) >= 0.94, {words: value for words, value in gains.items() if value < 1}


def test_suggestions__name_what_is_being_typed(server, numbers):
    gains = {typed: gain(query.suggested(server, typed), numbers, TYPED[typed]) for typed in TYPED}
    assert statistics.mean(gains.values()) >= 0.97, gains


def test_judgments__are_whole_and_of_every_kind():
    graded, asked = judged.judgments(), judged.queries()
    assert len(asked) >= 250
    assert {kind for kind, _topic, _words in asked} == set(judged.KINDS)
    assert {topic for _kind, topic, _words in asked} == set(graded)
    for halves in (True, False):
        kinds = {kind for kind, topic, _words in asked if judged.is_reported(topic) == halves}
        assert kinds == set(judged.KINDS)
