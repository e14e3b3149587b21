"""A machine's proposals for what is not translated yet, where the operator has configured a service; each has to be looked at."""

import requests
from django.conf import settings
from django.utils.translation import gettext as _
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import StringTranslation

from .checks import LONGEST, parsed
from .segments import english, rows_of
from .work import keep

AT_A_TIME, MOST = 10, 100


class ServiceError(Exception):
    """The service did not help; said to the person as it stands."""


def is_configured():
    return bool(getattr(settings, "WAGTAILLOCALIZE_MACHINE_TRANSLATOR", None))


def fill(work, user):
    """Propose a text for each segment without one; how many. What was had before the service failed is kept."""
    translator = get_machine_translator()
    rows = [row for row in rows_of(work.translation.source) if not row.text][:MOST]
    filled = 0
    for start in range(0, len(rows), AT_A_TIME):
        batch = rows[start : start + AT_A_TIME]
        for row, text in zip(batch, ask(translator, work, batch), strict=True):
            if is_usable(row, text):
                keep(row, text, user, StringTranslation.TRANSLATION_TYPE_MACHINE, translator.display_name)
                filled += 1
    return filled


def ask(translator, work, rows):
    """What the service answers for each of `rows`; ServiceError when it is down, slow or answers something else."""
    values = [row.segment.string.as_value() for row in rows]
    try:
        answers = translator.translate(work.translation.source.locale, english(), values)
        return [answers[value].data if value in answers else "" for value in values]
    except requests.Timeout as error:
        raise ServiceError(_("Dịch vụ dịch máy trả lời quá chậm. Hãy thử lại sau hoặc dịch tay.")) from error
    except requests.RequestException as error:
        raise ServiceError(_("Không gọi được dịch vụ dịch máy. Hãy thử lại sau hoặc dịch tay.")) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ServiceError(_("Dịch vụ dịch máy trả lời không đúng dạng. Chưa có gì được ghi từ lần này.")) from error


def is_usable(row, text):
    """Whether an answer can stand at all: a text that is not endless and keeps the tags of its source."""
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
        return False
    before, after = parsed(row.source), parsed(text)
    return not after.is_broken and before.counted == after.counted
