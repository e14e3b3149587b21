"""What is taken down at its source leaves the home page with it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import after_publish
from .models import HomeProposal
from .publications import Event
from .requests import PageRequest


@after_publish.step("editorial.home_page", gettext_lazy("Rời trang chủ của tỉnh"), [Event.UNPUBLISHED])
def leave_home_page(happening):
    """Whether taken down, expired or unpublished by a superuser."""
    open_statuses = [PageRequest.Status.WAITING, PageRequest.Status.ACCEPTED]
    for proposal in HomeProposal.objects.filter(page=happening.page_id, status__in=open_statuses):
        proposal.withdraw(None, _("Bài không còn được đăng ở trang nguồn."))
