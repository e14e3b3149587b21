"""Requests about a page that pass the same moderation as pages: show it on the home page, take it down."""

from typing import Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, RevisionMixin, Workflow, WorkflowMixin, WorkflowState

from organisations.models import Organisation, User
from organisations.owned import Scope, owned
from organisations.scoping import organisation_of


class PageRequest(WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model):
    """Someone asks for something about `page`; approvers of the workflow accept it or decline it with a reason.

    `live` says whether what was asked holds now.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Chờ duyệt")
        ACCEPTED = "accepted", _("Đã chấp nhận")
        DECLINED = "declined", _("Không chấp nhận")
        WITHDRAWN = "withdrawn", _("Đã rút")

    page = models.ForeignKey(Page, models.CASCADE, related_name="%(class)ss", verbose_name=_("trang"))
    source = models.ForeignKey(
        Organisation, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("đơn vị của trang")
    )
    note = models.TextField(_("lý do"), max_length=1000)
    requested_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("người đề nghị")
    )
    requested_at = models.DateTimeField(_("đề nghị lúc"), default=timezone.now)
    status = models.CharField(_("tình trạng"), max_length=10, choices=Status.choices, default=Status.WAITING)
    decision = models.TextField(_("ý kiến"), blank=True)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("người quyết định")
    )
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    @property
    def owner(self) -> User | None:
        return self.requested_by

    @property
    def owner_id(self) -> int | None:
        return self.requested_by_id

    @transaction.atomic
    def submit(self, user: User) -> WorkflowState:
        """Save the request and hand it to the first approvers."""
        self.requested_by, self.live, self.has_unpublished_changes = user, False, True
        self.source = organisation_of(self.page)
        self.save()
        self.save_revision(user=user)
        return self.get_workflow().start(self, user)

    def settle(self, status: Status, user: User | None, decision: str = "") -> None:
        """Note how the request ended, and whether what it asked for holds from now on."""
        self.status, self.decision = status, decision
        self.decided_by, self.decided_at = user, timezone.now()
        self.live, self.has_unpublished_changes = status == self.Status.ACCEPTED, False
        self.save()

    @transaction.atomic
    def withdraw(self, user: User | None, reason: str) -> None:
        """End the request, waiting or accepted, without asking the approvers again."""
        state = self.current_workflow_state
        if state:
            state.cancel(user=user)
        self.settle(self.Status.WITHDRAWN, user, reason)


class HomeProposalQuerySet(models.QuerySet["HomeProposal"]):
    def shown(self) -> Self:
        """Proposals that the province's home page shows now."""
        return self.filter(live=True, page__live=True)


@owned(Scope.SCREEN)
class HomeProposal(PageRequest):
    """An article of a component site proposed for the province's home page, which links to its one address."""

    objects = HomeProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("đề nghị lên trang chủ")
        verbose_name_plural = _("đề nghị lên trang chủ")
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(status__in=["waiting", "accepted"]), name="one_home_proposal_a_page"
            )
        ]
        indexes = [models.Index(fields=["-decided_at"], condition=Q(live=True), name="home_proposals_shown")]

    def __str__(self) -> str:
        return str(_("Lên trang chủ: %(title)s") % {"title": self.page.get_admin_display_title()})

    def moderating_organisation(self) -> Organisation:
        """The province decides about its home page, whoever owns the article."""
        return Organisation.objects.get(kind=Organisation.Kind.PROVINCE)

    def get_workflow(self) -> Workflow | None:
        return self.moderating_organisation().home_page.get_workflow()

    @property
    def is_withdrawable(self) -> bool:
        return self.status in {self.Status.WAITING, self.Status.ACCEPTED}

    def finish(self, user: User | None) -> None:
        """The last approver agreed: the home page shows the article."""
        self.settle(self.Status.ACCEPTED, user)
        log(instance=self.page.specific_deferred, action="editorial.home_accept", user=user)


@owned(Scope.SCREEN)
class TakedownRequest(PageRequest):
    """A published page is to be taken down; as hard to get through as publishing it was."""

    public_reason = models.TextField(
        _("lý do công khai"),
        max_length=500,
        blank=True,
        help_text=_("Người đọc thấy câu này ở địa chỉ của bài đã gỡ. Để trống khi không nên nêu lý do."),
    )

    class Meta:
        verbose_name = _("đề nghị gỡ xuống")
        verbose_name_plural = _("đề nghị gỡ xuống")
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=Q(status="waiting"), name="one_takedown_a_page")
        ]

    def __str__(self) -> str:
        return str(_("Gỡ xuống: %(title)s") % {"title": self.page.get_admin_display_title()})

    def moderating_organisation(self) -> Organisation | None:
        return organisation_of(self.page)

    def get_workflow(self) -> Workflow | None:
        return self.page.get_workflow()

    def finish(self, user: User | None) -> None:
        """The last approver agreed: the page comes down, and its address says why."""
        self.settle(self.Status.ACCEPTED, user)
        page = self.page.specific
        if page.live:
            UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
        log(instance=page, action="editorial.takedown", user=user, data={"reason": self.note})


def withdrawal_of(page: Page) -> TakedownRequest | None:
    """The accepted request that took `page` down, or None where it is not live for another reason."""
    return (
        TakedownRequest.objects.filter(page=page.pk, status=PageRequest.Status.ACCEPTED).order_by("-decided_at").first()
    )
