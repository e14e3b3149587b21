"""The register of documents at a hundred thousand, nothing of it cached, beside the same questions asked the plain way."""

import datetime
import random
import statistics

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from documents import lists
from documents.finding import RegisterForm
from documents.lists import PER_PAGE
from documents.models import DocumentPage, Issuer
from organisations.models import Organisation
from samples.document_maker import BATCH, DocumentMaker

from .screens import WARM_UPS, count_queries, public, timed

SAMPLE_YEAR = 2017
QUESTIONS = {
    "register, page 1": "",
    "register, last page": "trang={last}",
    "by kind, page 500": "loai=quyet-dinh&trang=500",
    "by issuer": "co-quan={issuer}",
    "by field": "linh-vuc=giao-thong",
    "in force today, page 2000": "tinh-trang=con-hieu-luc&trang=2000",
    "expired on a day of 2018": "tinh-trang=het-hieu-luc&ngay=01/06/2018",
    "by number": "so=16/2018/QĐ-UBND",
    "by a part of a number": "so=qd-ubnd 16",
    "words without marks": "q=nong thon moi",
    "by signer": "nguoi-ky=tran",
    "between two days": "tu=01/06/2018&den=30/06/2018",
    "by number, page 2000": "sap-xep=so&trang=2000",
    "everything at once": "q=duong&loai=cong-van&tinh-trang=con-hieu-luc&sap-xep=so",
}


def grow_to(number):
    """Bring the portal to `number` documents, those that are missing at the province, dated through SAMPLE_YEAR."""
    province = Organisation.objects.get(kind=Organisation.Kind.PROVINCE)
    maker, zone = DocumentMaker(SAMPLE_YEAR, 1), timezone.get_current_timezone()
    while (missing := number - DocumentPage.objects.count()) > 0:
        start = datetime.datetime(SAMPLE_YEAR, 1, 2, 8, tzinfo=zone)
        step = datetime.timedelta(minutes=60 * 24 * 360 / max(missing, BATCH))
        moments = [start + step * place for place in range(min(missing, BATCH))]
        maker.make(province, moments, random.Random(missing), lambda done: None)


def measure(rounds):
    """{question: {"queries", "ms", "plain_ms"}} over the province's whole register."""
    lists.COUNTS_SECONDS = 0
    total = DocumentPage.objects.live().count()
    names = {"last": -(-total // PER_PAGE), "issuer": Issuer.objects.get(name="Huyện Ba Tơ").pk}
    results = {}
    for name, question in QUESTIONS.items():
        query = question.format(**names)
        action = public(settings.PORTAL_DOMAIN, f"/van-ban/?{query}")
        plain = plainly(query)
        for _ in range(WARM_UPS):
            action()
            plain()
        results[name] = {
            "queries": count_queries(action),
            "ms": round(statistics.median(timed(action) for _ in range(rounds)), 1),
            "plain_ms": round(statistics.median(timed(plain) for _ in range(rounds)), 1),
        }
        print(f"  {name}: {results[name]}", flush=True)
    return {"documents": total, "questions": results}


def plainly(query):
    """The question as Wagtail's own querysets would answer it: live and public pages, counted, one page of them read.

    Only the database's part of it; the portal's figure beside it holds the whole page.
    """
    data = QueryDict(query)
    form = RegisterForm(data, Issuer.objects.all())
    assert form.is_valid(), form.errors
    start = (int(data.get("trang", 1)) - 1) * PER_PAGE

    def ask():
        found = form.narrow(DocumentPage.objects.live().public())
        found.count()
        list(found[start : start + PER_PAGE])

    return ask
