"""The duties report: how long each organisation's documents took from signing to publishing, late ones first."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import Filter

from home.admin.reports import Figure, Name, ReportScreen, choice

from .duties import Kept, late_items, summary

FIRST_YEAR = 1990


def report_of(row: Kept) -> str:
    """The address of the report on one organisation, in the year of the row."""
    return f"{reverse('figures:duties')}?{urlencode({'nam': row.year, 'don-vi': row.organisation.code})}"


class DutiesView(ReportScreen):
    """All organisations of the person in one table; one of them with its late documents."""

    results_template_name = "figures/duties.html"
    page_title = gettext_lazy("Thời hạn đăng văn bản")
    header_icon = "time"
    index_url_name = "figures:duties"
    index_results_url_name = "figures:duties_results"
    no_results_message = gettext_lazy("Không có văn bản nào của năm này.")
    columns = [
        Name("organisation", label=gettext_lazy("Đơn vị"), get_url=report_of),
        Figure("published", label=gettext_lazy("Đã đăng"), sort_key="published"),
        Figure("on_time", label=gettext_lazy("Đúng hạn"), sort_key="on_time"),
        Figure("late", label=gettext_lazy("Muộn"), sort_key="late"),
        Figure("waiting_late", label=gettext_lazy("Chưa đăng, đã quá hạn"), sort_key="waiting_late"),
        Figure("median", label=gettext_lazy("Trung vị (ngày làm việc)"), sort_key="median"),
        Figure("longest", label=gettext_lazy("Lâu nhất"), sort_key="longest"),
    ]

    def choices(self) -> dict[str, Filter]:
        this = timezone.localdate().year
        years = [(str(year), str(year)) for year in range(this, FIRST_YEAR, -1)]
        return {"nam": choice(_("Văn bản ban hành năm"), years, empty=_("Năm nay"))}

    @cached_property
    def year(self) -> int:
        return int(self.asked("nam") or timezone.localdate().year)

    def rows(self) -> list[Kept]:
        return summary(self.chosen, self.year)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        items, late = late_items(self.organisation, self.year) if self.organisation else ([], 0)
        return super().get_context_data(year=self.year, items=items, late=late, **kwargs)
