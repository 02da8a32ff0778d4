"""Words that say a level in other companies ("L5", "P7", "intern"), beside a name that is known."""

import re
from functools import lru_cache

from bot.domain.typed_words import TypedWords

# How the large companies number their levels. "S3" and "M2" are more often a thing of its own.
_CODE = r"(?:ic|[legpt])-?\d{1,2}"
# After a role they number its levels; after a skill they are a version of it.
_STEP = "[1-9]|ii|iii|iv"
_LONGEST = 8


def is_code(text: str) -> bool:
    """Tell whether a text is nothing but a level's number: "L5", "ic-4"."""
    return len(text) <= _LONGEST and re.fullmatch(_CODE, text, re.IGNORECASE) is not None


def is_step(text: str) -> bool:
    """Tell whether a text is but a number of a role's level, which a skill has for versions."""
    return re.fullmatch(_STEP, text, re.IGNORECASE) is not None


def rank_taken_off(text: str, typed: TypedWords) -> tuple[str, str] | None:
    """Return what is before or behind a level's word at either end, and that word as typed.

    None where no such word is there: most texts.
    """
    at_end, at_start = _patterns(typed)
    if found := at_end.search(text):
        return text[: found.start()].strip(), found["rank"] or found["glued"]
    if found := at_start.match(text):
        return text[found.end() :].strip(), found["rank"]
    return None


@lru_cache(maxsize=8)
def _patterns(typed: TypedWords) -> tuple[re.Pattern[str], re.Pattern[str]]:
    lookup = typed.lookup
    words = sorted(map(re.escape, lookup.get("ranks", ())), key=len, reverse=True)
    numbered = "|".join(map(re.escape, lookup.get("numbered", ())))
    number = rf"(?:{numbered})[\s-]*\d{{1,2}}|" if numbered else ""
    rank = "|".join((number + _CODE, *words))
    # Chinese stands beside other letters without a blank.
    at_end = rf"(?<![a-z0-9])(?P<rank>{rank}|(?<=\s)(?:{_STEP}))|(?<=[a-z]{{2}})(?P<glued>[1-9])"
    return (
        re.compile(rf"(?:{at_end})[\W_]*$", re.IGNORECASE),
        re.compile(rf"[\W_]*(?P<rank>{rank})(?![a-z0-9])", re.IGNORECASE),
    )
