"""The language that a header names behind its field or level: ``Text (Chinese)``."""

import re

from bot.formats.mapping.words import normal

_NAMES = {
    "en": "en english englisch anglais inglés 英文 英语",
    "zh": "zh cn chinese chinesisch mandarin 中文 汉语 简体中文 简体",
    "de": "de german deutsch 德文 德语",
    "fr": "fr french français französisch 法文 法语",
    "es": "es spanish español spanisch 西班牙语",
    "it": "it italian italiano",
    "pt": "pt portuguese português",
    "nl": "nl dutch nederlands",
    "pl": "pl polish polski",
    "ja": "ja jp japanese 日本語 日文 日语",
    "ko": "ko korean 한국어 韩文 韩语",
}
_LOCALES = {name: locale for locale, names in _NAMES.items() for name in names.split()}
_BRACKETED = re.compile(r"(?P<rest>.*\S)\s*[(\[（【]\s*(?P<name>[^()\[\]（）【】]+?)\s*[)\]）】]")
_BEHIND = re.compile(r"(?P<rest>.*\w)[\s_/:–-]+(?P<name>\w+)")
_CODE = 2


def parted_language(header: str) -> tuple[str, str]:
    """Return a header without the language behind it, and that language; "" where it names none.

    A code such as ``zh`` counts in brackets only: behind a space it may be a word.
    """
    text = header.strip()
    for pattern in (_BRACKETED, _BEHIND):
        found = pattern.fullmatch(text)
        if found is None:
            continue
        name = normal(found["name"])
        if name in _LOCALES and (pattern is _BRACKETED or not _is_code(name)):
            return found["rest"].strip(), _LOCALES[name]
    return header, ""


def _is_code(name: str) -> bool:
    return name.isascii() and len(name) <= _CODE
