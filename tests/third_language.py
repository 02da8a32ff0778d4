"""A third language made of English: every letter is another one, every text stands in brackets.

It is Georgian by its tag and its letters, so that dates and numbers have rules, and nothing more.
"""

import re
import shutil
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.text.languages import Languages, load_languages
from bot.text.translator import LOCALES
from bot.text.typed_lists import TYPED

TAG = "ka"
_LETTERS = str.maketrans({chr(ord("a") + n): chr(0x10D0 + n) for n in range(26)})
_PLACE = re.compile(r"(\{\w+\})")
_LEVELS = ("junior", "middle", "senior", "lead", "principal")


def said(english: str) -> str:
    """Return English words in the third language; places of a phrase stay."""
    parts = _PLACE.split(english)
    return "".join(each if _PLACE.fullmatch(each) else each.translate(_LETTERS) for each in parts)


def shown(english: str) -> str:
    """Return an English message as the third language's interface has it."""
    return f"⟦{english}⟧"


def third_language(folder: Path) -> Languages:
    """Write the two files of the language beside those that there are, and read them all."""
    locales, typed = folder / "locales", folder / "typed"
    shutil.copytree(LOCALES, locales)
    shutil.copytree(TYPED, typed)
    with (locales / "zh.po").open("rb") as source:
        messages = read_po(source, locale="zh")
    own = Catalog(locale=TAG, fuzzy=False)
    for each in messages:
        if each.id:
            plural = isinstance(each.id, tuple)
            text = tuple(map(shown, each.id)) if plural else shown(str(each.id))
            own.add(each.id, text, flags=each.flags - {"fuzzy"})
    with (locales / f"{TAG}.po").open("wb") as target:
        write_po(target, own)
    # The base loader takes "on" and "off" for what they are: words.
    words = yaml.load((TYPED / "en.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    translated = {
        section: {meaning: [said(each) for each in phrases] for meaning, phrases in found.items()}
        for section, found in words.items()
    }
    translated["levels"] = {level: [said(level)] for level in _LEVELS}
    text = yaml.safe_dump(translated, allow_unicode=True)
    (typed / f"{TAG}.yaml").write_text(text, encoding="utf-8")
    return load_languages(locales, typed)
