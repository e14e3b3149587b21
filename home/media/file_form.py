"""What the forms of files and pictures have in common, and the form of a file (WAGTAILDOCS_DOCUMENT_FORM_BASE)."""

from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm

from . import locks

AGAIN = _("Tệp chưa được nhận vì còn mục chưa đúng. Hãy sửa mục đó rồi chọn lại tệp.")


class KeptFileMixin:
    """A field that is closed gives the stored file as it is, and takes no other."""

    def clean(self, data, initial=None):
        return initial if self.disabled else super().clean(data, initial)


class PortalFileField(KeptFileMixin, WagtailDocumentField):
    pass


class FileLockMixin:
    """A form that leaves alone what live pages show, and writes what it changes into their histories."""

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.person = user

    def exchange_file_field(self, field):
        """`field` in the place of Wagtail's, then what is to be closed is closed."""
        stock = self.fields.get("file")
        if stock:
            self.fields["file"] = field(label=stock.label, required=stock.required, widget=stock.widget)
        locks.lock(self, self.person)

    def clean(self):
        """Wagtail would keep a new file whose other fields are wrong, unseen, until the rest is set right."""
        cleaned = super().clean()
        if self.errors and self.instance.pk is None and "file" in self.fields and "file" not in self.errors:
            self.add_error("file", AGAIN)
        return cleaned

    def save(self, commit=True):
        item = super().save(commit)
        if item.pk:
            locks.note_in_histories(item, self.changed_data, self.person)
        return item


class PortalFileForm(FileLockMixin, BaseDocumentForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.exchange_file_field(PortalFileField)
