"""What readers asked of each site: the most frequent words, and those that found nothing."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from organisations.admin_screen import AdminScreen
from organisations.scoping import organisations_for

from .models import AskedWords
from .noting import frequent

MONTHS = 24


class AskedView(AdminScreen, TemplateView):
    """The questions of one month on the sites of the person's organisations."""

    template_name = "search/admin/asked.html"
    page_title = _("Bạn đọc tìm gì")
    header_icon = "search"

    def may(self, user):
        return organisations_for(user).exists()

    def get_context_data(self, **kwargs):
        organisations = list(organisations_for(self.request.user))
        code = self.request.GET.get("don-vi", "")
        chosen = [organisation for organisation in organisations if organisation.code == code] or organisations
        months = list(
            AskedWords.objects.filter(organisation__in=organisations)
            .order_by("-month")
            .values_list("month", flat=True)
            .distinct()[:MONTHS]
        )
        asked = self.request.GET.get("thang", "")
        this = timezone.localdate().replace(day=1)
        month = next((month for month in months if f"{month:%Y-%m}" == asked), months[0] if months else this)
        return super().get_context_data(**kwargs) | {
            "organisations": organisations,
            "code": code,
            "months": months,
            "month": month,
            "frequent": frequent(chosen, month),
            "fruitless": frequent(chosen, month, without_result=True),
        }
