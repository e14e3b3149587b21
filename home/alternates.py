"""A page in every language it is public in, for hreflang and the switch of languages."""

from django.utils.translation import get_language

from .kept import cached
from .visibility import unrestricted


def alternates_of(page, request):
    """[{language, url}] of `page` and its public translations, itself first; empty without one. Kept for a minute."""
    return cached(f"alternates:{page.pk}", lambda: _read(page, request))


def _read(page, request):
    found = page.get_translations().live().filter(unrestricted()).select_related("locale")
    others = [{"language": other.locale.language_code, "url": other.get_full_url(request)} for other in found]
    return [{"language": get_language(), "url": page.get_full_url(request)}, *others] if others else []
