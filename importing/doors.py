"""Insides of other packages that this room uses (docs/upgrading.md)."""

from organisations.doors import Door, doors, takes


def _file_facts() -> bool:
    from wagtail.documents.models import AbstractDocument
    from wagtail.images.models import AbstractImage

    image, file = AbstractImage._set_image_file_metadata, AbstractDocument._set_document_file_metadata
    return takes(image, "self") and takes(file, "self")


doors.register(
    Door("qn.E049", "._set_image_file_metadata, ._set_document_file_metadata", "importing/files.py", _file_facts)
)
