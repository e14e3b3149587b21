"""Mail about comments in the editor, to those who follow the page or the thread and may still see it."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django_tasks import task
from wagtail.models import Comment, CommentReply, Page, PageSubscription

from organisations.models import User

from . import notices

# Names of what an edit can do to comments, and of the lists in which Wagtail's editor hands them over.
NEW, RESOLVED, DELETED, REPLIED = "new_comments", "resolved_comments", "deleted_comments", "new_replies"


def announce(page, editor, changes):
    """Tell of `changes`, as wagtail.admin.views.pages.edit.EditView.get_commenting_changes gives them, after the commit.

    Edited comments are not told of, and what is deleted is kept as text, since it is gone by the time of the letter.
    """
    told = {
        "new": [comment.pk for comment in changes[NEW]],
        "resolved": [comment.pk for comment in changes[RESOLVED]],
        "deleted": [comment.text for comment in changes[DELETED]],
        "replies": [reply.pk for _comment, replies in changes[REPLIED] for reply in replies],
    }
    if any(told.values()):
        transaction.on_commit(lambda: tell_of_comments.enqueue(page.pk, editor.pk, told))


@task()
def tell_of_comments(page_id, editor_id, told):
    """Followers of the page read everything, who wrote in a thread what was said in it."""
    page = Page.objects.filter(pk=page_id).first()
    editor = User.objects.filter(pk=editor_id).first()
    if page is None or editor is None:
        return
    context = {
        "title": page.get_admin_display_title(),
        "editor": editor,
        "url": settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
    followers = notices.wanting(_followers(page).exclude(pk=editor_id), "updated_comments_notifications")
    notices.send("comments", followers, context | _entries(told), about=page_id)
    threads = _threads(told)
    inside = User.objects.filter(comment_replies__comment__in=threads) | User.objects.filter(
        wagtail_admin_comments__in=threads
    )
    inside = inside.exclude(pk=editor_id).exclude(pk__in=_followers(page)).distinct()
    for person in notices.wanting(inside, "updated_comments_notifications"):
        own = _of_threads(told, _threads_of(person, threads))
        notices.send("comments", [person], context | _entries(own), about=page_id)


def _followers(page):
    following = PageSubscription.objects.filter(page=page, comment_notifications=True)
    return User.objects.filter(pk__in=following.values("user"))


def _threads(told):
    """Ids of the comments that were resolved or answered."""
    answered = CommentReply.objects.filter(pk__in=told["replies"]).values_list("comment_id", flat=True)
    return {*told["resolved"], *answered}


def _threads_of(person, threads):
    written = Comment.objects.filter(pk__in=threads, user=person).values_list("pk", flat=True)
    answered = CommentReply.objects.filter(comment__in=threads, user=person).values_list("comment_id", flat=True)
    return {*written, *answered}


def _of_threads(told, threads):
    """The part of `told` that happened in `threads`."""
    replies = CommentReply.objects.filter(pk__in=told["replies"], comment__in=threads).values_list("pk", flat=True)
    resolved = [pk for pk in told["resolved"] if pk in threads]
    return {"new": [], "resolved": resolved, "deleted": [], "replies": list(replies)}


def _entries(told):
    """What the letter lists."""
    return {
        "new": Comment.objects.filter(pk__in=told["new"]),
        "resolved": Comment.objects.filter(pk__in=told["resolved"]),
        "deleted": told["deleted"],
        "replies": CommentReply.objects.filter(pk__in=told["replies"]).select_related("comment"),
    }
