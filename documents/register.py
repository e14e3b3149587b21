"""The register of a site: filters, order and pages of documents.

Addresses: `?q=&so=&loai=&co-quan=&linh-vuc=&nguoi-ky=&tinh-trang=&ngay=&tu=&den=&sap-xep=&trang=&dang=`, all of them optional.
"""

import datetime
import re
from urllib.parse import urlencode

from django import forms
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from home.names import local_name
from organisations.folding import fold
from organisations.scoping import organisation_of

from . import exports
from .effect import having_status, status_on
from .kinds import Kind
from .models import DocumentIssuer, DocumentPage, Field, Issuer, Status
from .numbers import key_of, parse

PER_PAGE = 20
COUNTS_SECONDS = 60
ORDERS = {
    "moi": ("-issued", "-pk"),
    "cu": ("issued", "pk"),
    "hieu-luc": ("-from_day", "-pk"),
    "so": ("number_key", "pk"),
}
DATE_ERROR = {"invalid": _("Ngày phải có dạng 31/12/2018.")}


class DayField(forms.DateField):
    """A day as people here write it, or as machines do."""

    widget = forms.DateInput(attrs={"placeholder": "31/12/2018", "inputmode": "numeric"})

    def __init__(self, label):
        super().__init__(label=label, required=False, input_formats=["%d/%m/%Y", "%Y-%m-%d"], error_messages=DATE_ERROR)


class NamedSelect(forms.Select):
    """A choice without an English name is marked as Vietnamese on an English page."""

    def create_option(self, name, value, label, *args, **kwargs):
        option = super().create_option(name, value, label, *args, **kwargs)
        thing = getattr(value, "instance", None)
        if thing is not None and get_language() == "en" and not thing.name_en:
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
    if parse(typed):
        return Q(number_key=key_of(typed))
    whole = re.match(r"^0*(\d+[a-z]?)\s*/\s*((?:19|20)\d\d)\b", typed.strip().lower())
    if whole:
        return Q(number_key__startswith=f"{whole[1]}/{whole[2]}/".upper())
    parts = re.findall(r"\d+|[a-z&]+", fold(typed))
    condition = Q()
    for part in parts:
        condition &= Q(number_key__contains=part.lstrip("0").replace("&", "").upper())
    return condition


def _words_condition(typed):
    number = parse(typed)
    if number:
        return Q(number_key=number.key) | Q(search_text__contains=fold(number.text))
    condition = Q()
    for word in fold(typed).split()[:12]:
        condition &= Q(search_text__contains=word)
    return condition


def documents_of(register):
    """Documents that a register shows: its organisation's, and those of the province in the fields it shares.

    The province's shows those of all organisations.
    """
    organisation = organisation_of(register)
    documents = DocumentPage.objects.listed(register.locale.language_code)
    if organisation.is_province:
        return documents
    shared = list(register.shared_fields.values_list("pk", flat=True))
    if not shared:
        return documents.of(organisation)
    return documents.filter(Q(publisher=organisation) | Q(publisher__kind="province", field__in=shared))


def issuers_of(documents, name):
    """Bodies that issued some of `documents`, from the cache."""
    issued = documents.order_by().filter(document_issuers__issuer=OuterRef("pk"))
    ids = cache.get_or_set(
        f"document-issuers:{name}",
        lambda: list(Issuer.objects.filter(Exists(issued)).values_list("pk", flat=True)),
        COUNTS_SECONDS,
    )
    return Issuer.objects.filter(pk__in=ids)


def counts_by_kind(documents, name):
    """[(kind, label, number)] of the register as a whole, most first; counted once a minute."""
    rows = cache.get_or_set(
        f"document-kinds:{name}",
        lambda: list(documents.order_by().values_list("kind").annotate(number=Count("pk")).order_by("-number")),
        COUNTS_SECONDS,
    )
    return [(kind, Kind(kind).label, number) for kind, number in rows]


class DocumentPaginator(Paginator):
    """Pages through ids; a page holds the documents themselves, each with its `status` on the day.

    `scanned` says that no index helps: then one reading of the table gives the ids of all pages and their number.
    """

    def __init__(self, documents, day, scanned=False):
        pks = documents.values_list("pk", flat=True)
        super().__init__(list(pks) if scanned else pks, PER_PAGE)
        self.day = day

    def page(self, number):
        page = super().page(number)
        page.object_list = DocumentPage.objects.in_order(list(page.object_list))
        for document in page.object_list:
            document.status = status_on(document, self.day)
        return page


def serve_export(register, request):
    """What the register finds as a file; None for the page itself, with the reason, where that cannot be."""
    everything = documents_of(register)
    form = RegisterForm(request.GET, Issuer.objects.all())
    format = request.GET["dang"]
    if format not in exports.FORMATS or not form.is_valid():
        return None
    found = form.narrow(everything)
    if found.order_by()[: exports.MOST_ROWS + 1].count() > exports.MOST_ROWS:
        return None
    return exports.export(found, form.day, format)


def register_context(register, request):
    """`form`, `documents` (a page), `kinds` with their numbers, `day`, and `query` without the page's number."""
    everything = documents_of(register)
    name = f"{register.pk}:{datetime.date.today():%Y%m%d}"
    form = RegisterForm(request.GET, issuers_of(everything, name))
    found = form.narrow(everything) if form.is_valid() else everything.none()
    day = form.day if form.is_valid() else timezone.localdate()
    pairs = [(key, value) for key, value in request.GET.items() if key not in {"trang", "dang"} and value]
    kinds = [] if pairs else counts_by_kind(everything, name)
    paginator = DocumentPaginator(found, day, scanned=form.is_valid() and form.scans)
    if not pairs:
        paginator.count = sum(number for _kind, _label, number in kinds)
    return {
        "form": form,
        "documents": paginator.get_page(request.GET.get("trang", "1")),
        "formats": list(exports.FORMATS) if 0 < paginator.count <= exports.MOST_ROWS else [],
        "asked_format": request.GET.get("dang", ""),
        "most_rows": exports.MOST_ROWS,
        "feeds": [{"title": register.title, "url": f"{register.get_url(request)}rss.xml"}],
        "kinds": kinds,
        "day": day,
        "is_narrowed": bool(pairs),
        "query": urlencode(pairs),
    }
