"""The two halves of what follows `/promote-gap`: where somebody wants to be, and where they are."""

from functools import lru_cache

from bot.domain.lookup.names.lexicon import Kind, squeeze, words_of
from bot.domain.lookup.names.query import MAX_TEXT, ROLE_GRAMMAR, Query, Resolution
from bot.domain.lookup.names.spans import raw_text
from bot.domain.typed_words import TypedWords
from bot.services.lookup.connecting import connecting
from bot.services.lookup.shelves import Shelf


def halves(shelf: Shelf, text: str) -> list[str]:
    """Split into the target and where to come from, unless the whole text is a role's name.

    "lead from senior", "from senior to lead", "senior to lead" and "senior / lead" are the same.
    What asks for the next level, and names none, is the empty text.
    """
    words = connecting(shelf.typed)
    has_to = has_from = None
    if words.any_in(text):
        has_to, has_from = words.target.search(text), words.origin.search(text)
    if len(text) > MAX_TEXT or (has_from and not has_to and not _named_with_from(shelf)):
        return words.origin.split(text, maxsplit=1)
    if has_to and not _is_name(shelf, text):
        found = _from_one_level_to_another(shelf, text)
        if found:
            return found
    whole = shelf.resolve(text, ROLE_GRAMMAR)
    if isinstance(whole, Query) and not (whole.corrections or whole.ignored):
        return [text]
    if has_from:
        return words.origin.split(text, maxsplit=1)
    if isinstance(whole, Query):
        return [text]
    return _between_levels(shelf, text) or [_without_next(shelf, text)]


def as_rung(shelf: Shelf, text: str) -> Resolution:
    """Resolve a text that stands for a level of a role: "data engineer" may be one's first."""
    found = shelf.resolve(text, ROLE_GRAMMAR)
    if isinstance(found, Query) and found.subject and not found.level_keys:
        named = shelf.lexicon.find(words_of(text, shelf.typed))
        return found.at(tuple(ref.key for ref in named if ref.kind is Kind.LEVEL))
    return found


def _from_one_level_to_another(shelf: Shelf, text: str) -> list[str] | None:
    for to in connecting(shelf.typed).target.finditer(text):
        before, after = text[: to.start()], text[to.end() :]
        found = _from_to(shelf, before, after)
        if found:
            return found
        if _says_nothing(shelf, before):
            # "I want to be promoted to lead"
            return ["" if _says_nothing(shelf, after) else f"{before} {after}"]
    return None


def _between_levels(shelf: Shelf, text: str) -> list[str] | None:
    """Split at a sign between two levels: "mid / senior"."""
    if not _has_two_levels(shelf, text):
        return None
    splits = (
        _from_to(shelf, text[: between.start()], text[between.end() :])
        for between in connecting(shelf.typed).between.finditer(text)
    )
    return next(filter(None, splits), None)


def _from_to(shelf: Shelf, before: str, after: str) -> list[str] | None:
    """Split where a level stands on both sides, or a role; a role before it is the target's too."""
    *role, origin = connecting(shelf.typed).origin.split(before, maxsplit=1)
    held, target = as_rung(shelf, origin), as_rung(shelf, after)
    if not (isinstance(held, Query) and isinstance(target, Query)):
        return None
    if held.subject and target.subject and held.subject != target.subject and not any(role):
        return [after, origin]
    if not (held.level_keys and target.level_keys):
        return None
    if not any(role) and held.subject and not target.subject:
        role = [held.subject.key]
    return [" ".join([*role, after]), origin]


def _has_two_levels(shelf: Shelf, text: str) -> bool:
    """Tell quickly that there are no two, as in most texts."""
    lexicon = shelf.lexicon
    found = [lexicon.find((word,)) for word in words_of(text, shelf.typed)]
    return sum(any(ref.kind is Kind.LEVEL for ref in refs) for refs in found) > 1


def _is_name(shelf: Shelf, text: str) -> bool:
    named = shelf.lexicon.find(words_of(text, shelf.typed))
    return any(ref.kind in {Kind.ROLE, Kind.LEVEL} for ref in named)


def _says_nothing(shelf: Shelf, text: str) -> bool:
    courtesies = shelf.lexicon.spelling.courtesies
    return all(word.key in courtesies for word in words_of(text, shelf.typed))


def _without_next(shelf: Shelf, text: str) -> str:
    """Return a text without "next level" at an end of it: so says the command itself."""
    courtesies = shelf.lexicon.spelling.courtesies
    kept = [word for word in words_of(text, shelf.typed) if word.key not in courtesies]
    phrases, longest = _next(shelf.typed)
    for size in range(min(longest, len(kept)), 0, -1):
        if squeeze(kept[:size]) in phrases:
            return raw_text(kept[size:])
        if squeeze(kept[-size:]) in phrases:
            return raw_text(kept[:-size])
    return text


@lru_cache(maxsize=8)
def _next(typed: TypedWords) -> tuple[frozenset[str], int]:
    """Return what asks for the next level, and how many words the longest of it has."""
    phrases = [words_of(each, typed) for each in typed.lookup.get("next", ())]
    return frozenset(map(squeeze, phrases)), max(map(len, phrases), default=0)


def _named_with_from(shelf: Shelf) -> bool:
    """Tell whether any role or level has "from" in its name, which spares almost all a search."""
    names = (shelf.lexicon.names[kind] for kind in (Kind.ROLE, Kind.LEVEL))
    return any(
        each.containing(word) for each in names for word in shelf.typed.lookup.get("from", ())
    )
