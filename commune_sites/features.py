"""Parts of a site that operators switch per organisation. Whether one is on is read from the page tree: there is no second truth."""

from collections.abc import Callable, Container
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale, Page

from editorial.workflows import COMPONENT, assign_workflow
from organisations.models import Organisation

from .seams import features


@dataclass(frozen=True)
class Feature:
    """`is_on(organisation)`; `switch(organisation, on)` raises ValidationError where content stands in the way."""

    name: str
    label: str | Promise
    is_on: Callable[[Organisation], bool]
    switch: Callable[[Organisation, bool], None]


@transaction.atomic
def switch_all(organisation: Organisation, wanted: Container[str]) -> list[str | Promise]:
    """Have exactly the features named in `wanted` on; the labels of those that changed. All or nothing."""
    changed = []
    for feature in features:
        on = feature.name in wanted
        if feature.is_on(organisation) != on:
            feature.switch(organisation, on)
            changed.append(feature.label)
    return changed


def english_home(organisation: Organisation) -> Page | None:
    """The English home page of the organisation, live or not; None without one."""
    key = organisation.home_page.translation_key
    return Page.objects.filter(translation_key=key, locale__language_code="en").first()


def copy_to_english(page: Page) -> Page:
    """An English draft of `page`, below one of the group that holds it: copied, since an alias would follow the Vietnamese page."""
    english = Locale.objects.get(language_code="en")
    above = page.get_parent()
    if above.depth > 1 and above.get_translation_or_none(english) is None:
        above.specific.copy_for_translation(english)
    return page.specific.copy_for_translation(english)


def switch_english(organisation: Organisation, on: bool) -> None:
    """On: an English home page to fill in and hand in; readers see nothing before it is approved. Off while it is empty."""
    home = english_home(organisation)
    if on and home is None:
        made = copy_to_english(organisation.home_page)
        # The site's own approvers decide; the board has its role at the province alone.
        assign_workflow(COMPONENT, made)
    elif not on and home is not None:
        if home.live or home.get_children().exists():
            raise ValidationError(_("Trang tiếng Anh còn nội dung, hãy gỡ hết trước khi tắt."))
        home.specific.delete()


features.register(
    Feature("english", gettext_lazy("Trang tiếng Anh"), lambda one: english_home(one) is not None, switch_english)
)
