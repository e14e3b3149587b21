"""Pictures and files that come beside an imported file: found in its folder only, judged as an upload is, stored once."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from home.media.image_form import PortalImageField
from home.media.models import PortalFile, PortalImage
from home.media.uploads import validate_file_content
from organisations.models import Organisation
from organisations.text import composed

from .paths import Folder


class AttachedFiles:
    """What lies beside an imported file, for one organisation. What cannot be had is noted, and the line goes in without."""

    def __init__(self, folder: Path, organisation: Organisation) -> None:
        self.folder = Folder(folder)
        self.collection = organisation.collection

    def image(self, name: str, alt: str, notes: list[str]) -> PortalImage | None:
        """The image at the relative path `name`, from the collection if it was brought in before; None with a note."""
        file = self._file(name, "ảnh", settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, notes)
        if file is None:
            return None
        model = get_image_model()
        came_as = _hash(file)
        same = Q(uploaded_hash=came_as) | Q(file_hash=came_as)
        known: PortalImage | None = model.objects.filter(same, collection=self.collection).first()
        if known:
            return known
        try:
            drawn = PortalImageField().clean(ContentFile(file.read(), name=file.name), None)
        except ValidationError as error:
            notes.append(f"bỏ ảnh “{name[:100]}”: {' '.join(error.messages)}")
            return None
        image: PortalImage = model(
            title=alt[:255] or file.name, alt_text=alt[:255], file=drawn, collection=self.collection
        )
        image.is_bare, image.uploaded_hash = True, came_as
        image._set_image_file_metadata()
        image.save()
        return image

    def document(self, name: str, notes: list[str]) -> PortalFile | None:
        """The file at the relative path `name`, likewise."""
        file = self._file(name, "tệp", settings.WAGTAILDOCS_MAX_UPLOAD_SIZE, notes)
        if file is None:
            return None
        model = get_document_model()
        known: PortalFile | None = model.objects.filter(collection=self.collection, file_hash=_hash(file)).first()
        if known:
            return known
        try:
            if Path(file.name or "").suffix.lower().lstrip(".") not in settings.WAGTAILDOCS_EXTENSIONS:
                raise ValidationError("phần mở rộng không được nhận.")
            validate_file_content(file)
        except ValidationError as error:
            notes.append(f"bỏ tệp “{name[:100]}”: {' '.join(error.messages)}")
            return None
        document: PortalFile = model(title=Path(file.name or "").stem[:255], file=file, collection=self.collection)
        document._set_document_file_metadata()
        document.save()
        return document

    def link(self, address: str, notes: list[str]) -> str:
        """The attributes of a link to the file that an address of the other system means; empty where it is not here."""
        document = self.document(address, notes) if self.folder.find(address) else None
        return f'linktype="document" id="{document.pk}"' if document else ""

    def _file(self, name: str, what: str, limit: int, notes: list[str]) -> "ContentFile[bytes] | None":
        path = self.folder.find(name)
        if path is None:
            notes.append(f"bỏ {what} “{name[:100]}”: không có trong thư mục của tệp nhập.")
        elif path.stat().st_size > limit:
            notes.append(f"bỏ {what} “{name[:100]}”: lớn hơn {limit // 1024 // 1024} MB.")
        else:
            return ContentFile(path.read_bytes(), name=composed(path.name))
        return None


def _hash(file: "ContentFile[bytes]") -> str:
    """SHA-1, by which Wagtail knows a file's content."""
    digest = hashlib.sha1(file.read(), usedforsecurity=False).hexdigest()
    file.seek(0)
    return digest
