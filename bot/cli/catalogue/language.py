"""The language of a terminal, by the settings that POSIX names; English where they name none."""

import os

from bot.text.translator import Translator, load_translators

# In the order in which they count.
_SETTINGS = ("LC_ALL", "LC_MESSAGES", "LANG")


def english() -> Translator:
    """Return the one for what is said in English alone."""
    return load_translators().for_locale(None)


def of_the_terminal() -> Translator:
    """Return the translator for ``LANG=zh_CN.UTF-8``."""
    named = next(filter(None, (os.environ.get(each) for each in _SETTINGS)), "")
    locale = named.partition(".")[0].partition("@")[0]
    return load_translators().for_locale(locale or None)
