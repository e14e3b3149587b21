"""Django's views of forms and lists, to be written as the checker of types knows them: `FormView[OrderForm]`.

Django's own take nothing in brackets when the program runs.
"""

from typing import TYPE_CHECKING, Any

from django.views import generic

if TYPE_CHECKING:
    from django.views.generic import FormView as FormView
    from django.views.generic import ListView as ListView
else:

    class FormView(generic.FormView):
        def __class_getitem__(cls, form: Any) -> type:
            return cls

    class ListView(generic.ListView):
        def __class_getitem__(cls, model: Any) -> type:
            return cls
