"""Pictures and files that come beside an imported file: found in its folder only, judged as an upload is, stored once."""

import hashlib
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from home.media.image_form import PortalImageField
from home.media.uploads import validate_file_content


class AttachedFiles:
    """What lies beside an imported file, for one organisation. What cannot be had is noted, and the item goes in without."""

    def __init__(self, folder, organisation):
        self.folder = folder.resolve()
        self.collection = organisation.collection

    def image(self, name, alt, notes):
        """The image at the relative path `name`, from the collection if it was brought in before; None with a note."""
        file = self._file(name, "ảnh", settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, notes)
        if file is None:
            return None
        model = get_image_model()
        came_as = _hash(file)
        same = Q(uploaded_hash=came_as) | Q(file_hash=came_as)
        known = model.objects.filter(same, collection=self.collection).first()
        if known:
            return known
        try:
            drawn = PortalImageField().clean(ContentFile(file.read(), name=file.name), None)
        except ValidationError as error:
            notes.append(f"bỏ ảnh “{name[:100]}”: {' '.join(error.messages)}")
            return None
        image = model(title=alt[:255] or file.name, alt_text=alt[:255], file=drawn, collection=self.collection)
        image.is_bare, image.uploaded_hash = True, came_as
        image._set_image_file_metadata()
        image.save()
        return image

    def document(self, name, notes):
        """The file at the relative path `name`, likewise."""
        file = self._file(name, "tệp", settings.WAGTAILDOCS_MAX_UPLOAD_SIZE, notes)
        if file is None:
            return None
        model = get_document_model()
        known = model.objects.filter(collection=self.collection, file_hash=_hash(file)).first()
        if known:
            return known
        try:
            if Path(file.name).suffix.lower().lstrip(".") not in settings.WAGTAILDOCS_EXTENSIONS:
                raise ValidationError("phần mở rộng không được nhận.")
            validate_file_content(file)
        except ValidationError as error:
            notes.append(f"bỏ tệp “{name[:100]}”: {' '.join(error.messages)}")
            return None
        document = model(title=Path(file.name).stem[:255], file=file, collection=self.collection)
        document._set_document_file_metadata()
        document.save()
        return document

    def _file(self, name, what, limit, notes):
        path = self._path(name)
        if path is None:
            notes.append(f"bỏ {what} “{name[:100]}”: không có trong thư mục của tệp nhập.")
        elif path.stat().st_size > limit:
            notes.append(f"bỏ {what} “{name[:100]}”: lớn hơn {limit // 1024 // 1024} MB.")
        else:
            return ContentFile(path.read_bytes(), name=path.name)
        return None

    def _path(self, name):
        """The file that the relative address `name` means; None outside the folder or where there is none."""
        try:
            address = urlsplit(name)
            if address.scheme or address.netloc or not address.path:
                return None
            path = (self.folder / unquote(address.path)).resolve()
            return path if path.is_relative_to(self.folder) and path.is_file() else None
        except (OSError, ValueError):
            return None


def _hash(file):
    """SHA-1, by which Wagtail knows a file's content."""
    digest = hashlib.sha1(file.read(), usedforsecurity=False).hexdigest()
    file.seek(0)
    return digest
