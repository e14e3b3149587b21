"""Panels of the document's form."""

from wagtail.admin.panels import Panel


class DuePanel(Panel):
    """Tells the editor of an unpublished document how many working days are left."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "documents/admin/due_panel.html"

        def is_shown(self):
            from .duties import due_of

            self.due = due_of(self.instance) if self.instance.pk else None
            return super().is_shown() and self.due is not None

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {"due": self.due, "late": max(-self.due.left, 0)}
