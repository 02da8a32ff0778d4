"""The way of an upload to members, page by page: understood, asked, corrected, published."""

from collections.abc import Mapping, Sequence

from bot.cards import limits
from bot.cards.blocks import Block, Input, View, actions, context, divider, section
from bot.cards.card import NAME, Card, listed
from bot.cards.catalogue.changes import changes_lines
from bot.cards.catalogue.links import encode_draft
from bot.cards.catalogue.outcomes import SHOWN, preview_card, problems_card
from bot.cards.catalogue.picture_lines import picture_blocks
from bot.cards.catalogue.problem_lines import finding_blocks, sentence, within
from bot.cards.catalogue.publish_view import Asking, asking_form, decision_blocks
from bot.cards.catalogue.reach_lines import reach_text
from bot.cards.catalogue.views import told_view
from bot.cards.elements import Option, button, option, plain, select
from bot.cards.forms import input_block, radio
from bot.cards.ids import Action, Callback
from bot.cards.mrkdwn import bold, clip, escape, safe
from bot.domain.catalogue.picture import picture_of
from bot.domain.catalogue.uploading import BegunUpload
from bot.domain.catalogue.workspace_catalogue import UploadPreview
from bot.formats.imports.report import QUESTION, ImportProblem, ImportResult
from bot.formats.proposing.questions import Choice, Question
from bot.text.translator import Translator

ANSWER = "catalogue.answer."
"""What the block of a question's field begins with; the question's key follows."""
# As many inputs as a modal has that is not tiring.
_ASKED = 5
_READINGS = 6
_SENTENCE = 300
_PROBLEMS = 20
_UNREAD = "unread-column"
_COLUMNS = 12
_NAME = 40
_ROOM = 30_000


def step_card(
    upload: BegunUpload, result: ImportResult, preview: UploadPreview | None, tr: Translator
) -> Card:
    """Build the message that tells how far an upload is, with the way on."""
    if preview is not None:
        return preview_card(preview, result, tr)
    if not result.questions:
        return problems_card(result, tr)
    count = len(result.questions)
    title = tr.plural(
        "I have {count} question about your file", "I have {count} questions about your file", count
    )
    asked = [f"• {_question_text(each, tr)}" for each in result.questions]
    go_on = button(Action.CATALOGUE_CONTINUE, tr("Answer…"), str(upload.id), primary=True)
    blocks: list[Block] = [
        section(within([f"*{title}*", *asked], limits.SECTION)),
        context(tr("Nothing was published. The question waits on Home as well.")),
        actions([go_on]),
    ]
    return Card(title, blocks)


def understood_view(
    upload: BegunUpload, result: ImportResult, preview: UploadPreview | None, tr: Translator
) -> View:
    """Build the page that says what was understood, and asks what only the owner knows.

    A file with problems ends here: they are told with the rows they are in.
    """
    title = tr("What I understood")
    blocks: list[Block] = [context(_file(upload, tr)), *_understood(result, preview, tr)]
    problems = [each for each in result.problems if each.code != QUESTION]
    if preview is None and problems:
        blocks += _wrong(problems, result, tr)
    blocks += _asked(result, tr)
    if result.warnings:
        blocks += [divider(), section(tr("*Worth a look as well*"))]
        blocks += finding_blocks(result.warnings, result, tr, SHOWN)
    blocks += _answered(upload, tr)
    if preview is None and not result.questions:
        return told_view(title, Card("", blocks[: limits.VIEW_BLOCKS]), tr)
    return {
        "type": "modal",
        "callback_id": Callback.CATALOGUE_UNDERSTOOD,
        "title": plain(title, limits.VIEW_TITLE),
        "submit": plain(tr("Next Step"), limits.VIEW_TITLE),
        "close": plain(tr("Later"), limits.VIEW_TITLE),
        "private_metadata": str(upload.id),
        "blocks": blocks[: limits.VIEW_BLOCKS],
    }


def reach_view(upload: BegunUpload, preview: UploadPreview, tr: Translator) -> View:
    """Build the last page: what changes for whom, what takes over, and the button that does it."""
    name = bold(tr.of(preview.content.name), NAME)
    if preview.unchanged:
        text = tr("Members see exactly this already: nothing has changed.")
        return told_view(tr("Publish"), Card(text, [section(name), section(text)]), tr)
    carried = encode_draft(preview.draft)
    lines = changes_lines(preview.changes, tr) or [tr("Nothing that a member would notice.")]
    # What goes at all comes first, and is never folded away.
    gone, decisions = _parted(decision_blocks(preview, tr))
    blocks: list[Block] = [section(name), *gone]
    blocks.append(section(within([tr("*What changes for members*"), *lines], limits.SECTION)))
    if not preview.goings:
        blocks.append(section(reach_text(preview.reach, tr)))
    blocks.append(
        actions(
            [
                button(Action.CATALOGUE_CHANGES, tr("See Every Change"), carried),
                button(Action.CATALOGUE_LATER, tr("Publish Later…"), carried),
            ]
        )
    )
    blocks += decisions
    asking = Asking(preview.draft, preview.content.name.base, upload.channel, upload.ts)
    return asking_form(
        Callback.CATALOGUE_PUBLISH_HERE, tr("Publish"), tr("Publish"), blocks, asking, tr
    )


def _parted(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """Part what is told before a decision from what is asked."""
    at = next((at for at, each in enumerate(blocks) if each["type"] == "context"), len(blocks))
    return blocks[:at], blocks[at:]


def dropped_card(tr: Translator) -> Card:
    """Build what stands where an upload was told of that its owner dropped."""
    text = tr("Dropped. Nothing was published, and members see what they saw.")
    return Card(text, [section(text)])


def replaced_card(tr: Translator) -> Card:
    """Build what stands where an upload was told of that a newer one took the place of."""
    text = tr("You uploaded another file since. This one was not published.")
    return Card(text, [section(text)])


def answers_in(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return what was answered, by question; `chosen` are the values of a form's blocks."""
    return {
        block.removeprefix(ANSWER): value
        for block, value in chosen.items()
        if block.startswith(ANSWER) and value
    }


def _file(upload: BegunUpload, tr: Translator) -> str:
    file, name = safe(upload.file_name, NAME), safe(upload.name, NAME)
    return tr("{file}, to be called {name}", file=file, name=name) if name else file


def _understood(result: ImportResult, preview: UploadPreview | None, tr: Translator) -> list[Block]:
    if preview is not None:
        return [*picture_blocks(preview.picture, tr), *_readings(result, tr)]
    blocks = _readings(result, tr)
    if result.supposed is not None:
        told = tr("If the first answer to each question below is right, this comes of it:")
        blocks += [section(told), *picture_blocks(picture_of(result.supposed), tr)]
    return blocks


def _readings(result: ImportResult, tr: Translator) -> list[Block]:
    """Say how each table is read: who knows the file sees at once whether that is right."""
    told = (clip(sentence(each, tr), _SENTENCE) for each in result.readings[:_READINGS])
    lines = [f"• {escape(each)}" for each in told]
    rest = len(result.readings) - len(lines)
    if rest > 0:
        lines.append(tr.plural("and {count} more", "and {count} more", rest))
    unread = [
        place.column for each in result.notes if each.code == _UNREAD for place in each.places
    ]
    if unread:
        names = listed([safe(each, _NAME) for each in dict.fromkeys(unread[:_COLUMNS])], tr)
        lines.append(f"• {tr('These columns are not read: {names}', names=names)}")
    if not lines:
        return []
    return [section(within([tr("*How I read it*"), *lines], limits.SECTION))]


def _wrong(problems: Sequence[ImportProblem], result: ImportResult, tr: Translator) -> list[Block]:
    total = sum(each.count for each in problems)
    title = tr.plural(
        "{count} problem keeps the file from being imported",
        "{count} problems keep the file from being imported",
        total,
    )
    told = tr("Nothing was published. Correct the file, and upload it again.")
    again = button(Action.CATALOGUE_UPLOAD, tr("Upload the Corrected File"), "upload", primary=True)
    return [
        section(f"*{title}*\n{told}"),
        actions([again]),
        *finding_blocks(problems, result, tr, _PROBLEMS, room=_ROOM),
    ]


def _asked(result: ImportResult, tr: Translator) -> list[Block]:
    if not result.questions:
        return []
    told = tr("*Only you know this.* I read the file again with what you answer.")
    blocks: list[Block] = [divider(), section(told)]
    blocks += [_question(each, tr) for each in result.questions[:_ASKED]]
    return blocks


def _question(question: Question, tr: Translator) -> Input:
    answers = [each for each in question.choices if len(each.answer) <= limits.OPTION_VALUE]
    options = [_option(each, tr) for each in answers[: limits.SELECT_OPTIONS]]
    block_id = f"{ANSWER}{question.key}"[: limits.BLOCK_ID]
    label = clip(sentence(question.text, tr), _SENTENCE)
    if len(options) > limits.RADIO:
        chooser = select(Action.CATALOGUE_ANSWER, tr("Choose an answer"), options)
        return input_block(block_id, label, chooser)
    return input_block(block_id, label, radio(Action.CATALOGUE_ANSWER, options))


def _option(choice: Choice, tr: Translator) -> Option:
    """Return a choice; what is too long for its line goes on in the one below."""
    words = sentence(choice.text, tr)
    built = option(words, choice.answer)
    if len(words) > limits.OPTION:
        built["description"] = plain(clip(words[limits.OPTION - 1 :], limits.OPTION), limits.OPTION)
    return built


def _answered(upload: BegunUpload, tr: Translator) -> list[Block]:
    if not upload.answers:
        return []
    count = len(upload.answers)
    told = tr.plural(
        "You answered {count} question about this file.",
        "You answered {count} questions about this file.",
        count,
    )
    again = button(Action.CATALOGUE_ASK_AGAIN, tr("Ask Me Again"), str(upload.id))
    return [section(told, again)]


def _question_text(question: Question, tr: Translator) -> str:
    return escape(clip(sentence(question.text, tr), _SENTENCE))
