"""Takes out of stored pictures what they tell beside the picture: where, when, by whom and with what they were made.

    python manage.py strip_pictures

Pictures that come in today are drawn anew on the way (home.media.image_form); this is for those that came before. Each keeps
its address. May be stopped and started again: what is done is not done twice.
"""

import os
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from home.media.copies import DrawingError, drawn_anew
from home.media.making import make_copies
from home.media.models import PortalImage
from home.progress import Progress


class Command(BaseCommand):
    help = "Xóa khỏi ảnh đã lưu những gì ảnh nói thêm: nơi chụp, giờ chụp, người chụp, máy chụp."

    def handle(self, **options):
        waiting = PortalImage.objects.filter(is_bare=False).order_by("pk")
        failed = []
        with Progress(waiting.count(), "ảnh", self.stdout) as done:
            for pk in list(waiting.values_list("pk", flat=True)):
                if not strip(pk):
                    failed.append(pk)
                done()
        if failed:
            self.stdout.write("Không làm được, hãy xem và thay các ảnh số: " + ", ".join(map(str, failed)))


def strip(pk):
    """Whether the picture `pk` tells nothing now; its copies, which told the same, are made anew."""
    with transaction.atomic():
        image = PortalImage.objects.select_for_update().filter(pk=pk).first()
        if image is None or image.is_bare:
            return True
        try:
            with image.open_file() as file:
                anew = drawn_anew(file.read(), image.filename)
        except (DrawingError, OSError):
            return False
        came_as = image.get_file_hash()
        replace_content(image.file.path, anew.read())
        stripped = PortalImage.objects.get(pk=pk)
        stripped._set_image_file_metadata()
        stripped.width, stripped.height = stripped.file.get_image_dimensions()
        stripped.is_bare, stripped.uploaded_hash = True, image.uploaded_hash or came_as
        for copy in stripped.renditions.all():
            copy.delete()
        stripped.save()
        transaction.on_commit(lambda: make_copies.enqueue(pk))
    return True


def replace_content(path, content):
    """Other bytes under the same name, at no moment none."""
    with tempfile.NamedTemporaryFile(dir=Path(path).parent, delete=False) as file:
        file.write(content)
    os.chmod(file.name, Path(path).stat().st_mode & 0o660)
    os.replace(file.name, path)
