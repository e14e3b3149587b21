"""How long the lines of an upload are kept, done or left lying; the pages they became stay."""

from django.utils.translation import gettext_lazy as _

from organisations.retention import Kept, table

from .models import DocumentUpload

table.register(
    Kept(
        "document_uploads",
        _("tệp văn bản tải lên"),
        90,
        _("Đủ để tải phần còn lại và xem lại dòng lỗi."),
        lambda moment: DocumentUpload.objects.filter(created__lt=moment),
    )
)
