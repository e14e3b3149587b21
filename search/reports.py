"""What readers asked of each site: the most frequent words, and those that found nothing."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from home.admin.reports import Fact, Figure, ReportScreen, choice

from .models import AskedWords
from .noting import frequent

MONTHS = 24
# As many as are shown; the file has up to ten times as many.
MOST, MOST_IN_FILE = 50, 500


class AskedView(ReportScreen):
    """The questions of one month on the sites of the person's organisations."""

    results_template_name = "search/admin/asked.html"
    page_title = _("Bạn đọc tìm gì")
    header_icon = "search"
    index_url_name = "asked_words"
    index_results_url_name = "asked_words_results"
    no_results_message = _("Chưa có.")
    words = [
        Fact("words", label=_("Từ"), classname="title"),
        Figure("times", label=_("Số lần"), sort_key="times"),
        Figure("found", label=_("Kết quả lần cuối"), sort_key="found"),
    ]

    @property
    def columns(self):
        return self.words + ([Fact("organisation", label=_("Đơn vị"))] if len(self.organisations) > 1 else [])

    @cached_property
    def months(self):
        """Months of which there are words, the newest first."""
        asked = AskedWords.objects.filter(organisation__in=self.organisations).order_by("-month")
        return list(asked.values_list("month", flat=True).distinct()[:MONTHS])

    def choices(self):
        return {
            "thang": choice(_("Tháng"), [(f"{month:%Y-%m}", f"{month:%m/%Y}") for month in self.months], _("Mới nhất"))
        }

    @cached_property
    def month(self):
        asked = next((month for month in self.months if f"{month:%Y-%m}" == self.asked("thang")), None)
        return asked or (self.months[0] if self.months else timezone.localdate().replace(day=1))

    def rows(self):
        return list(frequent(self.chosen, self.month, most=MOST_IN_FILE if self.is_export else MOST))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        fruitless = list(frequent(self.chosen, self.month, without_result=True, most=MOST))
        return context | {"month": self.month, "fruitless": fruitless, "fruitless_table": self.get_table(fruitless)}
