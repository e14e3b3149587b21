"""The duties report: how long each organisation's documents took from signing to publishing, late ones first."""

from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from organisations.admin_screen import AdminScreen
from organisations.scoping import organisations_for

from .duties import late_items, summary

FIRST_YEAR = 1990


class DutiesView(AdminScreen, TemplateView):
    """All organisations of the person in one table; one of them with its late documents."""

    template_name = "figures/duties.html"
    page_title = gettext_lazy("Thời hạn đăng văn bản")
    header_icon = "time"

    def may(self, user):
        return organisations_for(user).exists()

    def get_context_data(self, **kwargs):
        organisations = list(organisations_for(self.request.user))
        year = self._year()
        code = self.request.GET.get("don-vi", "")
        chosen = next((organisation for organisation in organisations if organisation.code == code), None)
        if chosen is None and len(organisations) == 1:
            chosen = organisations[0]
        items, late = late_items(chosen, year) if chosen else ([], 0)
        return super().get_context_data(**kwargs) | {
            "rows": summary([chosen] if chosen else organisations, year),
            "year": year,
            "years": range(timezone.localdate().year, FIRST_YEAR, -1),
            "organisations": organisations,
            "chosen": chosen,
            "items": items,
            "late": late,
        }

    def _year(self):
        text = self.request.GET.get("nam", "")
        this = timezone.localdate().year
        return int(text) if text.isascii() and text.isdigit() and FIRST_YEAR < int(text[:5]) <= this else this
