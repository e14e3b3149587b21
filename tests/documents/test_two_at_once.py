"""Two documents published in two transactions at once: neither loses what it does, whoever commits first."""

import pytest
from django.db import transaction

from documents.models import DocumentPage, Relation
from tests.factories import make_organisation
from tests.threads import Beside

from .support import day, make_document, make_register

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def register(restored_root):
    return make_register(make_organisation("quangngai", "Văn phòng UBND tỉnh"))


def publish_at_once(first, second):
    """Publish `second` on another connection while `first` is published and not committed yet."""
    with transaction.atomic():
        first.get_latest_revision().publish()
        beside = Beside(lambda: second.get_latest_revision().publish())
        beside.wait_until_blocked_or_done()
    beside.join()


def draft(register, number, relations):
    return make_document(register, number, "1/2/2018", relations, live=False)


def days(document):
    document = DocumentPage.objects.get(pk=document.pk)
    return document.until_day, document.partly_day


def test_both_act_on_one__both_effects_hold(register):
    old = make_document(register, "16/2017/QĐ-UBND", "20/3/2017")
    amends = draft(register, "5/2018/QĐ-UBND", [("amends", "16/2017/QĐ-UBND", {"date": day("1/3/2018")})])
    repeals = draft(register, "6/2018/QĐ-UBND", [("repeals", "16/2017/QĐ-UBND", {"date": day("1/4/2018")})])
    publish_at_once(amends, repeals)
    assert days(old) == (day("1/4/2018"), day("1/3/2018"))


def test_both_end_what_a_third_details__it_ends_with_the_last(register):
    for number in ("1/2017/QĐ-UBND", "2/2017/QĐ-UBND"):
        make_document(register, number, "1/3/2017")
    guides = [("guides", "1/2017/QĐ-UBND", {}), ("guides", "2/2017/QĐ-UBND", {})]
    details = make_document(register, "16/2017/QĐ-UBND", "20/3/2017", guides)
    one = draft(register, "5/2018/QĐ-UBND", [("repeals", "1/2017/QĐ-UBND", {"date": day("1/3/2018")})])
    other = draft(register, "6/2018/QĐ-UBND", [("repeals", "2/2017/QĐ-UBND", {"date": day("1/4/2018")})])
    publish_at_once(one, other)
    assert days(details) == (day("1/4/2018"), None)


def test_one_names_the_other__they_are_tied(register):
    old = draft(register, "16/2017/QĐ-UBND", [])
    repeals = draft(register, "6/2018/QĐ-UBND", [("repeals", "16/2017/QĐ-UBND", {"date": day("1/4/2018")})])
    publish_at_once(repeals, old)
    assert Relation.objects.get().target_id == old.pk
    assert days(old) == (day("1/4/2018"), None)
