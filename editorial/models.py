"""The one kind of moderation step: approvers are those who hold a role at the organisation that owns the page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Revision, Task, TaskState

from organisations.grants import has_role, memberships_of
from organisations.models import Membership, Organisation, Role, User
from organisations.owned import Scope, owned
from organisations.scoping import organisation_of
from organisations.succession import answering_for

from .forms import OptionalCommentForm, ReasonForm
from .publications import Publication
from .requests import HomeProposal, PageRequest, TakedownRequest

__all__ = ["HomeProposal", "Publication", "TakedownRequest"]


def moderating_organisation(obj):
    """Whose approvers decide about `obj`: a page's own organisation, or the one that a request names."""
    return obj.moderating_organisation() if isinstance(obj, PageRequest) else organisation_of(obj)


@owned(Scope.SCREEN)
class OrganisationTaskState(TaskState):
    """A step in progress, with its organisation beside it so that a queue is one query."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

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
        """Author, last editor and submitter do not approve their own work."""
        return user.pk in self.involved(obj)

    def involved(self, obj):
        """Ids of author, last editor and submitter."""
        # Asked of the database, since `obj` may have been read before the last edit.
        revision = Revision.objects.for_instance(obj).order_by("-created_at", "-pk").first()
        state = obj.current_workflow_state
        return {obj.owner_id, revision.user_id if revision else None, state.requested_by_id if state else None} - {None}

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
        """Approve for who is not involved; override, with a reason, for who is."""
        if not self.holds_role(obj, user):
            return []
        reject = ("reject", _("Trả lại"), True)
        if self.is_involved(obj, user):
            return [reject, ("override", _("Duyệt ngoại lệ"), True)]
        return [reject, ("approve", _("Duyệt"), False), ("approve", _("Duyệt kèm ý kiến"), True)]

    def get_form_for_action(self, action):
        return OptionalCommentForm if action == "approve" else ReasonForm

    def on_action(self, task_state, user, action_name, comment="", **kwargs):
        """Carry out an action that `get_actions` offers to `user`; any other, or one without its reason, is ignored."""
        obj = task_state.workflow_state.content_object
        allowed = {action for action, *_rest in self.get_actions(obj, user)}
        if action_name not in allowed or (action_name != "approve" and not comment.strip()):
            return
        if action_name == "override":
            log(instance=obj, action="editorial.override", user=user, data={"reason": comment})
            task_state.approve(user=user, comment=str(_("Duyệt ngoại lệ: %(reason)s") % {"reason": comment}))
            return
        super().on_action(task_state, user, action_name, comment=comment, **kwargs)
        if action_name == "reject" and isinstance(obj, PageRequest):
            self._decline(task_state, user, comment)

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
