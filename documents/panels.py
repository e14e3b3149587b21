"""Panels of the document's form."""

from wagtail.admin.panels import Panel

from home.media.models import FileText


class DuePanel(Panel):
    """Tells the editor of an unpublished document how many working days are left."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "documents/admin/due_panel.html"

        def is_shown(self):
            self.due = self.instance.due() if self.instance.pk else None
            return super().is_shown() and self.due is not None

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {"due": self.due, "late": max(-self.due.left, 0)}


class FileProblemsPanel(Panel):
    """Names the document's files that readers or the search cannot open or read (home.media.extraction)."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "documents/admin/file_problems_panel.html"

        def is_shown(self):
            files = [row.file_id for row in self.instance.files.all()]
            marked = FileText.objects.filter(file__in=files).exclude(problem="") if files else FileText.objects.none()
            self.marked = list(marked.select_related("file"))
            return super().is_shown() and bool(self.marked)

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {"marked": self.marked}
