"""The approvers' queue, the decision, and the two requests an editor can make about a published page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView
from wagtail.models import Page, TaskState

from organisations.admin_screen import AdminScreen
from organisations.conflicts import SaysRaces
from organisations.grants import has_role, is_operator
from organisations.models import Role
from organisations.scoping import organisations_for

from . import queue
from .forms import DecisionForm, HomeProposalForm, TakedownForm, WithdrawForm
from .models import HomeProposal, OrganisationTaskState, TakedownRequest
from .requests import PageRequest
from .submission import Submission, hold, hold_page

PER_PAGE = 25


class ModerationScreen(AdminScreen):
    """A screen on the way from the queue."""

    header_icon = "clipboard-list"
    above = [("editorial:queue", gettext_lazy("Chờ duyệt"))]


class QueueView(AdminScreen, ListView):
    """Everything that waits for the person; for operators, on request, everything that waits."""

    template_name = "editorial/queue.html"
    page_title = gettext_lazy("Chờ duyệt")
    header_icon = "clipboard-list"
    paginate_by = PER_PAGE
    page_kwarg = "p"
    context_object_name = "steps"

    def may(self, user):
        return queue.approves_somewhere(user) or is_operator(user)

    def get_queryset(self):
        user = self.request.user
        steps = queue.visible_to(user) if self.shows_everything else queue.waiting_for(user)
        code = self.request.GET.get("don-vi", "")
        if code:
            steps = steps.filter(organisation__code=code)
        return queue.rows(steps)

    @cached_property
    def shows_everything(self):
        """Operators approve nothing, so their own queue would be empty; they look at all of them."""
        return is_operator(self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["organisations"] = organisations_for(self.request.user)
        context["chosen"] = self.request.GET.get("don-vi", "")
        return context


class DecideView(ModerationScreen, SaysRaces, FormView):
    """Read what waits, then approve it or return it with a reason."""

    template_name = "editorial/decide.html"
    page_title = gettext_lazy("Xem và duyệt")
    form_class = DecisionForm

    @cached_property
    def step(self):
        return get_object_or_404(queue.rows(OrganisationTaskState.objects.all()), pk=self.kwargs["step_id"])

    def may(self, user):
        """Who holds the role of the step or watches over all; anybody else does not learn that it is there."""
        if is_operator(user) or has_role(user, self.step.task.specific.role, organisation=self.step.organisation):
            return True
        raise Http404

    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs) if self.is_open else self.already_decided()

    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs) if self.is_open else self.already_decided()

    @property
    def is_open(self):
        return self.step.status == TaskState.STATUS_IN_PROGRESS

    def already_decided(self):
        messages.info(self.request, _("“%(title)s” đã được xử lý.") % {"title": self.step.revision.object_str})
        return redirect("editorial:queue")

    @cached_property
    def actions(self):
        return self.step.task.specific.decisions(self.item, self.request.user)

    @property
    def item(self):
        return self.step.workflow_state.content_object

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"actions": self.actions}

    def carry_out(self, form):
        data = form.cleaned_data
        task, read = self.step.task.specific, (data["revision"], data["digest"])
        task.decide(self.step, self.request.user, data["action"], data["comment"], shown=read)
        done = {"approve": _("Đã duyệt"), "override": _("Đã duyệt ngoại lệ"), "reject": _("Đã trả lại")}[data["action"]]
        title = OrganisationTaskState.objects.get(pk=self.step.pk).revision.object_str
        messages.success(self.request, _("%(done)s “%(title)s”.") % {"done": done, "title": title})
        return redirect("editorial:queue")

    def show(self):
        """The submission that the screen is about to show; from now on autosave makes another revision instead of changing it."""
        fresh = type(self.item)._default_manager.get(pk=self.item.pk)
        submission = Submission.of(fresh)
        shown = OrganisationTaskState.objects.filter(pk=self.step.pk).exclude(shown_revision=submission.revision)
        shown.update(shown_revision=submission.revision)
        return submission

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        request = self.item if isinstance(self.item, PageRequest) else None
        page = request.page if request else self.item
        return context | {
            "step": self.step,
            "shown": self.show(),
            "item_request": request,
            "page_object": page.specific_deferred,
            "actions": self.actions,
            "earlier": self.earlier_remarks(),
        }

    def earlier_remarks(self):
        """What was said about this item at its former steps and returns."""
        states = TaskState.objects.for_instance(self.item).exclude(comment="")
        return states.select_related("finished_by", "task").order_by("-finished_at")[:20]


class PageRequestView(ModerationScreen, SaysRaces, FormView):
    """Ask for something about a published page of the own organisation."""

    template_name = "editorial/request.html"
    model = None
    done = ""
    race_sentence = gettext_lazy("Đã có một đề nghị như vậy cho trang này.")

    @cached_property
    def page_object(self):
        return get_object_or_404(Page, pk=self.kwargs["page_id"]).specific

    def may(self, user):
        return self.page_object.permissions_for_user(user).can_request()

    def get_open_request(self):
        """The request of this kind that already runs for the page, if any."""
        return self.model.objects.filter(page=self.page_object.pk, status=PageRequest.Status.WAITING).first()

    def carry_out(self, form):
        hold_page(self.page_object.pk)
        if self.get_open_request():
            raise ValidationError(self.race_sentence)
        self.model(page=self.page_object.page_ptr, **form.cleaned_data).submit(self.request.user)
        messages.success(self.request, self.done % {"title": self.page_object.title})
        return redirect("wagtailadmin_pages:edit", self.page_object.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(page_object=self.page_object, open_request=self.get_open_request(), **kwargs)


class ProposeView(PageRequestView):
    """Propose an article of a component site for the province's home page."""

    model = HomeProposal
    form_class = HomeProposalForm
    page_title = gettext_lazy("Đề nghị lên trang chủ của tỉnh")
    done = gettext_lazy("Đã đề nghị đưa “%(title)s” lên trang chủ của tỉnh.")
    header_icon = "home"

    def may(self, user):
        return getattr(self.page_object, "can_be_proposed", False) and super().may(user)

    def get_open_request(self):
        open_statuses = [PageRequest.Status.WAITING, PageRequest.Status.ACCEPTED]
        return HomeProposal.objects.filter(page=self.page_object.pk, status__in=open_statuses).first()


class TakedownView(PageRequestView):
    """Ask for a published page to be taken down."""

    model = TakedownRequest
    form_class = TakedownForm
    page_title = gettext_lazy("Đề nghị gỡ xuống")
    done = gettext_lazy("Đã đề nghị gỡ “%(title)s”. Bài còn hiển thị cho đến khi đề nghị được duyệt.")
    header_icon = "download"


class WithdrawView(ModerationScreen, SaysRaces, FormView):
    """Take a proposal back, or an accepted article off the home page."""

    template_name = "editorial/request.html"
    form_class = WithdrawForm
    page_title = gettext_lazy("Rút khỏi trang chủ của tỉnh")
    success_url = reverse_lazy("wagtailadmin_home")
    header_icon = "home"

    @cached_property
    def proposal(self):
        open_statuses = [PageRequest.Status.WAITING, PageRequest.Status.ACCEPTED]
        proposals = HomeProposal.objects.select_related("page").filter(status__in=open_statuses)
        return get_object_or_404(proposals, pk=self.kwargs["proposal_id"])

    def may(self, user):
        """The home page's keepers, and those who may ask for the article."""
        province = self.proposal.moderating_organisation()
        if user.is_superuser or has_role(user, Role.SECRETARY, Role.BOARD, organisation=province):
            return True
        return self.proposal.page.specific.permissions_for_user(user).can_edit()

    def carry_out(self, form):
        proposal = hold(self.proposal)
        if not proposal.is_withdrawable:
            raise ValidationError(_("Đề nghị này vừa được rút hoặc đã kết thúc."))
        proposal.withdraw(self.request.user, form.cleaned_data["note"])
        messages.success(self.request, _("Đã rút “%(title)s” khỏi trang chủ.") % {"title": proposal.page.title})
        return super().carry_out(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(page_object=self.proposal.page, **kwargs)
