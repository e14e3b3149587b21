"""The frame of the admin's screens: closed until a screen says to whom it is open."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.views.generic import TemplateView

from organisations.admin_screen import AdminScreen
from organisations.models import User


class Screen(AdminScreen, TemplateView):
    """Nothing of it is read by whom it refuses."""

    page_title = "Màn hình"
    above = [("wagtailadmin_home", "Trên")]

    def may(self, user):
        return user.is_superuser

    def get(self, request, *args, **kwargs):
        self.was_read = True
        return super().get(request, *args, **kwargs)


def opened(view, user):
    request = RequestFactory().get("/")
    request.user = user
    view.setup(request)
    return view


def test_screen__refuses_before_anything_is_read():
    view = opened(Screen(), User(username="la"))
    for method in ("get", "post", "put"):
        view.request.method = method.upper()
        with pytest.raises(PermissionDenied):
            view.dispatch(view.request)
    assert not hasattr(view, "was_read")
    allowed = opened(Screen(), User(username="goc", is_superuser=True))
    assert allowed.dispatch(allowed.request).status_code == 200


def test_screen__that_says_nothing_is_open_to_nobody():
    class Forgetful(AdminScreen, TemplateView):
        pass

    view = opened(Forgetful(), User(username="goc", is_superuser=True))
    with pytest.raises(NotImplementedError):
        view.dispatch(view.request)


def test_breadcrumbs__lead_back_and_end_here():
    items = opened(Screen(), User(is_superuser=True)).get_breadcrumbs_items()
    assert [str(item["label"]) for item in items[-2:]] == ["Trên", "Màn hình"]
    assert [bool(item["url"]) for item in items[-2:]] == [True, False]
