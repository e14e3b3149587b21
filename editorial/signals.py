"""What is taken down at its source leaves the home page with it."""

from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.signals import page_unpublished

from .models import HomeProposal
from .requests import PageRequest


@receiver(page_unpublished, dispatch_uid="editorial_leave_home_page")
def leave_home_page(instance, **kwargs):
    """Whether taken down, expired or unpublished by a superuser."""
    open_statuses = [PageRequest.Status.WAITING, PageRequest.Status.ACCEPTED]
    for proposal in HomeProposal.objects.filter(page=instance.pk, status__in=open_statuses):
        proposal.withdraw(None, _("Bài không còn được đăng ở trang nguồn."))
