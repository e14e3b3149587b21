"""The report on what organisations have in English."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.admin.reports import Fact, Name, ReportScreen, choice
from organisations.models import Organisation

from . import coverage
from .rights import is_translator


class Presence(Fact):
    """Whether something is there."""

    def exported(self, row):
        return _("có") if super().exported(row) else _("thiếu")

    def get_value(self, row):
        said = self.exported(row)
        return said if Fact.exported(self, row) else format_html('<strong class="tr-mark">{}</strong>', said)


class EnglishName(Name):
    def __init__(self):
        super().__init__(
            "organisation",
            label=gettext_lazy("Đơn vị"),
            accessor="organisation.name",
            get_url=lambda row: reverse("wagtailadmin_pages:edit", args=[row.page.pk]) if row.page else None,
            below=lambda row: row.organisation.name_en,
            below_language="en",
        )


class CoverageView(ReportScreen):
    """Which organisations have in English what the law asks for; one question for the whole province."""

    results_template_name = "translation/coverage.html"
    page_title = gettext_lazy("Thông tin tiếng Anh của các đơn vị")
    header_icon = "globe"
    above = [("translation:desk", gettext_lazy("Biên dịch"))]
    index_url_name = "translation:coverage"
    index_results_url_name = "translation:coverage_results"
    columns = [
        EnglishName(),
        Presence("has_name", label=gettext_lazy("Tên")),
        Presence("has_functions", label=gettext_lazy("Chức năng")),
        Presence("has_structure", label=gettext_lazy("Cơ cấu tổ chức")),
        Presence("has_contact", label=gettext_lazy("Liên hệ")),
    ]

    def may(self, user):
        return is_translator(user)

    @property
    def organisations(self):
        """Translators work for all; the choice is among kinds and what is missing."""
        return Organisation.objects.none()

    def choices(self):
        wanting = [("thieu", _("Còn thiếu")), ("du", _("Đã đủ"))]
        return {"loai": choice(_("Loại"), Organisation.Kind.choices), "tinh-trang": choice(_("Tình trạng"), wanting)}

    def rows(self):
        kind, wanting = self.asked("loai"), self.asked("tinh-trang")
        return [
            row
            for row in coverage.rows()
            if (not kind or row.organisation.kind == kind) and (not wanting or row.is_complete == (wanting == "du"))
        ]

    def get_context_data(self, **kwargs):
        complete = sum(row.is_complete for row in self.object_list)
        return super().get_context_data(**kwargs) | {"complete": complete, "total": len(self.object_list)}
