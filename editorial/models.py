"""The one kind of moderation step: approvers are those who hold a role at the organisation that owns the page."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Revision, Task, TaskState

from organisations.grants import has_role, memberships_of, with_rights_held
from organisations.models import Membership, Organisation, Role, User
from organisations.owned import Scope, owned
from organisations.scoping import organisation_of
from organisations.succession import answering_for

from .forms import NO_REASON
from .publications import Publication
from .requests import HomeProposal, PageRequest, TakedownRequest
from .submission import Submission, hold

__all__ = ["HomeProposal", "Publication", "TakedownRequest"]


def moderating_organisation(obj):
    """Whose approvers decide about `obj`: a page's own organisation, or the one that a request names."""
    return obj.moderating_organisation() if isinstance(obj, PageRequest) else organisation_of(obj)


@owned(Scope.SCREEN)
class OrganisationTaskState(TaskState):
    """A step in progress, with its organisation beside it so that a queue is one query."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # What an approver was last shown; autosave does not write over it.
    shown_revision = models.ForeignKey(
        Revision, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    # SHA-256 of the content that was decided about. Kept for ever, also when the revision itself is not.
    digest = models.CharField(max_length=64, blank=True, editable=False)

    def save(self, *args, **kwargs):
        if self.organisation_id is None:
            self.organisation = moderating_organisation(self.workflow_state.content_object)
        super().save(*args, **kwargs)


class OrganisationApprovalTask(Task):
    """Waits for someone who holds `role` at the organisation that owns the page; shared by all sites."""

    role = models.CharField(_("vai trò duyệt"), max_length=10, choices=Role.choices)

    admin_form_fields = [*Task.admin_form_fields, "role"]
    task_state_class = OrganisationTaskState

    class Meta:
        verbose_name = _("bước duyệt của đơn vị")
        verbose_name_plural = _("bước duyệt của đơn vị")

    def holds_role(self, obj, user):
        """Whether `user` is an approver of this step for `obj`; superusers are for emergencies."""
        return user.is_superuser or has_role(user, self.role, organisation=moderating_organisation(obj))

    def is_involved(self, obj, user):
        """Whoever had a hand in it does not approve it."""
        return user.pk in self.involved(obj)

    def involved(self, obj):
        """Ids of the author, the submitter, and all who edited since what is published now."""
        state = obj.current_workflow_state
        editors = set(self._since_publication(obj).values_list("user_id", flat=True))
        return {obj.owner_id, state.requested_by_id if state else None, *editors} - {None}

    def _since_publication(self, obj):
        # Asked of the database, since `obj` may have been read before the last edit.
        revisions = Revision.objects.for_instance(obj).order_by()
        if obj.live_revision_id:
            return revisions.filter(
                created_at__gt=Revision.objects.filter(pk=obj.live_revision_id).values("created_at")
            )
        return revisions.filter(created_at__gt=obj.last_published_at) if obj.last_published_at else revisions

    def approvers(self, task_state):
        """Who may decide about `task_state` now: role holders of its organisation who are not involved."""
        here = Membership.objects.at_work().filter(
            role=self.role, organisation__in=answering_for(task_state.organisation)
        )
        people = User.objects.filter(pk__in=here.values("user"))
        return people.exclude(pk__in=self.involved(task_state.workflow_state.content_object))

    def user_can_access_editor(self, obj, user):
        return self.holds_role(obj, user)

    def locked_for_user(self, obj, user):
        return not self.holds_role(obj, user)

    def user_can_lock(self, obj, user):
        return self.holds_role(obj, user)

    def get_actions(self, obj, user):
        """None for Wagtail's menus and screens: decisions have one door, which shows what it decides about."""
        return []

    def decisions(self, obj, user):
        """Approve for who is not involved; override, with a reason, for who is."""
        if not self.holds_role(obj, user):
            return []
        return ["reject", "override"] if self.is_involved(obj, user) else ["reject", "approve"]

    def on_action(self, task_state, user, action_name, comment="", **kwargs):
        """Wagtail's way: decide about what waits at this moment; what `decide` refuses changes nothing."""
        try:
            self.decide(task_state, user, action_name, comment)
        except ValidationError:
            return

    @transaction.atomic
    def decide(self, task_state, user, action, comment="", shown=None):
        """Carry out `action` of `user` about `shown` (revision id, digest); refuses by ValidationError.

        Page, step and the person's rights are held meanwhile: of two decisions one counts, a save comes before or after,
        and who is suspended in this moment has not decided.
        """
        obj = hold(task_state.workflow_state.content_object)
        step = OrganisationTaskState.objects.select_for_update(of=("self",)).get(pk=task_state.pk)
        if step.status != TaskState.STATUS_IN_PROGRESS:
            raise ValidationError(_("Người khác vừa xử lý mục này trước Anh/Chị."))
        submission = Submission.of(obj)
        if shown is not None and not submission.is_named_by(*shown):
            raise ValidationError(_("Bài vừa được sửa trong lúc Anh/Chị đọc. Hãy đọc lại bản mới rồi quyết định."))
        if action not in self.decisions(obj, with_rights_held(user)):
            raise ValidationError(_("Anh/Chị không được quyết định như vậy ở mục này."))
        if action != "approve" and not comment.strip():
            raise ValidationError(NO_REASON["required"])
        step.revision, step.digest = submission.revision, submission.digest
        self._carry_out(step, obj, user, action, comment)

    def _carry_out(self, step, obj, user, action, comment):
        if action == "reject":
            step.reject(user=user, comment=comment)
            if isinstance(obj, PageRequest):
                self._decline(step, user, comment)
            return
        if action == "override":
            log(instance=obj, action="editorial.override", user=user, data={"reason": comment})
            comment = str(_("Duyệt ngoại lệ: %(reason)s") % {"reason": comment})
        step.approve(user=user, comment=comment)

    def _decline(self, task_state, user, comment):
        """A request is not mended and handed in again as a page is: what is returned is declined."""
        request = task_state.workflow_state.content_object
        task_state.workflow_state.cancel(user=user)
        request.settle(PageRequest.Status.DECLINED, user, comment)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        waiting = TaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser:
            return waiting
        here = [m.organisation_id for m in memberships_of(user) if m.role == self.role]
        return waiting.filter(
            pk__in=OrganisationTaskState.objects.filter(task=self, organisation__in=here).values("pk")
        )

    @classmethod
    def get_description(cls):
        return _("Người giữ vai trò đã chọn ở đơn vị sở hữu trang sẽ duyệt bước này.")
