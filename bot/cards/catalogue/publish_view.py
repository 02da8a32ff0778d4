"""The modal before publishing where something goes: what takes over, and the name to type."""

import json
from collections.abc import Iterator, Mapping, Sequence

from bot.cards import limits
from bot.cards.blocks import Block, View, context, section
from bot.cards.catalogue.links import draft_of, draft_parts, packed
from bot.cards.catalogue.reach_lines import going_label, going_lines, reach_text
from bot.cards.elements import option, select
from bot.cards.forms import input_block, text_input
from bot.cards.ids import Action, Callback
from bot.cards.modals import form_view
from bot.cards.mrkdwn import clip
from bot.domain.catalogue.goings import (
    Decisions,
    Going,
    GoingKey,
    GoingPart,
    Successor,
    successors,
)
from bot.domain.catalogue.workspace_catalogue import UploadedDraft, UploadPreview
from bot.domain.errors import OutdatedCard
from bot.text.translator import Translator
from bot.values import dataclass

NAME_FIELD = "catalogue.typed_name"
_GOING = "catalogue.going."
_ENDS = "ends"
# With the rest within the 100 blocks and 250 KB of a modal, whatever the names.
MOST_ASKED = 40
_MOST_OPTIONS = 600
_NAME = 40


@dataclass(frozen=True, slots=True)
class Asking:
    """What the modal carries: the draft, its catalogue's name, and where its preview stands."""

    draft: UploadedDraft
    name: str
    channel: str
    ts: str


def encode_asking(asking: Asking) -> str:
    """Return what the modal carries."""
    return packed([draft_parts(asking.draft), asking.name, asking.channel, asking.ts])


def decode_asking(text: str) -> Asking:
    """Return what `encode_asking` wrote.

    Raises:
        OutdatedCard: the text is none.
    """
    try:
        draft, *rest = json.loads(text)
        name, channel, ts = map(str, rest)
    except (ValueError, TypeError, RecursionError):
        raise OutdatedCard from None
    return Asking(draft_of(draft), name, channel, ts)


def publish_view(preview: UploadPreview, channel: str, ts: str, tr: Translator) -> View:
    """Build the form. What goes at all comes first; each has what is called the same proposed."""
    return asking_form(
        Callback.CATALOGUE_PUBLISH,
        tr("Publish"),
        tr("Publish"),
        decision_blocks(preview, tr),
        Asking(preview.draft, preview.content.name.base, channel, ts),
        tr,
    )


def decision_blocks(preview: UploadPreview, tr: Translator) -> list[Block]:
    """Build what goes, whom that reaches, what takes over, and the name to type."""
    if not preview.goings:
        return []
    name = preview.content.name.base
    lines = "\n".join(going_lines(preview.goings, tr))
    blocks: list[Block] = [
        section(f":warning: {lines}"[: limits.SECTION]),
        section(reach_text(preview.reach, tr)),
        context(
            tr(
                "What takes over keeps goals and marks: they follow. What ends is shown no more; "
                "nothing is deleted, and rolling back brings it back."
            )
        ),
    ]
    asked = _asked(preview)
    room = min(limits.SELECT_OPTIONS, _MOST_OPTIONS // max(1, len(asked)))
    blocks += [_question(number, each, preview, room, tr) for number, each in asked]
    rest = len(preview.goings.every) - len(asked)
    if rest:
        more = tr.plural(
            "{count} more ends. `nextrung catalogue publish --map-skill` can map it.",
            "{count} more end. `nextrung catalogue publish --map-skill` can map them.",
            rest,
        )
        blocks.append(context(more))
    if preview.goings.of(GoingPart.ROLE):
        label = tr("Type the catalogue's name to publish: {name}", name=name)
        blocks.append(name_block(label))
    return blocks


def name_block(label: str) -> Block:
    """Build the field for the catalogue's name."""
    return input_block(NAME_FIELD, label, text_input(Action.CATALOGUE_NAME, most=200))


def asking_form(
    callback: Callback,
    title: str,
    submit: str,
    blocks: Sequence[Block],
    asking: Asking,
    tr: Translator,
) -> View:
    """Build a form about a preview, which carries where that stands."""
    return form_view(
        callback,
        tr,
        title=title,
        submit=submit,
        blocks=blocks,
        metadata=encode_asking(asking),
    )


def decided(chosen: Mapping[str, str], preview: UploadPreview) -> Decisions:
    """Return what was chosen in the form, by the values of its fields.

    Raises:
        OutdatedCard: a choice is none of those that the form offered.
    """
    return dict(_decided(chosen, preview))


def _decided(
    chosen: Mapping[str, str], preview: UploadPreview
) -> Iterator[tuple[GoingKey, str | None]]:
    for number, going in _asked(preview):
        value = chosen.get(f"{_GOING}{number}", _ENDS)
        offered = successors(going, preview.content)
        if value == _ENDS:
            yield going.at, None
        elif value.isdecimal() and int(value) < len(offered):
            yield going.at, offered[int(value)].key
        else:
            raise OutdatedCard


def _asked(preview: UploadPreview) -> list[tuple[int, Going]]:
    """Return what the form asks about, each with its number: what has a proposal first."""
    every = [*enumerate(preview.goings.every)]
    first = [*GoingPart]
    every.sort(key=lambda each: (first.index(each[1].at.part), each[1].proposed is None))
    return every[:MOST_ASKED]


def _question(
    number: int, going: Going, preview: UploadPreview, room: int, tr: Translator
) -> Block:
    """Ask about one thing; where there is no room for all that could take over, the likest."""
    offered = [*enumerate(successors(going, preview.content))]
    if len(offered) >= room:
        offered.sort(key=lambda each: -_likeness(going, each[1]))
        offered = offered[: room - 1]
    options = [option(tr("Ends"), _ENDS)]
    proposed = _ENDS
    for at, each in offered:
        options.append(option(tr("→ {name}", name=clip(tr.of(each.name), _NAME)), str(at)))
        if each.key == going.proposed:
            proposed = str(at)
    chooser = select(Action.CATALOGUE_GOING, tr("What takes over?"), options, proposed)
    return input_block(f"{_GOING}{number}", going_label(going, tr), chooser)


def _likeness(going: Going, other: Successor) -> float:
    # Only a larger catalogue than most needs it: a start does not wait for it.
    from rapidfuzz.fuzz import ratio

    return ratio(going.name.base.casefold(), other.name.base.casefold())
