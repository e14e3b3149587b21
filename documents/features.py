"""The register of documents as a part of a site that can be switched off."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commune_sites.features import Feature
from commune_sites.seams import features

from .models import DocumentPage, DocumentRegisterPage
from .opening import open_register


def register_of(organisation):
    """The organisation's register, live or not."""
    return DocumentRegisterPage.objects.child_of(organisation.home_page).first()


def is_on(organisation):
    register = register_of(organisation)
    return register is not None and register.live


def switch(organisation, on):
    """Off only while nothing is published: what was public does not vanish by a switch."""
    register = register_of(organisation)
    if on and register is None:
        open_register(organisation.kind, organisation.home_page)
    elif on:
        register.save_revision().publish()
    elif DocumentPage.objects.live().child_of(register).exists():
        raise ValidationError(_("Sổ văn bản còn văn bản đang đăng, hãy gỡ hết trước khi tắt."))
    else:
        register.unpublish()


features.register(Feature("documents", gettext_lazy("Sổ văn bản"), is_on, switch))
