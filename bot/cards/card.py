"""A card, and the parts that every card shares."""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

import orjson

from bot.cards import limits
from bot.cards.blocks import Block, context
from bot.cards.elements import Button, Option, button, option
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import clip, safe
from bot.domain.answers import Alias, Answer
from bot.domain.framework import Expectation, Level, Requirement
from bot.domain.lookup.names.lexicon import Kind
from bot.domain.lookup.requests import (
    ShowCard,
    ShowCatalogue,
    ShowDomain,
    ShowGap,
    ShowGroup,
    ShowRole,
    ShowSkill,
    Viewer,
)
from bot.domain.lookup.rung import Rung
from bot.text.translator import Translator
from bot.text.words import requirement_name
from bot.values import dataclass

NAME = 80
TYPED = 60
STANDING = 100
MOST_TRACKS = 3


@dataclass(frozen=True)
class Card:
    """A message: blocks for the eye, `text` for notifications and screen readers."""

    text: str
    blocks: Sequence[Block]

    @cached_property
    def written_blocks(self) -> bytes:
        """The blocks as compact JSON, written once: what `fit` measured is what is sent."""
        # Ten times as fast as the standard library's, which took a quarter of building a card.
        return orjson.dumps(self.blocks)

    @property
    def blocks_json(self) -> str:
        """The same as text, for whoever reads it."""
        return self.written_blocks.decode()

    @property
    def json(self) -> bytes:
        """The message as compact JSON."""
        return b'{"text":%b,"blocks":%b}' % (orjson.dumps(self.text), self.written_blocks)

    def fits(self, most: int) -> bool:
        """Tell whether the blocks take no more than `most` characters of JSON."""
        # No character takes less than a byte.
        return len(self.written_blocks) <= most or len(self.blocks_json) <= most


@dataclass(frozen=True, slots=True)
class Room:
    """How much a card may say. Tried from generous to tight until the card fits Slack.

    `today` is for the words beside those that the card is about.
    """

    text: int
    name: int
    rows: int
    today: int = 0


ROOMS = (Room(320, NAME, 4), Room(160, 60, 4), Room(80, 40, 2), Room(40, 24, 1), Room(24, 12, 1))


def fit(build: Callable[[Room], Card], *, rooms: Sequence[Room] = ROOMS, spare: int = 0) -> Card:
    """Return the roomiest card whose blocks stay within our budget of JSON characters.

    `spare` characters of it are left free.
    """
    card = build(rooms[0])
    known: dict[int, tuple[Block, bytes]] = {}
    for room in rooms[1:]:
        if card.fits(limits.CARD_JSON - spare):
            break
        card = build(room)
        # Where the property keeps it; a copy of the card with other blocks writes its own.
        vars(card)["written_blocks"] = _written(card.blocks, known)
    return card


def _written(blocks: Sequence[Block], known: dict[int, tuple[Block, bytes]]) -> bytes:
    """Return the blocks as JSON; those that were written for another room are not written again.

    `known` has them by identity, and keeps them, so that no other block takes their place.
    """
    parts = []
    for block in blocks:
        found = known.get(id(block))
        if found is None:
            found = known[id(block)] = block, orjson.dumps(block)
        parts.append(found[1])
    return b"[%b]" % b",".join(parts)


def explanation(answer: Answer, tr: Translator) -> list[Block]:
    """Say what was understood differently from what was typed; nothing where all was clear."""
    lines = []
    if answer.corrections:
        shown = [
            tr(
                "{name} for “{typed}”",
                name=f"*{safe(tr.of(name), TYPED)}*",
                typed=safe(typed, TYPED),
            )
            for typed, name in answer.corrections
        ]
        lines.append(tr("Showing {names}.", names=joined(shown, tr)))
    for was, name in answer.former:
        now = f"*{safe(tr.of(name), TYPED)}*"
        lines.append(tr("“{old}” is now {name}.", old=safe(was, TYPED), name=now))
    if answer.alias:
        lines.append(_listed_under(answer.alias, tr))
    if answer.ignored:
        words = listed([f"“{safe(word, TYPED)}”" for word in answer.ignored[:5]], tr)
        lines.append(tr("I did not understand {words} and left it out.", words=words))
    return [context("\n".join(lines))] if lines else []


def _listed_under(alias: Alias, tr: Translator) -> str:
    """Say why a card with another name was opened: "vLLM is part of LLM Inference"."""
    typed, name = safe(alias.typed, TYPED), f"*{safe(tr.of(alias.name), TYPED)}*"
    if alias.kind is Kind.ROLE:
        return tr("This framework calls “{typed}” {name}.", typed=typed, name=name)
    return tr("“{typed}” is part of {name} in this framework.", typed=typed, name=name)


def listed(items: Sequence[str], tr: Translator) -> str:
    """Join plain names: "a, b, c"."""
    return tr(", ").join(items)


def joined(items: Sequence[str], tr: Translator) -> str:
    """Join pieces in bold or code as a sentence does: "a, b and c".

    The sentence's own words keep a space from each piece in every language, for Slack shows the
    marks of a piece that touches a letter; `Translator.enumerate` has none in Chinese.
    """
    if len(items) < 2:
        return "".join(items)
    return tr("{items} and {last}", items=listed(items[:-1], tr), last=items[-1])


def sentences(said: Sequence[str], tr: Translator) -> str:
    """Put sentences behind each other, as their language does it."""
    found = "".join(said[:1])
    for each in said[1:]:
        found = tr("{first} {second}", first=found, second=each)
    return found


def standing(expectation: Expectation | None, tr: Translator) -> str:
    """Return requirement and depth as plain text, "Required · Advanced"; else "Not defined"."""
    if expectation is None:
        return tr("Not defined")
    depth = expectation.proficiency
    return _standing(expectation.required, tr.of(depth.name) if depth else None, tr)


# A framework has a few of them, and a card names ten.
@lru_cache(maxsize=256)
def _standing(required: bool, depth: str | None, tr: Translator) -> str:
    name = requirement_name(Requirement.REQUIRED if required else Requirement.OPTIONAL, tr)
    return name if depth is None else f"{name} · {clip(depth, 40)}"


def standing_line(expectation: Expectation | None, tr: Translator) -> str:
    """Return `standing` as safe mrkdwn."""
    return _safe_standing(standing(expectation, tr))


_safe_standing = lru_cache(maxsize=256)(lambda text: safe(text, STANDING))


def wording(expectation: Expectation | None, tr: Translator, limit: int) -> str:
    """Return the behaviour as safe mrkdwn, or say kindly that there is none."""
    if expectation is None:
        return tr("_The catalogue does not define this cell._")
    if expectation.wording is None:
        return tr("_No description written yet._")
    return safe(tr.of(expectation.wording), limit)


def show_button(label: str, request: ShowCard, number: int, *, primary: bool = False) -> Button:
    """Build a button that replaces the card by another."""
    return button(numbered(Action.SHOW, number), label, encode(request), primary=primary)


def gap_request(viewer: Viewer, rung: Rung, target: Level) -> ShowGap:
    """Return the request for the gap from a rung to a level above it.

    Where the gap starts there anyway (the viewer's own level, or the level below the target), the
    request leaves the origin out, and the card says why it starts there.
    """
    own = rung.role.key == viewer.role
    below = rung.role.ladder.below(target)
    natural = viewer.level if own else below.key if below else None
    if natural == rung.level.key:
        return ShowGap(rung.role.key, (target.key,))
    return ShowGap(rung.role.key, (target.key,), rung.role.key, (rung.level.key,))


def gap_buttons(viewer: Viewer, rung: Rung, tr: Translator) -> list[Button]:
    """Build the ways to the next rung: one, or one per track where the ladder forks.

    The first is the primary one. Their numbers begin at 0.
    """
    return [
        show_button(
            tr("Gap to {level}", level=tr.of(level.name)),
            gap_request(viewer, rung, level),
            number,
            primary=number == 0,
        )
        for number, level in enumerate(rung.role.ladder.above(rung.level)[:MOST_TRACKS])
    ]


def share_button(request: ShowCard, tr: Translator) -> Button:
    """Build the button that shows this card to the whole channel."""
    return button(Action.SHARE, tr("Share in Channel"), encode(request))


def level_options(levels: Sequence[Level], tr: Translator) -> list[Option]:
    """Return one option per level; its value is the level's key."""
    return [option(tr.of(level.name), level.key) for level in levels]


def page_of(total: int, page: int, size: int) -> tuple[int, int]:
    """Return (page within range, number of pages); there is always one page."""
    pages = max(1, -(-total // size))
    return min(page, pages - 1), pages


def page_buttons(
    page: int, pages: int, request_of: Callable[[int], ShowCard], tr: Translator
) -> list[Button]:
    """Build *Previous* and *Next*, each only where there is such a page."""
    built = []
    if page > 0:
        built.append(show_button(tr("Previous Page"), request_of(page - 1), 90))
    if page < pages - 1:
        built.append(show_button(tr("Next Page"), request_of(page + 1), 91))
    return built


def typed(request: ShowCard) -> str:
    """Return the command that asks for the same card."""
    match request:
        case ShowSkill(key, levels, role) | ShowGroup(key, levels, role):
            words = ["/skill", key, *levels[:1], role]
        case ShowRole(key, levels):
            words = ["/skill", key, *levels[:1]]
        case ShowDomain(key):
            words = ["/skill", key]
        case ShowCatalogue():
            words = ["/skill"]
        case ShowGap(role, levels, origin, origin_levels):
            start = ["from", origin, *origin_levels[:1]] if origin or origin_levels else []
            words = ["/promote-gap", role, *levels[:1], *start]
    return " ".join(word for word in words if word)


def try_next(commands: Sequence[str], tr: Translator) -> Block:
    """Name what to type next."""
    typed = joined([f"`{tr.command(each)}`" for each in commands], tr)
    return context(tr("Try {commands}", commands=typed))
