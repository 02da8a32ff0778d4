"""A framework as a folder of web pages, for people outside Slack: read without a server.

A page for each role and each skill, at an address that follows from its key; the same again for
each further language, in a folder of its own. Search works from an index that is one of the files.
The same framework gives the same bytes.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import partial
from types import MappingProxyType

from babel import Locale, UnknownLocaleError

from bot.documents.catalogue.addresses import file_of, role_address, skill_address
from bot.documents.catalogue.site_views import Views
from bot.documents.catalogue.site_words import SiteWords, about_words, site_words
from bot.documents.catalogue.templating import asset, template
from bot.domain.revision import Catalogue, RevisionInfo
from bot.domain.shown import shown
from bot.formats.exports.language import language_of
from bot.text.translator import Translators
from bot.values import dataclass

ASSETS = "assets/"
_AS_THEY_ARE = ("site.css", "site.js")
# What JSON may hold and a script must not, should it ever stand within a page.
_UNSAFE = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})


@dataclass(frozen=True, slots=True)
class Site:
    """What pages are made of.

    `revision` is named at the foot of each, where there is one. `moved` says where the pages of
    keys are that the framework no longer has: addresses of old pages, such as
    ``skills/mlops.html``, to those of others.
    """

    catalogue: Catalogue
    revision: RevisionInfo | None = None
    moved: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class _Tongue:
    """A language of the site: its tag, the folder of its pages, and its name in itself."""

    tag: str
    folder: str
    name: str
    direction: str


@dataclass(frozen=True, slots=True)
class _Other:
    """A link to the same page in a language."""

    tag: str
    name: str
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class _Page:
    """What the frame of a page needs; addresses are relative to it."""

    title: str
    brand: str
    about: str
    language: str
    direction: str
    file_tag: str
    up: str
    assets: str
    languages: tuple[_Other, ...]


def site_files(site: Site, translators: Translators) -> Iterator[tuple[str, str]]:
    """Yield every file of the folder, as its path with slashes and its text."""
    for name in _AS_THEY_ARE:
        yield ASSETS + name, asset(name)
    tongues = _tongues(site, translators)
    for tongue in tongues:
        yield from _InOneLanguage(site, translators, tongue, tongues).files()


def _tongues(site: Site, translators: Translators) -> tuple[_Tongue, ...]:
    content = site.catalogue.content
    tags = (content.base_locale, *language_of(content, None).translations)
    return tuple(
        _Tongue(tag, f"{file_of(tag.lower())}/" if at else "", *_named(tag, translators))
        for at, tag in enumerate(tags)
    )


def _named(tag: str, translators: Translators) -> tuple[str, str]:
    """Return a language's name in itself, and the direction in which it is written."""
    try:
        locale = Locale.parse(tag.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return tag, "ltr"
    name = translators.own_names.get(tag) or locale.get_display_name(locale) or tag
    return name, "rtl" if locale.character_order == "right-to-left" else "ltr"


class _InOneLanguage:
    """The pages in one language."""

    def __init__(
        self, site: Site, translators: Translators, tongue: _Tongue, tongues: tuple[_Tongue, ...]
    ) -> None:
        self._site = site
        self._tongue = tongue
        self._tongues = tongues
        tr = translators.for_locale(tongue.tag)
        self._words: SiteWords = site_words(tr)
        self._views = Views(site.catalogue, tongue.tag, tr)
        self._about = about_words(site.revision, tr)
        self._brand = self._views.of(site.catalogue.content.name)

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the pages and the index of the search."""
        folder, content = self._tongue.folder, self._site.catalogue.content
        yield f"{ASSETS}search-{file_of(self._tongue.tag.lower())}.js", self._search()
        page = partial(template("index").render, words=self._words)
        yield (
            f"{folder}index.html",
            page(page=self._page("index.html", self._brand), view=self._views.index),
        )
        role_page, skill_page = template("role"), template("skill")
        for role in content.roles:
            view, address = self._views.role(role), role_address(role.key)
            yield (
                folder + address,
                role_page.render(
                    words=self._words,
                    page=self._page(address, f"{view.name} · {self._brand}"),
                    view=view,
                ),
            )
        for skill in content.skills:
            about, address = self._views.skill(skill), skill_address(skill.key)
            yield (
                folder + address,
                skill_page.render(
                    words=self._words,
                    page=self._page(address, f"{about.name} · {self._brand}"),
                    view=about,
                ),
            )
        yield from self._moved()

    def _moved(self) -> Iterator[tuple[str, str]]:
        content = self._site.catalogue.content
        names = {role_address(each.key): self._views.of(each.name) for each in content.roles}
        names |= {skill_address(each.key): self._views.of(each.name) for each in content.skills}
        for old, new in sorted(self._site.moved.items()):
            if new in names and old not in names:
                page = self._page(old, names[new])
                text = template("moved").render(
                    page=page, address=f"../{new}", name=names[new], words=self._words
                )
                yield self._tongue.folder + old, text

    def _page(self, address: str, title: str) -> _Page:
        up = "../" * address.count("/")
        top = up + "../" * self._tongue.folder.count("/")
        return _Page(
            title=title,
            brand=self._brand,
            about=self._about,
            language=self._tongue.tag,
            direction=self._tongue.direction,
            file_tag=file_of(self._tongue.tag.lower()),
            up=up,
            assets=top + ASSETS,
            languages=tuple(
                _Other(each.tag, each.name, top + each.folder + address, each is self._tongue)
                for each in self._tongues
            ),
        )

    def _search(self) -> str:
        """Return a script that holds what can be found: name, place, address, other words."""
        content, of = self._site.catalogue.content, self._views.of
        entries = [
            [of(role.name), self._words.roles, role_address(role.key), " ".join(role.aliases)]
            for role in content.roles
        ]
        for skill in content.skills:
            place = f"{of(skill.group.domain.name)} › {of(skill.group.name)}"
            more = " ".join((*skill.aliases, skill.key, of(skill.summary)))
            entries.append([of(skill.name), place, skill_address(skill.key), more])
        lines = (
            json.dumps([shown(each) for each in entry], ensure_ascii=False) for entry in entries
        )
        return "globalThis.nextrungIndex = [\n" + ",\n".join(lines).translate(_UNSAFE) + "\n];\n"
