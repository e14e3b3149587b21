"""What a reader or a program asks of the search."""

from django import forms
from django.utils.translation import gettext_lazy as _

from home.days import DayField

from .kinds.table import group_choices, value_names
from .query import MOST_PAGES
from .questions import Question

LONGEST = 200


class SearchForm(forms.Form):
    """Addresses: `?q=&pham-vi=&nhom=&loai=&don-vi=&linh-vuc=&co-quan=&nam=&tinh-trang=&tu=&den=&sap-xep=&nguyen-van=`."""

    q = forms.CharField(required=False)
    pham_vi = forms.ChoiceField(required=False, choices=[("", ""), ("tinh", "")])
    nhom = forms.ChoiceField(required=False, choices=[("", ""), *group_choices()])
    loai = forms.CharField(required=False, max_length=60)
    don_vi = forms.CharField(required=False, max_length=63)
    linh_vuc = forms.CharField(required=False, max_length=100)
    co_quan = forms.CharField(required=False, max_length=200)
    nam = forms.IntegerField(required=False, min_value=1900, max_value=2100)
    tinh_trang = forms.ChoiceField(required=False, choices=[("", ""), *value_names("status").items()])
    tu = DayField(_("Từ ngày"))
    den = DayField(_("đến ngày"))
    sap_xep = forms.ChoiceField(
        required=False,
        label=_("Sắp xếp"),
        choices=[("", _("Phù hợp nhất trước")), ("moi", _("Mới trước")), ("cu", _("Cũ trước"))],
    )
    nguyen_van = forms.BooleanField(required=False)

    def add_prefix(self, field_name):
        return field_name.replace("_", "-")

    def clean_q(self):
        # Lone surrogates and control characters are nothing a person can see.
        text = "".join(char for char in self.cleaned_data["q"] if char.isprintable() or char.isspace())
        return " ".join(text.split())[:LONGEST]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("tu") and cleaned.get("den") and cleaned["den"] < cleaned["tu"]:
            self.add_error("den", _("Ngày cuối không thể trước ngày đầu."))
        return cleaned

    def question(self, locale, scope, page):
        """The Question; `scope` is the code of the one site that is searched, or ""."""
        data = self.cleaned_data
        chosen = {
            "scope": scope,
            "site": data["don_vi"],
            "group": data["nhom"],
            "kind": data["loai"],
            "field": data["linh_vuc"],
            "issuer": data["co_quan"],
            "year": data["nam"],
        }
        return Question(
            words=data["q"],
            locale=locale,
            page=min(page, MOST_PAGES),
            sort=data["sap_xep"],
            literally=data["nguyen_van"],
            since=data["tu"],
            until=data["den"],
            status=data["tinh_trang"],
            chosen={name: value for name, value in chosen.items() if value},
        )
