"""The three workflows all sites share; their approvers are found from the page."""

from django.db import transaction
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from organisations.models import Role

from .models import OrganisationApprovalTask

COMPONENT, HOME, ENGLISH = "Trang thành phần", "Trang chủ của tỉnh", "Trang tiếng Anh"
STEPS = {COMPONENT: [Role.APPROVER], HOME: [Role.SECRETARY, Role.BOARD], ENGLISH: [Role.BOARD]}


@transaction.atomic
def assign_workflow(name: str, page: Page) -> None:
    """Moderate everything below `page` by the shared workflow `name`, which is made when missing."""
    workflow, created = Workflow.objects.get_or_create(name=name)
    if created:
        for order, role in enumerate(STEPS[name]):
            task, _ = OrganisationApprovalTask.objects.get_or_create(role=role, defaults={"name": str(role.label)})
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.update_or_create(page_id=page.pk, defaults={"workflow": workflow})
