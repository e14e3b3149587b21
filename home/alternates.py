"""A page in every language it is public in, for hreflang and the switch of languages."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from editorial import after_publish
from editorial.publications import Event

from .kept import cached, forget
from .visibility import unrestricted


def alternates_of(page, request):
    """[{language, url}] of `page` and its public translations, itself first; empty without one. Kept for a minute."""
    return cached(f"alternates:{page.pk}", lambda: _read(page, request))


def _read(page, request):
    found = page.get_translations().live().filter(unrestricted()).select_related("locale")
    others = [{"language": other.locale.language_code, "url": other.get_full_url(request)} for other in found]
    return [{"language": get_language(), "url": page.get_full_url(request)}, *others] if others else []


@after_publish.step("home.languages", _("Nút chuyển ngôn ngữ"), [Event.PUBLISHED, Event.UNPUBLISHED, Event.DELETED])
def forget_languages(happening):
    """Its translations tell of it, or no longer do, at once."""
    if happening.page is None or happening.page.get_translations().exists():
        forget()
