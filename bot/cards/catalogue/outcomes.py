"""What an owner reads while a file is read, once it is, and once it is published."""

import html
import re
from collections.abc import Sequence

from bot.cards import limits
from bot.cards.blocks import Block, View, actions, context, divider, header, section
from bot.cards.card import NAME, Card
from bot.cards.catalogue.changes import changes_lines
from bot.cards.catalogue.links import encode_draft
from bot.cards.catalogue.panel import revision_text, sizes_text
from bot.cards.catalogue.reach_lines import going_lines, reach_text
from bot.cards.catalogue.take_back import TakeBack, take_back_button
from bot.cards.catalogue.views import told_view
from bot.cards.elements import button
from bot.cards.ids import Action
from bot.cards.mrkdwn import bold, clip, escape
from bot.domain.catalogue.lint.finding import LintSeverity
from bot.domain.catalogue.publication import Published
from bot.domain.catalogue.workspace_catalogue import CataloguePanel, UploadedDraft, UploadPreview
from bot.formats.imports.report import (
    QUESTION,
    Accounting,
    ImportPlace,
    ImportProblem,
    ImportResult,
)
from bot.formats.problems import shortened
from bot.formats.proposing.questions import Question
from bot.text.translator import Translator

KINDS = 6
CHOICES = 8
SHOWN = KINDS // 2
PLACES = 3
# What a modal has room for: kinds, and places of each.
EVERY = 40
EACH = 10
MESSAGE = 300
PLACE = 110
_QUOTED_NAME = re.compile(r"'([a-z]+(?:_[a-z]+)*)'")


def taken_card(tr: Translator) -> Card:
    """Build what the form turns into: where the rest is told."""
    text = tr(
        "I have your file and read it now. What I find comes as a direct message; "
        "you can close this."
    )
    return _card(text)


def reading_card(rows: int, tr: Translator) -> Card:
    """Build the message that stands while the file is read; `rows` have been read so far."""
    text = tr("Reading your file…")
    if rows:
        read = tr.plural("{count} row so far.", "{count} rows so far.", rows)
        text = f"{text} {read}"
    lost = tr("If I am restarted meanwhile, I tell you: upload it again then.")
    return Card(text=text, blocks=[section(text), context(lost)])


def broken_off_card(panel: CataloguePanel | None, tr: Translator) -> Card:
    """Build what tells that work on the catalogue was cut off, and what members see now."""
    texts = [tr("Nextrung was stopped at work on your catalogue, which was broken off.")]
    if panel is not None:
        texts.append(revision_text(panel.current, tr))
    texts.append(tr("If that is not what you meant, upload or publish it again from Home."))
    return _card("\n".join(texts))


def publishing_card(tr: Translator) -> Card:
    """Build what takes a preview's place while it is published."""
    return _card(tr("Publishing…"))


def problems_card(result: ImportResult, tr: Translator) -> Card:
    """Build what tells why a file is not imported: every kind of problem, with its first places.

    What only the owner knows is asked with its choices, as they are given in Slack: the command
    line's way stands in the problem of the same question.
    """
    problems = [each for each in result.problems if each.code != QUESTION]
    total = sum(each.count for each in problems) + len(result.questions)
    title = tr.plural(
        "{count} problem keeps the file from being imported",
        "{count} problems keep the file from being imported",
        total,
    )
    blocks: list[Block] = [
        header(title),
        section(tr("Nothing was published. Correct the file, and upload it again.")),
        *(section(_question(each, tr)) for each in result.questions[:KINDS]),
    ]
    if result.questions:
        blocks.append(
            context(
                tr(
                    "Write the line that is right into a mapping file, and upload it beside your "
                    "file. Whoever runs Nextrung can draft one with `nextrung catalogue map`."
                )
            )
        )
    blocks += _findings(problems, tr)
    if result.warnings:
        blocks += [divider(), section(tr("*Worth a look as well*"))]
        blocks += _findings(result.warnings[: KINDS // 2], tr)
    return Card(text=title, blocks=blocks)


def _question(question: Question, tr: Translator) -> str:
    choices = (
        f"• {escape(clip(tr.said(each.text), MESSAGE))}: {_code(each.line)}"
        for each in question.choices[:CHOICES]
    )
    return "\n".join([f"*{escape(clip(tr.said(question.text), MESSAGE))}*", *choices])


def _findings(findings: Sequence[ImportProblem], tr: Translator) -> list[Block]:
    blocks: list[Block] = [section(_finding(each, tr)) for each in findings[:KINDS]]
    rest = len(findings) - KINDS
    if rest > 0:
        more = tr.plural("and {count} more kind", "and {count} more kinds", rest)
        blocks.append(context(more))
    return blocks


def _finding(found: ImportProblem, tr: Translator, places: int = PLACES) -> str:
    lines = [_marked(clip(_sentence(tr.said(found.message)), MESSAGE))]
    if found.count > 1:
        lines[0] += f" ({tr.plural('{count} time', '{count} times', found.count)})"
    lines += [f"• {_code(_place(place, tr))}" for place in found.places[:places]]
    rest = found.count - min(places, len(found.places))
    if rest > 0 and found.places:
        lines.append(tr.plural("and {count} more", "and {count} more", rest))
    return "\n".join(lines)


def _place(place: ImportPlace, tr: Translator) -> str:
    shown = tr.said(place.file) if place.line is None else f"{place.file}:{place.line}"
    if place.table:
        shown += f" [{shortened(place.table)}]"
    if place.column:
        shown += " " + tr("column '{name}'", name=shortened(place.column))
    return f"{shown}: '{shortened(tr.said(place.value))}'" if place.value else shown


def _marked(text: str) -> str:
    """Return a message with the names that it quotes as code, such as those of mapping fields."""
    # re.split gives what is between the names and the names themselves in turn.
    parts = _QUOTED_NAME.split(text)
    return "".join(f"`{part}`" if at % 2 else escape(part) for at, part in enumerate(parts))


def _code(text: str) -> str:
    """Return a text exactly as it is, marks and all, in the typeface of code."""
    shown = clip(text, PLACE).replace("`", "'")
    return f"`{html.escape(shown, quote=False)}`"


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:]


def preview_card(preview: UploadPreview, result: ImportResult, tr: Translator) -> Card:
    """Build what publishing would do, with one button that does it."""
    content = preview.content
    name = bold(tr.of(content.name), NAME)
    sizes = sizes_text(len(content.roles), len(content.skills), len(content.expectations), tr)
    blocks: list[Block] = [header(tr("Your file can be published"))]
    if preview.goings:
        gone = "\n".join(going_lines(preview.goings, tr))
        blocks.append(section(f":warning: {gone}"[: limits.SECTION]))
    blocks += [section(f"{name}\n{sizes}"), section(_changes(preview, tr))]
    if not preview.unchanged:
        blocks.append(section(reach_text(preview.reach, tr)))
    notes = [*_accounting(result.accounting, tr), _lint(preview, tr)]
    blocks.append(context("\n".join(notes)))
    if result.warnings:
        blocks += [section(tr("*Worth a look before you publish*"))]
        blocks += _findings(result.warnings[:SHOWN], tr)
        more = len(result.warnings) - SHOWN
        if more > 0:
            told = tr.plural("and {count} more kind", "and {count} more kinds", more)
            blocks.append(context(told))
    if preview.unchanged:
        return Card(text=tr("Nothing has changed."), blocks=blocks)
    carried = encode_draft(preview.draft)
    publish = button(Action.CATALOGUE_PUBLISH, tr("Publish"), carried, primary=True)
    if preview.goings:
        publish = button(Action.CATALOGUE_DECIDE, tr("Publish…"), carried, primary=True)
    buttons = [
        publish,
        button(Action.CATALOGUE_CHANGES, tr("See Every Change"), carried),
        button(Action.CATALOGUE_LATER, tr("Publish Later…"), carried),
    ]
    if len(result.warnings) > SHOWN or any(len(each.places) > PLACES for each in result.warnings):
        buttons.append(button(Action.CATALOGUE_WARNINGS, tr("See All Warnings"), carried))
    return Card(text=tr("Your file can be published"), blocks=[*blocks, actions(buttons)])


def warnings_view(result: ImportResult, tr: Translator) -> View:
    """Build the modal with the warnings of a file, each with many of its places."""
    blocks: list[Block] = [
        section(_finding(each, tr, places=EACH)[: limits.SECTION])
        for each in result.warnings[:EVERY]
    ]
    rest = len(result.warnings) - len(blocks)
    if rest > 0:
        blocks.append(context(tr.plural("and {count} more kind", "and {count} more kinds", rest)))
    return told_view(tr("Worth a look"), Card("", blocks), tr)


def _changes(preview: UploadPreview, tr: Translator) -> str:
    if preview.unchanged:
        return tr("Members see exactly this already: nothing has changed.")
    lines = changes_lines(preview.changes, tr)
    if preview.against.catalogue_key == "built-in":
        title = tr("*Against the built-in catalogue, which members see now*")
    else:
        title = tr("*Against what members see now*")
        title += f"\n{revision_text(preview.against, tr)}"
    return "\n".join([title, *(lines or [tr("Nothing that a member would notice.")])])


def _accounting(accounting: Accounting, tr: Translator) -> list[str]:
    if not accounting.rows:
        return []
    merged = sum(accounting.merged.values())
    ignored = sum(accounting.ignored.values())
    rejected = sum(accounting.rejected.values())
    said = [
        tr.plural("{count} row read", "{count} rows read", accounting.rows),
        tr.plural("{count} imported", "{count} imported", accounting.imported),
    ]
    if merged:
        said.append(tr.plural("{count} merged", "{count} merged", merged))
    if ignored:
        said.append(tr.plural("{count} ignored", "{count} ignored", ignored))
    if rejected:
        said.append(tr.plural("{count} rejected", "{count} rejected", rejected))
    return [" · ".join(said)]


def _lint(preview: UploadPreview, tr: Translator) -> str:
    counts = preview.lint
    if not any(counts.values()):
        return tr("A check of its words found nothing.")
    found = " · ".join(
        (
            tr.plural("{count} error", "{count} errors", counts[LintSeverity.ERROR]),
            tr.plural("{count} warning", "{count} warnings", counts[LintSeverity.WARNING]),
            tr.plural("{count} note", "{count} notes", counts[LintSeverity.INFO]),
        )
    )
    return tr("A check of its words found: {found}. It never blocks publishing.", found=found)


def published_card(published: Published, tr: Translator, back_to: int | None = None) -> Card:
    """Build what tells that a revision is published, also where it already was.

    `back_to` is the revision to go back to, 0 for the built-in catalogue; None offers none.
    """
    title = tr("*Published.* Members see it within two seconds.")
    text = f"{title}\n{revision_text(published.revision, tr)}"
    blocks: list[Block] = [section(text)]
    if back_to is not None:
        back = TakeBack(back_to, published.revision.number)
        blocks.append(actions([take_back_button(back, tr)]))
    return Card(text=text.replace("*", ""), blocks=blocks)


def back_card(tr: Translator) -> Card:
    """Build what tells that members see the built-in catalogue again."""
    return _card(
        tr("Members see the built-in catalogue again, within two seconds. Your revisions stay.")
    )


def stale_card(told: Card, draft: UploadedDraft, tr: Translator) -> Card:
    """Build a way on from a preview that was overtaken: `told` says so, a button compares anew."""
    again = button(Action.CATALOGUE_COMPARE, tr("Compare Again"), encode_draft(draft), primary=True)
    return Card(text=told.text, blocks=[*told.blocks, actions([again])])


def download_text(name: str, tr: Translator) -> str:
    """Return what the message with a catalogue's file says, as mrkdwn."""
    return tr("The catalogue that members see now: {name}.", name=bold(name, NAME))


def owners_card(owners: int, tr: Translator) -> Card:
    """Build what tells how many owners an admin has chosen."""
    return _card(
        tr.plural(
            "Saved. {count} person owns the catalogue, besides the admins.",
            "Saved. {count} people own the catalogue, besides the admins.",
            owners,
        )
    )


def _card(text: str) -> Card:
    return Card(text=text, blocks=[section(text)])
