"""Days that are typed: in two spellings, and never so far away that reckoning with them fails."""

import datetime

import pytest
from django import forms

from commune_sites.management.commands.retire_site import day
from documents.status import Status
from home.days import FIRST, LAST, DayField, day_typed
from organisations.models import Organisation
from tests.documents.support import make_document, make_register
from tests.factories import make_article, make_organisation, make_section

EDGES = ["0001-01-01", "1/1/0001", "9999-12-31", "31/12/9999", "1899-12-31", "1/1/2101"]
HOST = {"host": "quangngai.localhost"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("31/12/2018", datetime.date(2018, 12, 31)),
        ("2018-12-31", datetime.date(2018, 12, 31)),
        (" 1/1/2018 ", datetime.date(2018, 1, 1)),
        ("1/1/1900", FIRST),
        ("2100-12-31", LAST),
        ("", None),
        ("30/2/2018", None),
        ("hôm qua", None),
        ("1/1/2018; DROP TABLE", None),
        *((edge, None) for edge in EDGES),
    ],
)
def test_day_typed__two_spellings_and_years_that_can_be_reckoned_with(text, found):
    assert day_typed(text) == found


@pytest.mark.parametrize("edge", EDGES)
def test_field__says_which_days_it_takes(edge):
    with pytest.raises(forms.ValidationError, match="1/1/1900"):
        DayField().clean(edge)


@pytest.mark.parametrize("edge", EDGES)
def test_retiring_a_site__on_no_such_day(edge):
    with pytest.raises(Exception, match="không đúng"):
        day(edge)


@pytest.fixture
def province():
    return make_organisation("quangngai", "Văn phòng UBND tỉnh", Organisation.Kind.PROVINCE)


@pytest.mark.django_db
@pytest.mark.parametrize("edge", EDGES)
def test_addresses__answer_a_day_at_the_edge_of_the_calendar(province, client, edge):
    register, section = make_register(province), make_section(province)
    document = make_document(register, "16/2017/QĐ-UBND", "19/4/2017")
    make_article(section, "Luật mới")
    for path, names in (
        ("/tim-kiem/?q=luat", ("tu", "den")),
        (register.get_url_parts()[2] + "?q=", ("tu", "den", "ngay")),
        (document.get_url_parts()[2] + "?x=", ("ngay",)),
    ):
        for name in names:
            response = client.get(f"{path}&{name}={edge}", headers=HOST)
            assert response.status_code == 200, (path, name)


@pytest.mark.django_db
@pytest.mark.parametrize("month", ["0001-01", "9999-12", "1900-01", "2099-12", "2018-13", "٢٠١٨-٠١"])
def test_months_of_a_section__are_a_list_or_not_found(province, client, month):
    section = make_section(province)
    assert client.get(section.get_url_parts()[2], {"thang": month}, headers=HOST).status_code in {200, 404}


@pytest.mark.django_db
def test_status_of_a_day__is_told_for_the_days_that_are_taken(province, client):
    document = make_document(
        make_register(province), "16/2017/QĐ-UBND", "19/4/2017", effective=datetime.date(2017, 5, 1)
    )
    response = client.get(document.get_url_parts()[2], {"ngay": "1900-01-01"}, headers=HOST)
    assert str(Status.NOT_YET.label) in response.content.decode()
