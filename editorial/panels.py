"""What the editor reads at the top of the form, and what the dashboard shows."""

from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.admin.panels import Panel
from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowState

from organisations.grants import PAGE_ACTIONS, actions_of, is_operator, memberships_of
from organisations.models import Role

from . import queue
from .models import HomeProposal, TakedownRequest
from .requests import PageRequest

ON_DASHBOARD = 8


class EditorialStatusPanel(Panel):
    """Shows where a page stands: why it was returned, what was asked about it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "editorial/status_panel.html"

        @cached_property
        def returned(self):
            """The step that returned the page, while it is not handed in again."""
            state = self.instance.current_workflow_state if self.instance.pk else None
            if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
                return state.current_task_state
            return None

        @cached_property
        def page_requests(self):
            """Requests that run, and the last one that was declined."""
            if not self.instance.pk:
                return []
            kept = [PageRequest.Status.WAITING, PageRequest.Status.ACCEPTED, PageRequest.Status.DECLINED]
            lasting = [
                model.objects.filter(page=self.instance.pk, status__in=kept).order_by("-requested_at").first()
                for model in (HomeProposal, TakedownRequest)
            ]
            return [request for request in lasting if request]

        def is_shown(self):
            return super().is_shown() and bool(self.returned or self.page_requests)

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            return context | {"returned": self.returned, "page_requests": self.page_requests}


class WaitingPanel(Component):
    """The first of those waiting for the person, and how many there are."""

    name = "editorial_waiting"
    order = 100
    template_name = "editorial/dashboard_waiting.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        steps = queue.waiting_for(user)
        total = steps.count() if queue.approves_somewhere(user) else 0
        return {"total": total, "steps": queue.rows(steps)[:ON_DASHBOARD] if total else []}


class OwnWorkPanel(Component):
    """What the person handed in: returned with a reason, or still waiting."""

    name = "editorial_own_work"
    order = 110
    template_name = "editorial/dashboard_own.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {"states": queue.concerning(user)[:ON_DASHBOARD], "places": writing_places(user)[:ON_DASHBOARD]}


def writing_places(user):
    """The menu's sections in which the person may begin a page; operators, who may everywhere, have the tree for that."""
    memberships = memberships_of(user)
    if is_operator(user):
        return []
    below = Q(pk__in=[])
    for membership in memberships:
        if "add" in actions_of(PAGE_ACTIONS, membership) and membership.role != Role.TRANSLATOR:
            home = membership.organisation.home_page
            below |= Q(path__startswith=home.path, depth=home.depth + 1)
    sections = Page.objects.filter(below, show_in_menus=True).order_by("path")
    return [page for page in sections if page.specific_class and _is_written_in(page.specific_class)]


def _is_written_in(page_class):
    """Whether pages of the class hold others than their like, as a section holds articles."""
    return any(model is not page_class for model in page_class.creatable_subpage_models())
