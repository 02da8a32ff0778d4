"""Publishing catalogues: what the command line and the catalogue panel in App Home share."""

import asyncio
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from bot.domain.catalogue.content_digest import content_digest
from bot.domain.catalogue.differences import CatalogueDiff
from bot.domain.catalogue.goings import keys_of
from bot.domain.catalogue.lint.finding import LintFinding
from bot.domain.catalogue.lint.settings import DEFAULT_SETTINGS, LintSettings
from bot.domain.catalogue.lint.terms import Terms
from bot.domain.catalogue.publication import (
    Author,
    BadCatalogueKey,
    BadNote,
    CatalogueOwners,
    NoSuchRevision,
    Published,
    ReservedCatalogue,
)
from bot.domain.framework import CatalogueContent
from bot.domain.installs.audit import Act, ActKind
from bot.domain.moves import NO_MOVES, Moves, carried_on, taken_back
from bot.domain.revision import Catalogue, RevisionInfo
from bot.domain.tenancy import Tenant
from bot.domain.typed_words import TypedWords
from bot.services.lookup.shelves import BUILT_IN
from bot.services.ports import Clock
from bot.values import dataclass

LONGEST_NOTE = 500
LONGEST_AUTHOR = 100
LONGEST_KEY = 60
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Revisions(Protocol):
    """Where revisions are kept; the store's `CatalogueStore` is one."""

    async def newest(self) -> Mapping[str, int]: ...

    async def load(self, revision_id: int) -> Catalogue: ...

    async def history(self, catalogue_key: str) -> tuple[RevisionInfo, ...]: ...

    async def made_from(self, catalogue_key: str, source_digest: str) -> RevisionInfo | None: ...

    async def publish_changed(
        self,
        content: CatalogueContent,
        *,
        catalogue_key: str,
        author: str,
        note: str,
        at: datetime,
        source_digest: str,
        expected: int | None = None,
        moves: Callable[[Moves], Moves] = ...,
        act: Act | None = None,
        tenant: Tenant | None = None,
    ) -> Published: ...


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing would do: against the newest revision, None where it is the first one."""

    current: RevisionInfo | None
    diff: CatalogueDiff
    findings: tuple[LintFinding, ...]


class Publishing:
    """Preview, publish and roll back. Every revision stays as it was published."""

    def __init__(self, revisions: Revisions, clock: Clock) -> None:
        self._revisions = revisions
        self._clock = clock

    async def revision(self, key: str, number: int | None = None) -> Catalogue:
        """Return a revision of a catalogue, the newest one where no number is given.

        Raises:
            NoSuchRevision: there is none; the remedy names those there are.
            StoreUnavailable: the database failed.
        """
        history = await self._revisions.history(key)
        for each in history:
            if number in (None, each.number):
                return await self._revisions.load(each.id)
        if not history:
            keys = ", ".join(sorted(await self._revisions.newest())) or "none yet"
            raise NoSuchRevision(
                key=key, number=number or 0, remedy=f"No catalogue “{key}”; there are: {keys}."
            )
        newest = history[0].number
        raise NoSuchRevision(
            key=key,
            number=number or 0,
            remedy=f"“{key}” has the revisions 1 to {newest}; {number} is none of them.",
        )

    async def preview(
        self,
        content: CatalogueContent,
        *,
        key: str,
        typed: TypedWords,
        terms: Terms,
        settings: LintSettings = DEFAULT_SETTINGS,
    ) -> Preview:
        """Compare `content` with the catalogue's newest revision, and lint it by `settings`.

        Lint takes most of the time: about two seconds for each 20,000 expectations.

        Raises:
            StoreUnavailable: the database failed.
        """
        # A start needs neither, and together they are a dozen modules.
        from bot.domain.catalogue.diff import diff
        from bot.domain.catalogue.lint.linter import lint

        newest = (await self._revisions.newest()).get(key)
        current = None if newest is None else await self._revisions.load(newest)
        before = _nothing(content) if current is None else current.content
        # Both take a moment for a large catalogue; commands are answered meanwhile.
        found = await asyncio.to_thread(diff, before, content)
        findings = await asyncio.to_thread(lint, content, typed, terms, settings)
        return Preview(None if current is None else current.revision, found, findings)

    async def published(self, key: str, digest: str) -> RevisionInfo | None:
        """Return the newest revision where its content has this digest; None where it has not.

        Raises:
            StoreUnavailable: the database failed.
        """
        return await self._revisions.made_from(key, digest)

    async def publish(
        self,
        content: CatalogueContent,
        *,
        key: str,
        author: Author,
        note: str,
        owners: CatalogueOwners,
        expected: int | None = None,
        chosen: Moves = NO_MOVES,
        tenant: Tenant | None = None,
    ) -> Published:
        """Publish `content` as the next revision; nothing where it equals the newest one.

        Args:
            content: what to publish.
            key: the catalogue's; it is created with its first revision.
            author: who publishes, a member or the operator.
            note: what is new, up to 500 characters.
            owners: the members who may.
            expected: the number of the revision that was the newest when the author looked, 0 for
                none; None where that does not matter.
            chosen: where keys go that `content` has not; what went before stays on its way.
            tenant: the author's, where that is a member.

        Raises:
            NotCatalogueOwner: the author may not publish.
            StalePreview: another revision than `expected` is the newest by now.
            ReservedCatalogue, BadCatalogueKey, BadNote: see the error's remedy.
            InvalidContent, UnstorableText, StoreUnavailable: nothing was written.
        """
        now = keys_of(content)

        def moves(before: Moves) -> Moves:
            return carried_on(before, chosen, now)

        act = Act.by(author.slack_id, ActKind.CATALOGUE_PUBLISHED)
        return await self._publish(
            content, moves, key, author, note, owners, expected, act=act, tenant=tenant
        )

    async def _publish(
        self,
        content: CatalogueContent,
        moves: Callable[[Moves], Moves],
        key: str,
        author: Author,
        note: str,
        owners: CatalogueOwners,
        expected: int | None,
        *,
        act: Act,
        tenant: Tenant | None,
    ) -> Published:
        owners.check(author)
        check_key(key)
        name = _line(author.name, LONGEST_AUTHOR, "author")
        text = _line(note, LONGEST_NOTE, "note")
        digest = await asyncio.to_thread(content_digest, content)
        return await self._revisions.publish_changed(
            content,
            catalogue_key=key,
            author=name,
            note=text,
            at=self._clock.now(),
            source_digest=digest,
            expected=expected,
            moves=moves,
            act=act,
            tenant=tenant,
        )

    async def rollback(
        self,
        key: str,
        number: int,
        *,
        author: Author,
        note: str,
        owners: CatalogueOwners,
        expected: int | None = None,
        tenant: Tenant | None = None,
    ) -> Published:
        """Publish the content of an earlier revision again, as the newest one.

        Nothing where the newest one is that content already. An empty note says what was done;
        `expected` and `tenant` are as in `publish`. What was mapped since is taken back: keys that
        are back stand for themselves, and what took over from one of them stands for it.

        Raises:
            NoSuchRevision: there is no such revision.
            NotCatalogueOwner, ReservedCatalogue, StalePreview, BadNote, StoreUnavailable: as in
                `publish`.
        """
        owners.check(author)
        check_key(key)
        old = await self.revision(key, number)
        now = keys_of(old.content)

        def moves(before: Moves) -> Moves:
            return taken_back(before, old.moves, now)

        note = note.strip() or f"Back to revision {number}"
        act = Act.by(author.slack_id, ActKind.CATALOGUE_ROLLED_BACK, f" as {number} was")
        return await self._publish(
            old.content, moves, key, author, note, owners, expected, act=act, tenant=tenant
        )


def check_key(key: str) -> None:
    """Return where a catalogue of one's own may have this key.

    Raises:
        ReservedCatalogue: it is the built-in catalogue's.
        BadCatalogueKey: it is none.
    """
    if key == BUILT_IN:
        remedy = f"“{BUILT_IN}” comes with Nextrung. Publish under a key of your own."
        raise ReservedCatalogue(key=key, remedy=remedy)
    if len(key) > LONGEST_KEY or not _KEY.fullmatch(key):
        raise BadCatalogueKey(
            key=key,
            remedy="A key is lower-case letters and digits in words joined by hyphens, such as "
            f"our-framework, up to {LONGEST_KEY} characters.",
        )


def _line(text: str, longest: int, what: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise BadNote(remedy=f"The {what} is empty; say in a few words what is new.")
    if len(line) > longest:
        raise BadNote(remedy=f"The {what} has {len(line)} characters; at most {longest} fit.")
    return line


def _nothing(content: CatalogueContent) -> CatalogueContent:
    """Return the catalogue as it is before its first revision."""
    return CatalogueContent(
        name=content.name,
        base_locale=content.base_locale,
        proficiencies=(),
        ladders=(),
        domains=(),
        groups=(),
        skills=(),
        families=(),
        roles=(),
        expectations=(),
    )
