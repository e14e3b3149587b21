"""What an operator fills in to open one site, or many."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import slug_re
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.days import WITHIN
from organisations.models import Organisation

from . import workbook
from .changes import closing_faults, host_of, rename_faults
from .features import switch_all
from .provisioning import GROUPS, Opened, Order
from .seams import features


class OrderForm(forms.Form):
    """One Order; what is wrong with it stands at the top, and what was typed stays."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=[(k, Organisation.Kind(k).label) for k in GROUPS])
    name = forms.CharField(label=gettext_lazy("Tên"), max_length=200)
    code = forms.CharField(
        label=gettext_lazy("Mã"),
        max_length=63,
        help_text=gettext_lazy("Chữ thường không dấu, chữ số, gạch nối; cũng là tên miền."),
    )
    parent = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Cấp trên"), required=False, to_field_name="code"
    )
    label = forms.CharField(label=gettext_lazy("Tên miền, nếu khác mã"), max_length=63, required=False)
    manager = forms.EmailField(label=gettext_lazy("Thư người quản trị đầu tiên"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = cast("forms.ModelChoiceField[Organisation]", self.fields["parent"])
        parent.queryset = Organisation.objects.open().exclude(kind=Organisation.Kind.COMMUNE)
        self.fields["label"].help_text = f".{settings.PORTAL_DOMAIN}"

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors:
            faults = Opened().faults(self.order())
            if faults:
                raise ValidationError([fault[:1].upper() + fault[1:] for fault in faults])
        return cleaned

    def order(self) -> Order:
        data = self.cleaned_data
        return Order(
            kind=data["kind"],
            name=" ".join(data["name"].split()),
            code=data["code"].strip(),
            parent=data["parent"].code if data["parent"] else "",
            hostname=f"{data['label'].strip()}.{settings.PORTAL_DOMAIN}" if data["label"] else "",
            manager=data["manager"],
        )


class OrdersForm(forms.Form):
    """A spreadsheet of orders, read here, so that what is wrong with it stands at its field."""

    file = forms.FileField(
        label=gettext_lazy("Bảng tính (XLSX hoặc CSV)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": gettext_lazy("Tệp rỗng (0 byte). Hãy chọn lại tệp.")},
    )

    orders: list[Order] = []
    line_errors: list[list[Any]] = []

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        self.orders, self.line_errors = workbook.orders_in(file)
        if self.line_errors:
            message = _("%(count)d lỗi, chưa trang nào được mở. Hãy sửa trong bảng tính rồi tải lại.")
            raise ValidationError(message % {"count": len(self.line_errors)})
        return file


class FeaturesForm(forms.Form):
    """Which parts a site has; saving switches them, so that what stands in the way is said here."""

    features = forms.MultipleChoiceField(
        label=gettext_lazy("Các phần của trang"), required=False, widget=forms.CheckboxSelectMultiple
    )
    changed: list[str | Promise] = []

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        parts = cast(forms.MultipleChoiceField, self.fields["features"])
        parts.choices = [(one.name, one.label) for one in features]
        parts.initial = [one.name for one in features if one.is_on(organisation)]

    def clean_features(self) -> list[str]:
        self.changed = switch_all(self.organisation, self.cleaned_data["features"])
        return self.cleaned_data["features"]


class CloseForm(forms.Form):
    """Who ends, who follows, from when. Its faults are those of changes.closing_faults."""

    closing = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Đơn vị kết thúc hoạt động"),
        error_messages={"required": gettext_lazy("Hãy chọn đơn vị kết thúc hoạt động.")},
    )
    successors = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Đơn vị kế tục"),
        required=False,
    )
    date = forms.DateField(
        label=gettext_lazy("Từ ngày"),
        help_text=gettext_lazy("Ngày đầu tiên không còn hoạt động. Hủy được cho đến trước ngày này."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Ngày không đúng.")},
        validators=WITHIN,
    )
    sections = forms.CharField(
        label=gettext_lazy("Chuyên mục mà đơn vị kế tục hiển thị tiếp"),
        help_text=gettext_lazy("Phần cuối của địa chỉ chuyên mục, cách nhau dấu phẩy, ví dụ: tin-tuc, thong-bao."),
        required=False,
        max_length=300,
    )
    basis = forms.CharField(label=gettext_lazy("Căn cứ"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        closing = cast("forms.ModelMultipleChoiceField[Organisation]", self.fields["closing"])
        closing.queryset = Organisation.objects.components().filter(valid_to=None)
        successors = cast("forms.ModelMultipleChoiceField[Organisation]", self.fields["successors"])
        successors.queryset = Organisation.objects.filter(valid_to=None)

    def clean_sections(self) -> list[str]:
        slugs = [slug.strip().strip("/") for slug in self.cleaned_data["sections"].split(",") if slug.strip()]
        if wrong := [slug for slug in slugs if not slug_re.match(slug)]:
            raise ValidationError(_("“%(slug)s” không phải địa chỉ chuyên mục.") % {"slug": wrong[0]})
        return slugs

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors:
            faults = closing_faults(list(cleaned["closing"]), list(cleaned["successors"]), cleaned["date"])
            if faults:
                raise ValidationError(faults)
        return cleaned


class RenameForm(forms.Form):
    """Another name, another host or both, from a day on."""

    name = forms.CharField(label=gettext_lazy("Tên mới"), max_length=200)
    short_name = forms.CharField(label=gettext_lazy("Tên ngắn"), max_length=100, required=False)
    label = forms.CharField(label=gettext_lazy("Tên miền"), max_length=63)
    date = forms.DateField(
        label=gettext_lazy("Từ ngày"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Ngày không đúng.")},
        validators=WITHIN,
    )
    basis = forms.CharField(label=gettext_lazy("Căn cứ"), required=False, max_length=200)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.fields["label"].help_text = f".{settings.PORTAL_DOMAIN}"
        self.fields["label"].initial = host_of(organisation).removesuffix(f".{settings.PORTAL_DOMAIN}")
        self.fields["name"].initial = organisation.name
        self.fields["short_name"].initial = organisation.short_name

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors:
            self.hostname = f"{cleaned['label'].strip().lower()}.{settings.PORTAL_DOMAIN}"
            faults = rename_faults(self.organisation, cleaned["name"], self.hostname, cleaned["date"])
            if faults:
                raise ValidationError([fault[:1].upper() + fault[1:] for fault in faults])
        return cleaned
