"""The catalogue on Home, for its owners: what members see now, and what can be done about it."""

from bot.cards.blocks import Block, actions, context, section
from bot.cards.card import NAME
from bot.cards.catalogue.picture_lines import picture_words
from bot.cards.elements import Button, button
from bot.cards.forms import confirmed
from bot.cards.ids import Action
from bot.cards.mrkdwn import bold, safe
from bot.cards.standing_lines import day
from bot.domain.catalogue.uploading import BegunUpload, UploadStep
from bot.domain.catalogue.workspace_catalogue import CataloguePanel
from bot.domain.revision import RevisionInfo
from bot.text.translator import Translator

NOTE = 200


def panel_blocks(panel: CataloguePanel, tr: Translator) -> list[Block]:
    """Build the section."""
    return [
        section("\n".join([tr("*The catalogue that members see*"), _state(panel, tr)])),
        context(_sizes(panel, tr)),
        actions(_buttons(panel, tr)),
        *(_upload(panel.upload, tr) if panel.upload else ()),
    ]


def _upload(upload: BegunUpload, tr: Translator) -> list[Block]:
    """Build what stands on Home until an upload is published or dropped."""
    go_on = button(Action.CATALOGUE_CONTINUE, tr("Continue…"), str(upload.id), primary=True)
    drop = confirmed(
        button(Action.CATALOGUE_DROP, tr("Drop"), str(upload.id)),
        title=tr("Drop this upload?"),
        text=tr("What you answered is forgotten. Members see what they see now."),
        confirm=tr("Drop"),
        deny=tr("Keep It"),
    )
    file = bold(upload.file_name, NAME)
    title = tr("*Your upload waits to be published*")
    if upload.step is UploadStep.READY and upload.found.unchanged:
        title = tr("*Your upload has nothing new*")
    return [section("\n".join([title, f"{file}: {_step(upload, tr)}"])), actions([go_on, drop])]


def _step(upload: BegunUpload, tr: Translator) -> str:
    found = upload.found
    match upload.step:
        case UploadStep.READING:
            return tr("it has not been read to its end yet.")
        case UploadStep.ASKING:
            return tr.plural(
                "{count} question to answer.", "{count} questions to answer.", found.questions
            )
        case UploadStep.WRONG:
            return tr.plural(
                "{count} problem to correct in the file.",
                "{count} problems to correct in the file.",
                found.problems,
            )
        case UploadStep.READY if upload.found.unchanged:
            return tr("when it was read, members saw exactly this.")
        case UploadStep.READY:
            return tr(
                "{picture}.",
                picture=picture_words(found.roles, found.levels, found.skills, found.missing, tr),
            )


def _state(panel: CataloguePanel, tr: Translator) -> str:
    name = bold(tr.of(panel.name), NAME)
    if not panel.uses_own:
        told = tr("{name} comes with Nextrung.", name=name)
        hint = tr("Upload a file to let members see a framework of your own.")
        return f"{told} {hint}"
    return f"{name}\n{revision_text(panel.current, tr)}"


def revision_text(revision: RevisionInfo, tr: Translator) -> str:
    """Return a revision in a line: number, date, author and note, as mrkdwn."""
    line = tr(
        "Revision {number} of {date}, by {author}",
        number=tr.number(revision.number),
        date=day(revision.published_at, tr),
        author=safe(revision.author, NAME),
    )
    note = safe(revision.note, NOTE)
    return f"{line}: {note}" if note else line


def _sizes(panel: CataloguePanel, tr: Translator) -> str:
    return sizes_text(panel.roles, panel.skills, panel.expectations, tr)


def sizes_text(roles: int, skills: int, expectations: int, tr: Translator) -> str:
    """Return the sizes of a catalogue: "13 roles · 75 skills · 1,204 expectations"."""
    return " · ".join(
        (
            tr.plural("{count} role", "{count} roles", roles),
            tr.plural("{count} skill", "{count} skills", skills),
            tr.plural("{count} expectation", "{count} expectations", expectations),
        )
    )


def _buttons(panel: CataloguePanel, tr: Translator) -> list[Button]:
    built = [
        button(Action.CATALOGUE_UPLOAD, tr("Upload a File"), "upload"),
        button(Action.CATALOGUE_DOWNLOAD, tr("Download"), "download"),
        button(Action.CATALOGUE_CHECK, tr("Check Texts"), "check"),
        button(Action.ADOPTION, tr("Adoption"), "adoption"),
    ]
    if panel.revisions:
        built.append(button(Action.CATALOGUE_ROLLBACK, tr("Roll Back"), "rollback"))
    if panel.uses_own:
        built.append(button(Action.CATALOGUE_BUILT_IN, tr("Use Built-In"), "built-in"))
    if panel.admin:
        built.append(button(Action.CATALOGUE_OWNERS, tr("Owners"), "owners"))
    return built
