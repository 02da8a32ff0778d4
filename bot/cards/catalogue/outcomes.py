"""What an owner reads while a file is read, once it is, and once it is published."""

from bot.cards import limits
from bot.cards.blocks import Block, View, actions, context, divider, header, section
from bot.cards.card import NAME, Card
from bot.cards.catalogue.changes import changes_lines
from bot.cards.catalogue.links import encode_draft
from bot.cards.catalogue.lint_place import place_name
from bot.cards.catalogue.panel import revision_text, sizes_text
from bot.cards.catalogue.picture_lines import levels_line, missing_words
from bot.cards.catalogue.problem_lines import (
    KINDS,
    MESSAGE,
    PLACES,
    finding_blocks,
    finding_text,
)
from bot.cards.catalogue.reach_lines import going_lines, reach_text
from bot.cards.catalogue.take_back import TakeBack, take_back_button
from bot.cards.catalogue.views import told_view
from bot.cards.elements import button
from bot.cards.ids import Action
from bot.cards.mrkdwn import bold, clip, escape, named
from bot.domain.catalogue.lint.finding import LintFinding, LintSeverity
from bot.domain.catalogue.publication import Published
from bot.domain.catalogue.workspace_catalogue import CataloguePanel, UploadedDraft, UploadPreview
from bot.formats.imports.report import QUESTION, Accounting, ImportResult
from bot.text.lint_rules import rule_meaning
from bot.text.translator import Translator

SHOWN = KINDS // 2
# What the warnings of a message take, beside all else in it.
_ROOM = 2_000
# What a modal has room for: kinds, and places of each.
EVERY = 40
EACH = 10


def taken_card(tr: Translator) -> Card:
    """Build what the form turns into: where the rest is told."""
    text = tr(
        "I have your file and read it now. What I find stands here in a moment; if you close this, "
        "go on from Home or from the message that I send you."
    )
    return _card(text)


def reading_card(rows: int, tr: Translator) -> Card:
    """Build the message that stands while the file is read; `rows` have been read so far."""
    text = tr("Reading your file…")
    if rows:
        read = tr.plural("{count} row so far.", "{count} rows so far.", rows)
        text = f"{text} {read}"
    lost = tr("If I am restarted meanwhile, I tell you: go on from Home then.")
    return Card(text=text, blocks=[section(text), context(lost)])


def broken_off_card(panel: CataloguePanel | None, tr: Translator) -> Card:
    """Build what tells that work on the catalogue was cut off, and what members see now."""
    texts = [tr("Nextrung was stopped at work on your catalogue, which was broken off.")]
    if panel is not None:
        texts.append(revision_text(panel.current, tr))
    texts.append(tr("If that is not what you meant, go on or publish it again from Home."))
    return _card("\n".join(texts))


def publishing_card(tr: Translator) -> Card:
    """Build what takes a preview's place while it is published."""
    return _card(tr("Publishing…"))


def problems_card(result: ImportResult, tr: Translator) -> Card:
    """Build what tells why a file is not imported: every kind of problem, with its first places."""
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
        *(section(escape(clip(tr.said(each.text), MESSAGE))) for each in result.questions[:KINDS]),
    ]
    if result.questions:
        blocks.append(context(tr("Upload the file from Home, and you can answer there.")))
    blocks += finding_blocks(problems, result, tr)
    if result.warnings:
        blocks += [divider(), section(tr("*Worth a look as well*"))]
        blocks += finding_blocks(result.warnings, result, tr, SHOWN, room=_ROOM)
    return Card(text=title, blocks=blocks)


def preview_card(preview: UploadPreview, result: ImportResult, tr: Translator) -> Card:
    """Build what publishing would do, with one button that does it."""
    content = preview.content
    name = bold(tr.of(content.name), NAME)
    sizes = sizes_text(len(content.roles), len(content.skills), len(content.expectations), tr)
    blocks: list[Block] = [header(tr("Your file can be published"))]
    if preview.goings:
        gone = "\n".join(going_lines(preview.goings, tr))
        blocks.append(section(f":warning: {gone}"[: limits.SECTION]))
    levels, missing = levels_line(preview.picture, tr), preview.picture.missing
    lines = [name, f"{sizes} · {missing_words(missing, tr)}", *([levels] if levels else [])]
    blocks += [section("\n".join(lines)), section(_changes(preview, tr))]
    if not preview.unchanged:
        blocks.append(section(reach_text(preview.reach, tr)))
    notes = [*_accounting(result.accounting, tr), _lint(preview, tr)]
    blocks.append(context("\n".join(notes)))
    if result.warnings:
        blocks += [section(tr("*Worth a look before you publish*"))]
        blocks += finding_blocks(result.warnings, result, tr, SHOWN, room=_ROOM)
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
    more = len(result.warnings) > SHOWN or any(each.count > PLACES for each in result.warnings)
    if more or preview.findings:
        buttons.append(button(Action.CATALOGUE_WARNINGS, tr("See All Warnings"), carried))
    return Card(text=tr("Your file can be published"), blocks=[*blocks, actions(buttons)])


def warnings_view(result: ImportResult, preview: UploadPreview, tr: Translator) -> View:
    """Build the modal with the warnings of a file, each with many of its places and their rows.

    What a check of its words found comes below.
    """
    blocks: list[Block] = [
        section(finding_text(each, result, tr, places=EACH, rows=EACH))
        for each in result.warnings[:EVERY]
    ]
    rest = len(result.warnings) - len(blocks)
    if rest > 0:
        blocks.append(context(tr.plural("and {count} more kind", "and {count} more kinds", rest)))
    if preview.findings:
        blocks += [divider(), section(_lint(preview, tr))]
        blocks += [section(_lint_finding(each, preview, tr)) for each in preview.findings]
    return told_view(tr("Worth a look"), Card("", blocks), tr)


def _lint_finding(found: LintFinding, preview: UploadPreview, tr: Translator) -> str:
    place = place_name(found.place, preview.content, tr)
    return f"*{place}*\n{escape(rule_meaning(found.rule, tr))}"


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
    return tr("The catalogue that members see now: *{name}*.", name=named(name, NAME))


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
