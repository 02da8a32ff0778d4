"""The modals of the catalogue: upload, download, roll back, and choose the owners."""

from collections.abc import Collection, Mapping, Sequence

from bot.cards import limits
from bot.cards.blocks import Block, View, context, section
from bot.cards.card import NAME, Card, listed
from bot.cards.elements import Option, option, plain, select
from bot.cards.forms import file_input, input_block, text_input, users_select
from bot.cards.ids import Action, Callback
from bot.cards.modals import form_view
from bot.domain.catalogue.uploading import LONGEST_NAME
from bot.domain.local_time import local_day
from bot.domain.revision import RevisionInfo
from bot.text.translator import Translator

# The ids of the inputs, which errors are told at.
FILE, MAPPING, NOTE = "catalogue.file", "catalogue.mapping", "catalogue.note"
CALLED = "catalogue.called"
FORMAT, REVISION, PEOPLE = "catalogue.format", "catalogue.revision", "catalogue.people"
ENDINGS = ("csv", "tsv", "xlsx", "xls", "ods", "md", "html", "json", "yaml", "yml", "zip")
MAPPING_ENDINGS = ("yaml", "yml")
BUILT_IN = "0"
MOST_NOTE = 500
MOST_OWNERS = 100


def upload_view(name: str, tr: Translator) -> View:
    """Build the form that takes a file; `name` is what the catalogue is called so far."""
    lead = tr(
        "Every problem of the file is told at once. Then you see what would change, and nothing is "
        "published before you say so."
    )
    return form_view(
        Callback.CATALOGUE_UPLOAD,
        tr,
        title=tr("Upload a catalogue"),
        submit=tr("Check the File"),
        blocks=[
            section(lead),
            input_block(
                FILE,
                tr("File"),
                file_input(Action.CATALOGUE_FILE, ENDINGS),
                hint=tr(
                    "A spreadsheet (CSV, XLSX, XLS, ODS), a page (Markdown, HTML), JSON or YAML; "
                    "or a ZIP archive of several, or of the native folder."
                ),
            ),
            input_block(
                CALLED,
                tr("What is your framework called?"),
                text_input(Action.CATALOGUE_CALLED, value=name, most=LONGEST_NAME),
                hint=tr("Members read this name above it, and you type it to remove a role."),
            ),
            input_block(
                MAPPING,
                tr("Mapping"),
                file_input(Action.CATALOGUE_MAPPING, MAPPING_ENDINGS),
                hint=tr(
                    "Leave this empty: what I cannot tell, I ask. It is a YAML file that says what "
                    "each column means, for who has one."
                ),
                optional=True,
            ),
            input_block(
                NOTE,
                tr("What is new?"),
                text_input(Action.CATALOGUE_NOTE, most=MOST_NOTE),
                hint=tr("The revision keeps this note."),
                optional=True,
            ),
        ],
        metadata="",
    )


def download_view(formats: Mapping[str, str], tr: Translator) -> View:
    """Build the form that asks for a format; `formats` are their names and what they hold."""
    chooser = select(
        Action.CATALOGUE_FORMAT,
        tr("Format"),
        [option(words, name) for name, words in formats.items()],
        "xlsx",
    )
    return form_view(
        Callback.CATALOGUE_DOWNLOAD,
        tr,
        title=tr("Download"),
        submit=tr("Send It to Me"),
        blocks=[
            section(tr("I send you the catalogue that members see now, as a direct message.")),
            input_block(FORMAT, tr("Format"), chooser),
        ],
        metadata="",
    )


def rollback_view(
    revisions: Sequence[RevisionInfo], current: int | None, zone: str, tr: Translator
) -> View:
    """Build the form that asks for a revision. It carries the number of the newest one.

    Args:
        revisions: those to choose from, newest first.
        current: the number of the one that members see, None where it is the built-in catalogue.
        zone: the reader's time zone, which decides about days.
        tr: the language to write in.
    """
    if not revisions:
        text = tr("There is nothing to go back to yet.")
        return _told(tr("Roll back"), [section(text)], tr)
    options = _revisions(revisions, current, zone, tr)
    newest = max(each.number for each in revisions)
    lead = tr(
        "The chosen revision is published again, as the newest one. All others stay. Members see "
        "it within two seconds."
    )
    return form_view(
        Callback.CATALOGUE_ROLLBACK,
        tr,
        title=tr("Roll back"),
        submit=tr("Roll Back"),
        blocks=[
            section(lead),
            input_block(
                REVISION,
                tr("Revision"),
                select(Action.CATALOGUE_REVISION, tr("Choose a revision"), options),
            ),
            input_block(
                NOTE,
                tr("Why?"),
                text_input(Action.CATALOGUE_NOTE, most=MOST_NOTE),
                optional=True,
            ),
        ],
        metadata=str(newest),
    )


def _revisions(
    revisions: Sequence[RevisionInfo], current: int | None, zone: str, tr: Translator
) -> list[Option]:
    """Build an option for each that members do not see, as far as there is room for them."""
    room = limits.SELECT_OPTIONS - 1
    options = [
        option(
            f"{each.number} · {tr.date(local_day(each.published_at, zone))} · {each.note}",
            str(each.number),
        )
        for each in [each for each in revisions if each.number != current][:room]
    ]
    if current is not None:
        options.append(option(tr("The built-in catalogue"), BUILT_IN))
    return options


def owners_view(granted: Collection[str], named: Collection[str], tr: Translator) -> View:
    """Build the form that asks who owns the catalogue; `named` are those of the settings."""
    blocks: list[Block] = [
        section(
            tr(
                "Owners upload, publish and roll back the catalogue of this workspace. They see "
                "nothing of what members keep here. Admins may do the same."
            )
        ),
        input_block(
            PEOPLE,
            tr("Catalogue owners"),
            users_select(Action.CATALOGUE_PEOPLE, tr("Choose people"), granted, most=MOST_OWNERS),
            optional=True,
        ),
    ]
    if named:
        names = listed([f"<@{each}>" for each in sorted(named)[:NAME]], tr)
        blocks.append(context(tr("Named in the settings of Nextrung: {names}", names=names)))
    return form_view(
        Callback.CATALOGUE_OWNERS,
        tr,
        title=tr("Catalogue owners"),
        submit=tr("Save"),
        blocks=blocks,
        metadata="",
    )


def told_view(title: str, card: Card, tr: Translator) -> View:
    """Build a modal that only tells something."""
    return _told(title, card.blocks, tr)


def _told(title: str, blocks: Sequence[Block], tr: Translator) -> View:
    return {
        "type": "modal",
        "callback_id": "",
        "title": plain(title, limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": "",
        "blocks": blocks,
    }
