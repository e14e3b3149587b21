"""Each system check, broken on purpose; and the list of other packages' insides beside the checks that look for them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks import run_checks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from home import page_checks
from home.models import StandardPage
from news.models import Category, Contributor
from organisations import checks
from organisations.doors import Door, doors, takes
from organisations.grants import FILE_ACTIONS, PAGE_ACTIONS
from organisations.models import Membership, Role, ranks
from organisations.owned import scopes
from organisations.viewsets import ScopedModelViewSet

UPGRADING = Path(settings.BASE_DIR, "docs", "upgrading.md")


def ids(check):
    found = check(None)
    assert all(error.hint for error in found)
    return [error.id for error in found]


def test_house__is_in_order():
    assert [error for error in run_checks() if error.id.startswith("qn.")] == []


def test_e020__model_that_names_an_organisation_without_a_scope(monkeypatch):
    monkeypatch.delitem(scopes, Membership)
    assert ids(checks.rows_are_scoped) == ["qn.E020"]


def test_owned__names_only_models_that_belong_to_organisations():
    assert set(scopes) == set(checks.owned_models())


class OpenViewSet(ModelViewSet):
    """Knows nothing of organisations."""

    model = Category
    name = "mo"
    form_fields = ["name"]


class ClosedViewSet(ScopedModelViewSet):
    """Is scoped, over whatever policy its model has."""

    model = Contributor
    name = "kin"
    form_fields = ["pen_name"]


def test_e021__list_that_is_not_scoped(monkeypatch):
    monkeypatch.setattr(checks, "viewsets", lambda: [OpenViewSet()])
    assert ids(checks.lists_are_scoped) == ["qn.E021"]
    monkeypatch.setattr(checks, "viewsets", lambda: [ClosedViewSet()])
    assert ids(checks.lists_are_scoped) == []


def test_e021__snippet_of_ours(monkeypatch):
    monkeypatch.setattr(checks, "get_snippet_models", lambda: [Category])
    assert ids(checks.lists_are_scoped) == ["qn.E021"]


def test_e022__scoped_list_without_a_policy_of_the_portal(monkeypatch):
    monkeypatch.setattr(checks, "viewsets", lambda: [ClosedViewSet()])
    assert ids(checks.lists_have_a_policy) == []
    monkeypatch.setattr(policy_registry, "get_by_type", lambda model: None)
    assert ids(checks.lists_have_a_policy) == ["qn.E022"]


@pytest.mark.parametrize("table", [ranks, PAGE_ACTIONS, FILE_ACTIONS])
def test_e023__role_that_a_table_forgets(table, monkeypatch):
    monkeypatch.delitem(table, Role.TRANSLATOR)
    assert ids(checks.roles_are_complete) == ["qn.E023"]


def test_e030__page_type_without_template(monkeypatch):
    monkeypatch.setattr(StandardPage, "template", "home/khong_co.html")
    assert ids(page_checks.page_types_have_templates) == ["qn.E030"]


def test_e031__page_type_that_may_stand_anywhere(monkeypatch):
    monkeypatch.delattr(StandardPage, "parent_page_types")
    assert ids(page_checks.page_types_know_their_place) == ["qn.E031"]


def test_e032__page_type_without_name(monkeypatch):
    monkeypatch.delitem(StandardPage._meta.original_attrs, "verbose_name")
    assert ids(page_checks.page_types_have_names) == ["qn.E032"]


@pytest.mark.parametrize("door", list(doors), ids=lambda door: door.id)
def test_doors__each_is_told_when_it_has_gone(door, monkeypatch):
    gone = replace(door, is_there=lambda: door.khong_con)
    monkeypatch.setattr(doors, "parts", [gone])
    assert ids(checks.doors_are_open) == [door.id]


def test_doors__are_those_of_the_document():
    rows = re.findall(r"^\| (qn\.E\d+) \| (.+?) \| `(.+?)` \|", UPGRADING.read_text(encoding="utf-8"), re.MULTILINE)
    written = {(number, what.replace("`", ""), used_in) for number, what, used_in in rows}
    assert written == {(door.id, door.what, door.used_in) for door in doors}
    assert len(rows) == len(written) == len({door.id for door in doors})


def test_doors__lead_to_files_that_are_there():
    assert [door.id for door in doors if not Path(settings.BASE_DIR, door.used_in).exists()] == []


def test_doors__changed_parameters_are_a_closed_door():
    def changed(self, path, depth, newstep, further):
        """Wants one more."""

    assert not Door("qn.E099", "x", "y", lambda: takes(changed, "self", "path", "depth", "newstep")).is_open()
    assert not Door("qn.E099", "x", "y", lambda: takes(changed, "self", "path", "depth", "step", "further")).is_open()
    assert Door("qn.E099", "x", "y", lambda: takes(changed, "self", "path", "depth", "newstep", "further")).is_open()
