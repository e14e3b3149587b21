"""What a reader, a program or an export asks the register for: the form, and the documents it finds.

Addresses: `?q=&so=&loai=&co-quan=&linh-vuc=&nguoi-ky=&tinh-trang=&ngay=&tu=&den=&sap-xep=&trang=&dang=`, all of them optional.
"""

import re

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.days import DayField
from home.names import has_no_local_name, local_name
from organisations.folding import fold

from .kinds import Kind
from .models import DocumentIssuer, Field, Issuer
from .numbers import key_of, parse
from .status import Status, having_status

ORDERS = {
    "moi": ("-issued", "-pk"),
    "cu": ("issued", "pk"),
    "hieu-luc": ("-from_day", "-pk"),
    "so": ("number_key", "pk"),
}


class NamedSelect(forms.Select):
    """A choice without an English name is marked as Vietnamese on an English page."""

    def create_option(self, name, value, label, *args, **kwargs):
        option = super().create_option(name, value, label, *args, **kwargs)
        thing = getattr(value, "instance", None)
        if thing is not None and has_no_local_name(thing):
            option["attrs"]["lang"] = "vi"
        return option


class NamedChoiceField(forms.ModelChoiceField):
    """Rows by their name in the language of the page."""

    widget = NamedSelect

    def label_from_instance(self, thing):
        return local_name(thing)


class RegisterForm(forms.Form):
    """What a reader asks the register for."""

    q = forms.CharField(label=_("Từ cần tìm"), required=False, max_length=200)
    so = forms.CharField(label=_("Số, ký hiệu"), required=False, max_length=100)
    loai = forms.ChoiceField(label=_("Loại văn bản"), required=False, choices=[("", _("Tất cả")), *Kind.choices])
    co_quan = NamedChoiceField(
        Issuer.objects.none(), label=_("Cơ quan ban hành"), required=False, empty_label=_("Tất cả")
    )
    linh_vuc = NamedChoiceField(
        Field.objects.all(), label=_("Lĩnh vực"), required=False, empty_label=_("Tất cả"), to_field_name="slug"
    )
    nguoi_ky = forms.CharField(label=_("Người ký"), required=False, max_length=100)
    tinh_trang = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=[("", _("Tất cả")), *Status.choices])
    ngay = DayField(_("Tính đến ngày"))
    tu = DayField(_("Ban hành từ ngày"))
    den = DayField(_("đến ngày"))
    sap_xep = forms.ChoiceField(
        label=_("Sắp xếp"),
        required=False,
        choices=[
            ("moi", _("Mới ban hành trước")),
            ("cu", _("Cũ trước")),
            ("hieu-luc", _("Mới có hiệu lực trước")),
            ("so", _("Theo số")),
        ],
    )

    def __init__(self, data, issuers):
        super().__init__(data, use_required_attribute=False)
        self.fields["co_quan"].queryset = issuers

    def add_prefix(self, field_name):
        return field_name.replace("_", "-")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("tu") and cleaned.get("den") and cleaned["den"] < cleaned["tu"]:
            self.add_error("den", _("Ngày cuối không thể trước ngày đầu."))
        return cleaned

    @property
    def day(self):
        """The day that statuses are told for."""
        return self.cleaned_data.get("ngay") or timezone.localdate()

    @property
    def scans(self):
        """Whether it asks for words inside texts, which no index finds."""
        return any(self.cleaned_data[name] for name in ("q", "so"))

    def narrow(self, documents):
        """`documents` that the form asks for, in its order."""
        data = self.cleaned_data
        exact = {"kind": "loai", "field": "linh_vuc"}
        documents = documents.filter(**{name: data[key] for name, key in exact.items() if data[key]})
        if data["co_quan"]:
            issued_by = DocumentIssuer.objects.filter(issuer=data["co_quan"])
            documents = documents.filter(pk__in=issued_by.values("page"))
        if data["tu"]:
            documents = documents.filter(issued__gte=data["tu"])
        if data["den"]:
            documents = documents.filter(issued__lte=data["den"])
        if data["nguoi_ky"]:
            documents = documents.filter(signer_folded__contains=fold(data["nguoi_ky"].strip()))
        if data["tinh_trang"]:
            documents = documents.filter(having_status(Status(data["tinh_trang"]), self.day))
        documents = documents.filter(_number_condition(data["so"]), _words_condition(data["q"]))
        return documents.order_by(*ORDERS[data["sap_xep"] or "moi"])


def _number_condition(typed):
    """A whole number by its key; a part of one ("16/2017", "qd-ubnd") by the letters and digits it has."""
    if not typed.strip():
        return Q()
    exactly = Q(number_key=key_of(typed))
    if parse(typed):
        return exactly
    whole = re.match(r"^0*(\d+[a-z]?)\s*/\s*((?:19|20)\d\d)\b", typed.strip().lower())
    if whole:
        return exactly | Q(number_key__startswith=f"{whole[1]}/{whole[2]}/".upper())
    parts = re.findall(r"\d+|[a-z&]+", fold(typed))
    condition = Q()
    for part in parts:
        condition &= Q(number_key__contains=part.lstrip("0").replace("&", "").upper())
    return exactly | condition


def _words_condition(typed):
    number = parse(typed)
    if number:
        return Q(number_key=number.key) | Q(search_text__contains=fold(number.text))
    condition = Q()
    for word in fold(typed).split()[:12]:
        condition &= Q(search_text__contains=word)
    return condition
