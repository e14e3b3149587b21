"""How a visitor wants the pages shown. One cookie, read when a page is drawn and set only on the page of choices."""

from django import forms
from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

# A cache before the portal must keep one copy of each page per value of this cookie, of which there are six.
COOKIE = "hien-thi"
A_YEAR = 365 * 24 * 3600


class DisplayForm(forms.Form):
    text_size = forms.ChoiceField(
        label=_("Cỡ chữ"),
        choices=[("normal", _("Bình thường")), ("large", _("Lớn")), ("larger", _("Rất lớn"))],
        widget=forms.RadioSelect,
    )
    contrast = forms.ChoiceField(
        label=_("Tương phản"),
        choices=[("normal", _("Bình thường")), ("high", _("Cao: chữ đen trên nền trắng, đường kẻ đậm"))],
        widget=forms.RadioSelect,
    )


def chosen_display(request):
    """{"text_size", "contrast"} as the cookie says; whatever else it holds counts as not chosen."""
    text_size, _separator, contrast = request.COOKIES.get(COOKIE, "").partition(".")
    form = DisplayForm({"text_size": text_size, "contrast": contrast})
    return form.cleaned_data if form.is_valid() else {"text_size": "normal", "contrast": "normal"}


def way_back(request, address):
    """`address` if it is a page of this very host, else the front page."""
    own = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if own else "/"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def display_preferences(request):
    """The page of choices; a choice leads back to where the visitor came from."""
    back = way_back(request, request.POST.get("ve") or request.GET.get("ve", ""))
    form = DisplayForm(request.POST if request.method == "POST" else None, initial=chosen_display(request))
    if not form.is_valid():
        return render(request, "home/display_preferences.html", {"form": form, "back": back})
    response = HttpResponseRedirect(back)
    response.set_cookie(
        COOKIE,
        f"{form.cleaned_data['text_size']}.{form.cleaned_data['contrast']}",
        max_age=A_YEAR,
        # One choice for all sites of the portal; a browser takes no cookie for a bare "localhost".
        domain=settings.PORTAL_DOMAIN if "." in settings.PORTAL_DOMAIN else None,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
