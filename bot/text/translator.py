"""The interface in the member's language: gettext catalogues read with Babel.

The message id is the English text. A third language is one more file under `locales/`.
"""

import gettext
import io
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.domain.installs.command_names import CommandNames
from bot.domain.said import Said
from bot.domain.text import LocalText

LOCALES = Path(__file__).parent / "locales"
DEFAULT_LOCALE = "en"
# Languages that put no spaces between words.
RUNNING_ON = frozenset({"zh", "ja"})
# An asterisk of a name stands between joiners.
_BOLD = re.compile("\\*(?:\u2060\\*\u2060|[^*\n])+\\*")


class Translator:
    """One language's words, dates and numbers. Immutable; one instance serves all requests."""

    def __init__(
        self,
        locale: str,
        messages: gettext.NullTranslations,
        commands: CommandNames = CommandNames(),  # noqa: B008 - it never changes
    ) -> None:
        self.locale = locale
        self._commands = commands
        # A card has a hundred texts or more: each is looked up once, and commands in it.
        self._translated: Callable[[str], str] = lru_cache(maxsize=4096)(
            lambda text: commands.in_text(messages.gettext(text))
        )
        self._counted: Callable[[str, str, int], str] = lru_cache(maxsize=4096)(
            lambda one, many, count: commands.in_text(messages.ngettext(one, many, count))
        )
        self._told: Callable[[str, str, int], str] = lru_cache(maxsize=4096)(
            lambda one, many, count: self._counted(one, many, count).format(
                count=self.number(count)
            )
        )
        self._language = locale.replace("_", "-").split("-", 1)[0]
        self._babel = Locale.parse(locale.replace("-", "_"))
        self._messages = messages
        self._runs_on = self._babel.language in RUNNING_ON

    def __call__(self, message: str, **params: object) -> str:
        """Translate `message` and fill its ``{named}`` places."""
        text = self._translated(message)
        if not params:
            return text
        return text.format_map(self._fitting(text, params) if self._runs_on else params)

    def plural(self, one: str, many: str, count: int, **params: object) -> str:
        """Translate by `count`; ``{count}`` is filled with the localised number."""
        if not params:
            return self._told(one, many, count)
        text = self._counted(one, many, count)
        if self._runs_on:
            params = self._fitting(text, params)
        return text.format(count=_number(count, self.locale), **params)

    def command(self, ours: str) -> str:
        """Return words of ours with the commands in them called as they are here.

        For commands that stand in no message, such as "/skill mlops" on a card. Messages have it
        done before their places are filled: what a member wrote is never touched.
        """
        return self._commands.in_text(ours)

    def naming(self, commands: CommandNames) -> "Translator":
        """Return this language with other names for the commands."""
        return Translator(self.locale, self._messages, commands)

    def _fitting(self, text: str, params: dict[str, object]) -> dict[str, object]:
        """Return the values as they may stand in a text of a language without spaces.

        Slack shows bold only between spaces, which are holes there: only what is a line by itself
        stays bold.
        """
        bold = [
            name
            for name, value in params.items()
            if isinstance(value, str) and value[:1] == "*" and _BOLD.fullmatch(value)
        ]
        if not bold:
            return params
        lines = text.split("\n")
        within = {name: str(params[name])[1:-1] for name in bold if f"{{{name}}}" not in lines}
        return {**params, **within}

    def said(self, sentence: str) -> str:
        """Return a sentence that was made elsewhere; one that is no `Said` stays as it is."""
        if not isinstance(sentence, Said):
            return sentence
        return self(sentence.template, **{k: self._word(v) for k, v in sentence.params.items()})

    def _word(self, value: object) -> str:
        if isinstance(value, int):
            return self.number(value)
        return self.said(value) if isinstance(value, str) else str(value)

    def of(self, text: LocalText) -> str:
        """Return a catalogue text in this language, else in the catalogue's base language."""
        # Spelt out: a card asks fifty times.
        there = text.by_locale
        if not there:
            return text.base
        return there.get(self.locale) or there.get(self._language) or text.base

    def language_name(self, locale: str) -> str:
        """Return the name of a language in this one: "Chinese", “中文”."""
        name = Locale.parse(locale.replace("-", "_")).get_display_name(self._babel)
        return name[:1].upper() + name[1:] if name else locale

    def number(self, value: int) -> str:
        return _number(value, self.locale)

    def month(self, value: date) -> str:
        """Return month and year: "March 2026", “2026年3月”."""
        return _month(value, self.locale)

    def date(self, value: date) -> str:
        return _date(value, self.locale)

    def weekday(self, number: int) -> str:
        """Return the name of a weekday, Monday = 0, as it stands in a list."""
        return str(self._babel.days["stand-alone"]["wide"][number])

    def city(self, zone: str) -> str:
        """Return what the place that an IANA time zone is named after is called: "Berlin"."""
        known = self._babel.time_zones.get(zone, {}).get("city")
        return str(known or zone.rpartition("/")[2].replace("_", " "))


@lru_cache(maxsize=4096)
def _number(value: int, locale: str) -> str:
    # By the tag: Babel works out the hash of a locale anew each time.
    return numbers.format_decimal(value, locale=locale.replace("-", "_"))


@lru_cache(maxsize=4096)
def _date(value: date, locale: str) -> str:
    return dates.format_date(value, format="medium", locale=locale.replace("-", "_"))


@lru_cache(maxsize=512)
def _month(value: date, locale: str) -> str:
    return dates.format_skeleton("yMMMM", value, locale=locale.replace("-", "_"))


class Translators:
    """All languages of the installation, chosen by a member's Slack locale."""

    def __init__(self, by_locale: Mapping[str, Translator]) -> None:
        self._by_locale = by_locale

    def naming(self, commands: CommandNames) -> "Translators":
        """Return these languages with other names for the commands."""
        if not commands.prefix:
            return self
        return Translators({tag: each.naming(commands) for tag, each in self._by_locale.items()})

    @property
    def locales(self) -> tuple[str, ...]:
        return tuple(self._by_locale)

    @property
    def own_names(self) -> Mapping[str, str]:
        """The name of each language in itself, by tag: whoever speaks it finds it."""
        return {tag: each.language_name(tag) for tag, each in self._by_locale.items()}

    def named(self, typed: str) -> str | None:
        """Return the tag of the language that `typed` names, in any of our languages; else None."""
        wanted = typed.strip().casefold().replace("_", "-")
        for tag in self._by_locale if wanted else ():
            names = {each.language_name(tag).casefold() for each in self._by_locale.values()}
            if wanted.split("-", 1)[0] == tag.casefold() or any(name in wanted for name in names):
                return tag
        return None

    def for_locale(self, locale: str | None) -> Translator:
        """Return the translator for a tag such as ``zh-CN``: exact, by language, else English."""
        tag = (locale or DEFAULT_LOCALE).replace("_", "-")
        return (
            self._by_locale.get(tag)
            or self._by_locale.get(tag.split("-", 1)[0])
            or self._by_locale[DEFAULT_LOCALE]
        )


@cache
def load_translators(folder: Path = LOCALES) -> Translators:
    """Read every ``<locale>.po`` of the folder, once per process; English needs none."""
    found = {DEFAULT_LOCALE: Translator(DEFAULT_LOCALE, gettext.NullTranslations())}
    for path in sorted(folder.glob("*.po")):
        found[path.stem] = Translator(path.stem, _read(path))
    return Translators(found)


def _read(path: Path) -> gettext.GNUTranslations:
    """Compile a .po file in memory, so that no generated file needs to be kept in step."""
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=path.stem.replace("-", "_")))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
