"""Official terms in a text, and whether their translation uses them."""

import csv
import re
from pathlib import Path

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from .models import Term

FILE = Path(__file__).parent / "data" / "glossary.csv"
_KEY = "glossary"
OLD_TONES = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
NEW_TONES = re.compile(rf"(?<!q)(?:{'|'.join(OLD_TONES)})(?!\w)")


def terms():
    """All terms, the longest first, so that "Ủy ban nhân dân tỉnh" is found before "tỉnh"; from the cache."""
    return cache.get_or_set(_KEY, lambda: sorted(Term.objects.all(), key=lambda term: -len(term.vi)), 60)


@receiver(post_save, sender=Term)
@receiver(post_delete, sender=Term)
def forget(**kwargs):
    cache.delete(_KEY)


def one_spelling(text):
    """`text` with the tone of a last "oa", "oe", "uy" on the first vowel: uỷ and ủy are one word. "quý" has another vowel."""
    return NEW_TONES.sub(lambda match: OLD_TONES[match[0]], text.casefold())


def terms_in(text):
    """The terms that stand in a Vietnamese text; a term inside a longer one that was found is not told again."""
    left, found = one_spelling(text), []
    for term in terms():
        pattern = rf"(?<!\w){re.escape(one_spelling(term.vi))}(?!\w)"
        left, number = re.subn(pattern, "\0", left)
        if number:
            found.append(term)
    return found


def misused(source, translation):
    """[(term, wrong rendering)] of what the translation says where the glossary says otherwise."""
    said = translation.casefold()
    return [
        (term, form)
        for term in terms_in(source)
        for form in term.wrong_forms
        if re.search(rf"(?<!\w){re.escape(form.casefold())}(?!\w)", said)
    ]


def unused(source, translation):
    """Terms whose rendering the translation does not hold; a hint, since grammar may bend it."""
    said = translation.casefold()
    return [term for term in terms_in(source) if term.en.casefold() not in said]


def load():
    """Bring the terms of the file that are missing into the database; what an operator changed stands. How many were added."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = set(Term.objects.values_list("vi", flat=True))
    new = [row for row in rows if row["vi"] not in known]
    for row in new:
        Term.objects.create(**{name: row[name].strip() for name in ("vi", "en", "wrong", "note")})
    return len(new)
