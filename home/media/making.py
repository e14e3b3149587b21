"""Copies of a picture are made in the background when it comes in, so that no page has to wait for them."""

from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task

from .copies import is_given_up, missing_copies
from .models import PortalImage


def connect():
    post_save.connect(note_image, sender=PortalImage, dispatch_uid="home_note_image")


def note_image(instance, raw=False, update_fields=None, **kwargs):
    """A new picture, or one whose focal point was moved, has its copies made after the request's transaction."""
    if not raw and update_fields is None:
        transaction.on_commit(lambda: make_copies.enqueue(instance.pk))


@task()
def make_copies(pk):
    """Make what is missing of the copies that pages and lists ask for; a picture deleted meanwhile is nobody's loss."""
    image = PortalImage.objects.filter(pk=pk).first()
    if image is None or is_given_up(image):
        return
    filters = missing_copies(image)
    if filters:
        image.get_renditions(*filters)
