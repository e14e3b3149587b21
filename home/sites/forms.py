"""What an operator fills in to open one site, or many."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commune_sites.models import Organisation

from . import workbook
from .provisioning import GROUPS, Opened, Order


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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Organisation.objects.open().exclude(kind=Organisation.Kind.COMMUNE)
        self.fields["label"].help_text = f".{settings.PORTAL_DOMAIN}"

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            faults = Opened().faults(self.order())
            if faults:
                raise ValidationError([fault[:1].upper() + fault[1:] for fault in faults])
        return cleaned

    def order(self):
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

    orders, line_errors = (), ()

    def clean_file(self):
        file = self.cleaned_data["file"]
        self.orders, self.line_errors = workbook.orders_in(file)
        if self.line_errors:
            message = _("%(count)d lỗi, chưa trang nào được mở. Hãy sửa trong bảng tính rồi tải lại.")
            raise ValidationError(message % {"count": len(self.line_errors)})
        return file
