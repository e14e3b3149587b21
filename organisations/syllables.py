"""How a Vietnamese syllable is built: by it the search compares words, and text in an encoding of old is known from other text."""

import re
import unicodedata
from functools import lru_cache

GRAVE, ACUTE, HOOK, TILDE, DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
TONE_MARKS = frozenset({GRAVE, ACUTE, HOOK, TILDE, DOT})
ONSETS = "b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x"
RIMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây|e|ec|em|en|eng|eo|ep|et|"
    "ê|êch|êm|ên|ênh|êp|êt|êu|i|ia|ich|iêc|iêm|iên|iêng|iêp|iêt|iêu|im|in|inh|ip|it|iu|o|oa|oac|oach|oai|oam|oan|oang|"
    "oanh|oao|oap|oat|oay|oăc|oăm|oăn|oăng|oăt|oc|oe|oen|oeo|oet|oi|om|on|ong|ooc|oong|op|ot|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|"
    "ơ|ơi|ơm|ơn|ơp|ơt|u|ua|uân|uâng|uât|uây|uc|uê|uêch|uênh|ui|um|un|ung|uôc|uôi|uôm|uôn|uông|uôt|uơ|up|ut|uy|uya|uych|"
    "uyên|uyêt|uynh|uyt|uyu|ư|ưa|ưc|ưi|ưng|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu|ưt|ưu|y|yêm|yên|yêt|yêu"
)
_SYLLABLE = re.compile(rf"^(?:{ONSETS})?(?:{RIMES})$")
# Syllables that end so have one of two tones.
_STOPPED = re.compile(r"(?:c|ch|p|t)$")
LONGEST = 8  # letters of "nghiêng", with one more where the tone stands apart


def split_tone(syllable: str) -> tuple[str, str]:
    """(syllable without its tone, the tone's combining mark or "")."""
    decomposed = unicodedata.normalize("NFD", syllable)
    tone = next((char for char in decomposed if char in TONE_MARKS), "")
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in TONE_MARKS)), tone


@lru_cache(maxsize=100_000)
def is_syllable(base: str) -> bool:
    """Whether a word without tone is built as Vietnamese syllables are."""
    return bool(_SYLLABLE.match(base)) or bool(re.fullmatch(r"[hklmts]i", base))


@lru_cache(maxsize=100_000)
def is_written_syllable(word: str) -> bool:
    """Whether a word as it is written, in any case, can be Vietnamese: its letters, one tone, and that the end allows the tone."""
    if not 0 < len(word) <= LONGEST:
        return False
    marks = [char for char in unicodedata.normalize("NFD", word) if char in TONE_MARKS]
    base, tone = split_tone(word.lower())
    if len(marks) > 1 or not is_syllable(base):
        return False
    return not _STOPPED.search(base) or tone in {ACUTE, DOT}
