"""What waits for whom. One query for the rows whatever their number, one more per kind of content."""

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Q, QuerySet
from wagtail.models import Page, TaskState, WorkflowState

from organisations.grants import Person, is_operator, memberships_of
from organisations.models import Role, User

from .models import HomeProposal, OrganisationApprovalTask, OrganisationTaskState, TakedownRequest

# A lookup over two models, of which the types know nothing.
SOURCE: str = "workflow_state__content_object"
APPROVING_ROLES = (Role.APPROVER, Role.SECRETARY, Role.BOARD)


def approves_somewhere(user: Person) -> bool:
    """Whether `user` is ever asked to approve."""
    return user.is_superuser or any(m.role in APPROVING_ROLES for m in memberships_of(user))


def waiting() -> QuerySet[OrganisationTaskState]:
    """Every step in progress, longest waiting first."""
    steps = OrganisationTaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    return steps.order_by("started_at", "pk")


def waiting_for(user: Person) -> QuerySet[OrganisationTaskState]:
    """Steps that `user` holds the role for."""
    if user.is_superuser:
        return waiting()
    tasks = dict(OrganisationApprovalTask.objects.values_list("role", "pk"))
    mine = Q(pk__in=[])
    for membership in memberships_of(user):
        if membership.role in tasks:
            mine |= Q(task=tasks[membership.role], organisation=membership.organisation_id)
    return waiting().filter(mine)


def visible_to(user: Person) -> QuerySet[OrganisationTaskState]:
    """Steps whose existence `user` may know of: all for operators, who watch over the flow but do not approve."""
    return waiting() if is_operator(user) else waiting_for(user)


def rows(steps: QuerySet[OrganisationTaskState]) -> QuerySet[OrganisationTaskState]:
    """`steps` with everything that a list shows of them."""
    steps = steps.select_related(
        "organisation", "task", "revision__user", "workflow_state__requested_by", "workflow_state__workflow"
    )
    sources = GenericPrefetch(
        SOURCE,
        [
            Page.objects.all(),
            *(model.objects.select_related("source", "page") for model in (HomeProposal, TakedownRequest)),
        ],
    )
    return steps.prefetch_related(sources)


def concerning(user: User) -> QuerySet[WorkflowState]:
    """Workflows that `user` started and that are not over, returned ones first."""
    states = WorkflowState.objects.active().filter(requested_by=user)
    return (
        states.order_by("-status", "-created_at")
        .select_related("current_task_state__task", "current_task_state__finished_by")
        .prefetch_related("content_object")
    )
