"""Mail to those whose turn it is. Wagtail's own notifiers know groups only, which the portal does not have."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django_tasks import task
from wagtail.models import WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from organisations.models import Organisation, User
from organisations.scoping import may_meet

from .models import OrganisationTaskState

logger = logging.getLogger(__name__)


def connect():
    """Replace Wagtail's notifiers by ours; called once, when the apps are ready."""
    for signal, sender, uid in STOCK:
        signal.disconnect(sender=sender, dispatch_uid=uid)
    task_submitted.connect(step_started, sender=OrganisationTaskState, dispatch_uid="editorial_step_started")
    workflow_rejected.connect(returned, sender=WorkflowState, dispatch_uid="editorial_returned")
    workflow_approved.connect(approved, sender=WorkflowState, dispatch_uid="editorial_approved")


def step_started(instance, **kwargs):
    transaction.on_commit(lambda: tell_approvers.enqueue(instance.pk))


def returned(instance, **kwargs):
    transaction.on_commit(lambda: tell_requester.enqueue(instance.pk, "returned"))


def approved(instance, **kwargs):
    transaction.on_commit(lambda: tell_requester.enqueue(instance.pk, "approved"))


@task()
def tell_approvers(step_id):
    """Mail everyone who may decide about the step."""
    step = OrganisationTaskState.objects.select_related("organisation", "workflow_state__requested_by").get(pk=step_id)
    if step.status != OrganisationTaskState.STATUS_IN_PROGRESS:
        return
    people = wanting(step.task.specific.approvers(step), "submitted_notifications")
    context = {"step": step, "title": step.revision.object_str, "url": decision_url(step)}
    # Approvers of this moment; the page of a request to the province they need not see.
    send("waiting", people, context, about=None)


@task()
def tell_requester(state_id, outcome):
    """Mail whoever submitted (and the author, when that is someone else) how it ended."""
    state = WorkflowState.objects.select_related("current_task_state__revision").get(pk=state_id)
    step, item = state.current_task_state, state.content_object
    if item is None:
        return
    preference = "rejected_notifications" if outcome == "returned" else "approved_notifications"
    people = wanting(User.objects.filter(pk__in={state.requested_by_id, item.owner_id} - {None}), preference)
    people = people.exclude(pk=step.finished_by_id)
    context = {"step": step, "title": step.revision.object_str, "url": work_url(item)}
    send(outcome, people, context, about=page_id_of(item))


@task()
def tell_people_of_closed(organisation_id):
    """Tell those who worked at an organisation that has closed where they may go on."""
    organisation = Organisation.objects.get(pk=organisation_id)
    people = User.objects.filter(memberships__in=organisation.memberships.active()).exclude(email="").distinct()
    context = {"organisation": organisation, "successors": organisation.successors.all()}
    home = settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_home")
    send("closed", people, context | {"url": home}, about=None)


def wanting(people, preference):
    """Of `people`, those who can be reached and have not switched this kind of mail off."""
    reachable = people.filter(is_active=True).exclude(email="")
    return reachable.exclude(**{f"wagtail_userprofile__{preference}": False})


def decision_url(step):
    return settings.WAGTAILADMIN_BASE_URL + reverse("editorial:decide", args=[step.pk])


def work_url(item):
    """Where the person goes on working: the page behind whatever was moderated."""
    return settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_pages:edit", args=[page_id_of(item)])


def page_id_of(item):
    """The page that a page or a request is about."""
    return getattr(item, "page_id", item.pk)


def send(template, people, context, *, about):
    """One message each, so that nobody sees the others' addresses; a failing server is logged, never raised.

    `about`: the id of a page, and only who may see it in the admin now is written to: between what happened and the letter
    people leave. None where the letter goes to who holds a role at this moment, or is about no page.
    """
    people = [person for person in people if about is None or may_meet(person, about)]
    with override(settings.LANGUAGE_CODE):
        subject, _, body = render_to_string(f"editorial/mail/{template}.txt", context).strip().partition("\n")
    for person in people:
        message = EmailMessage(subject.strip(), body.strip() + "\n", to=[person.email])
        message.extra_headers["Auto-Submitted"] = "auto-generated"
        try:
            message.send()
        except (SMTPException, OSError):
            logger.exception("Mail %s to user %s could not be sent", template, person.pk)


STOCK = [
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
]
