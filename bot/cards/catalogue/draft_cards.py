"""A draft that waits: the form for it, and what its author and its second owner read."""

from collections.abc import Sequence
from datetime import datetime, time
from itertools import islice

from bot.cards import limits
from bot.cards.blocks import Block, View, actions, context, header, section
from bot.cards.card import NAME, Card
from bot.cards.catalogue.changes import changes_lines
from bot.cards.catalogue.links import encode_draft
from bot.cards.catalogue.panel import NOTE, sizes_text
from bot.cards.catalogue.publish_view import Asking, asking_form, decision_blocks
from bot.cards.catalogue.reach_lines import going_lines, reach_text
from bot.cards.elements import Button, button
from bot.cards.errors.card import error_card
from bot.cards.forms import (
    confirmed,
    date_picker,
    input_block,
    text_input,
    time_picker,
    users_select,
)
from bot.cards.ids import Action, Callback
from bot.cards.modals import form_view
from bot.cards.mrkdwn import bold, safe
from bot.domain.catalogue.draft import Draft
from bot.domain.catalogue.workspace_catalogue import UploadPreview
from bot.text.translator import Translator

REVIEWER, DAY, TIME = "catalogue.reviewer", "catalogue.day", "catalogue.time"
WORDS = "catalogue.words"
MOST_WORDS = 1000
WORDS_SHOWN = 600
MORNING = time(9)
_MOST_LINES = 20


def later_view(preview: UploadPreview, channel: str, ts: str, tr: Translator) -> View:
    """Build the form that asks what to wait for."""
    blocks: list[Block] = [
        *decision_blocks(preview, tr),
        section(
            tr("Let another owner look first, publish on a day, or both: then only once approved.")
        ),
        input_block(
            REVIEWER,
            tr("Who looks at it?"),
            users_select(Action.CATALOGUE_REVIEWER, tr("Choose an owner"), (), most=1),
            optional=True,
        ),
        input_block(DAY, tr("Publish on"), date_picker(Action.CATALOGUE_DAY), optional=True),
        input_block(TIME, tr("At"), time_picker(Action.CATALOGUE_TIME, MORNING), optional=True),
    ]
    asking = Asking(preview.draft, preview.content.name.base, channel, ts)
    return asking_form(
        Callback.CATALOGUE_LATER, tr("Publish later"), tr("Save"), blocks, asking, tr
    )


def waiting_card(draft: Draft, tr: Translator, *, asked: bool = True) -> Card:
    """Build what its author sees in place of the preview: what it waits for, and how to end it.

    `asked` tells whether the one who is to look at it could be told so.
    """
    lines = [*_note(draft), *_waits_for(draft, tr, asked=asked)]
    text = "\n".join([tr("*Your draft waits.*"), *lines])
    return _card(text, [_publish_now(draft, tr), *_others(draft, tr)])


def _waits_for(draft: Draft, tr: Translator, *, asked: bool = True) -> list[str]:
    lines = []
    if draft.wants_look and asked:
        lines.append(tr("{person} was asked to look at it.", person=_person(draft, tr)))
    elif draft.wants_look:
        lines.append(
            tr(
                ":warning: I could not ask {person} to look at it: Slack did not take my message. "
                "Call it off and ask somebody else, or publish it without the look.",
                person=_person(draft, tr),
            )
        )
    if draft.waiting.publish_at is not None:
        lines.append(tr("It is published {moment}.", moment=_moment(draft.waiting.publish_at, tr)))
    return lines


def look_card(preview: UploadPreview, draft: Draft, tr: Translator) -> Card:
    """Build what the second owner is asked."""
    content = preview.content
    author = f"<@{draft.author_id}>"
    lines = [
        bold(tr.of(content.name), NAME),
        sizes_text(len(content.roles), len(content.skills), len(content.expectations), tr),
    ]
    if draft.note:
        lines.append(safe(draft.note, NOTE))
    blocks: list[Block] = [
        header(tr("A draft to look at")),
        section(tr("{person} asks you to look at it before it is published.", person=author)),
    ]
    if preview.goings:
        gone = "\n".join(going_lines(preview.goings, tr))
        blocks.append(section(f":warning: {gone}"[: limits.SECTION]))
    changes = changes_lines(preview.changes, tr) or [tr("Nothing that a member would notice.")]
    blocks += [
        section("\n".join(lines)),
        section("\n".join(changes)[: limits.SECTION]),
        section(reach_text(preview.reach, tr)),
        actions(
            [
                button(Action.CATALOGUE_APPROVE, tr("Approve"), str(draft.id), primary=True),
                button(Action.CATALOGUE_COMMENT, tr("Comment…"), str(draft.id)),
                _see(draft, tr),
            ]
        ),
    ]
    if draft.waiting.publish_at is not None:
        told = tr(
            "Once approved, it is published {moment}.", moment=_moment(draft.waiting.publish_at, tr)
        )
        blocks.append(context(told))
    return Card(tr("A draft to look at"), blocks)


def comment_view(draft: Draft, tr: Translator) -> View:
    """Build the form for what the second owner says."""
    return form_view(
        Callback.CATALOGUE_COMMENT,
        tr,
        title=tr("Comment"),
        submit=tr("Send"),
        blocks=[
            input_block(
                WORDS,
                tr("What do you think of it?"),
                text_input(Action.CATALOGUE_WORDS, multiline=True, most=MOST_WORDS, focus=True),
            )
        ],
        metadata=str(draft.id),
    )


def approved_card(draft: Draft, tr: Translator, *, overtaken: bool = False) -> Card:
    """Build what the author reads once the draft is approved.

    `overtaken` tells that somebody published since: as it is, it can be published no more.
    """
    told = tr("{person} approved your draft.", person=_person(draft, tr))
    if overtaken:
        lines = [told, *_note(draft), error_card("stale_preview", {}, tr).text]
        return _card("\n".join(lines), [_compare(draft, tr), *_others(draft, tr)])
    lines = [told, *_note(draft), *_waits_for(draft, tr)]
    return _card("\n".join(lines), [_publish_now(draft, tr), *_others(draft, tr)])


def commented_card(draft: Draft, tr: Translator) -> Card:
    """Build what the author reads of the second owner's words."""
    told = tr("{person} says of your draft:", person=_person(draft, tr))
    lines = [told, *_note(draft), *_words(draft)]
    return _card("\n".join(lines)[: limits.SECTION], _others(draft, tr))


def sent_words_card(draft: Draft, tr: Translator, *, handed: bool = True) -> Card:
    """Build what the second owner keeps of their own words; `handed` tells whether Slack took them
    to the author."""
    author = f"<@{draft.author_id}>"
    if handed:
        told = tr("{person} has what you say of the draft:", person=author)
    else:
        told = tr(
            ":warning: I could not hand {person} what you say of the draft: Slack did not take my "
            "message. Tell them yourself:",
            person=author,
        )
    return _card("\n".join([told, *_note(draft), *_words(draft)])[: limits.SECTION], [])


def _words(draft: Draft) -> list[str]:
    lines = filter(str.strip, draft.comment.splitlines())
    return [f"> {safe(line, WORDS_SHOWN)}" for line in islice(lines, _MOST_LINES)]


def _note(draft: Draft) -> list[str]:
    """Return what tells one draft from others: what its author says is new."""
    return [f"_{safe(draft.note, NOTE)}_"] if draft.note.strip() else []


def thanked_card(draft: Draft, tr: Translator) -> Card:
    """Build what takes the place of the question once the second owner approved."""
    told = tr("You approved it. {person} knows.", person=f"<@{draft.author_id}>")
    return _card("\n".join([told, *_note(draft)]), [_see(draft, tr)])


def called_off_card(tr: Translator) -> Card:
    """Build what stands where a draft waited that was called off."""
    return _card(tr("Called off. Nothing was published."), [])


def stopped_card(draft: Draft, why: str, tr: Translator) -> Card:
    """Build what its author reads where a draft could not be published on its day."""
    if why == "not_looked_at":
        told = tr("{person} has not approved it.", person=_person(draft, tr))
    else:
        told = error_card(why, {}, tr).text
    text = "\n".join([tr("*Your draft was not published.*"), *_note(draft), told])
    return _card(text, [_compare(draft, tr)])


def _publish_now(draft: Draft, tr: Translator) -> Button:
    label = tr("Publish") if draft.waiting.publish_at is None else tr("Publish Now")
    built = button(
        Action.CATALOGUE_PUBLISH_DRAFT, label, str(draft.id), primary=not draft.wants_look
    )
    if not draft.wants_look:
        return built
    return confirmed(
        built,
        title=tr("Publish without the look?"),
        text=tr("It has not been approved yet."),
        confirm=tr("Publish"),
        deny=tr("Wait"),
    )


def _others(draft: Draft, tr: Translator) -> list[Button]:
    return [_see(draft, tr), button(Action.CATALOGUE_CALL_OFF, tr("Call Off"), str(draft.id))]


def _compare(draft: Draft, tr: Translator) -> Button:
    carried = encode_draft(draft.uploaded)
    return button(Action.CATALOGUE_COMPARE, tr("Compare Again"), carried, primary=True)


def _see(draft: Draft, tr: Translator) -> Button:
    carried = encode_draft(draft.uploaded)
    return button(Action.CATALOGUE_CHANGES, tr("See Every Change"), carried)


def _person(draft: Draft, tr: Translator) -> str:
    """Return who was asked; nobody's name where they have been forgotten since."""
    reviewer = draft.waiting.reviewer_id
    return f"<@{reviewer}>" if reviewer else tr("The other owner")


def _moment(at: datetime, tr: Translator) -> str:
    """Return a moment as the reader's own clock shows it; Slack words it."""
    fallback = f"{tr.date(at.date())}, {at:%H:%M} UTC"
    return f"<!date^{int(at.timestamp())}^{{date_long_pretty}}, {{time}}|{fallback}>"


def _card(text: str, buttons: Sequence[Button]) -> Card:
    blocks: list[Block] = [section(text)]
    if buttons:
        blocks.append(actions([*buttons]))
    return Card(text.replace("*", ""), blocks)
