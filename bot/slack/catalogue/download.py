"""The catalogue as a file for its owner, by direct message."""

import re
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from bot.cards.catalogue.outcomes import download_text
from bot.domain.document import Document, Parcel
from bot.domain.errors import OutdatedCard
from bot.domain.members.effects import EffectKind
from bot.domain.revision import Catalogue
from bot.formats.exports.registry import EXPORTS, export
from bot.slack.context import Here
from bot.text.translator import Translator


def format_names(tr: Translator) -> Mapping[str, str]:
    """Return the formats by name, each with what it holds."""
    return {
        "xlsx": tr("Excel workbook, a sheet for each role"),
        "long-csv": tr("CSV, a row for each expectation"),
        "wide-csv": tr("CSV, a column for each level"),
        "csv-set": tr("CSV tables in a ZIP archive, for databases"),
        "yaml": tr("YAML folder in a ZIP archive, for git"),
        "json": tr("JSON, with every language"),
        "markdown": tr("Markdown, a matrix for each role"),
        "html": tr("HTML page, to read or print"),
    }


async def catalogue_parcel(here: Here, name: str) -> Parcel:
    """Gather the catalogue that members see, in the format of this name.

    Raises:
        OutdatedCard: there is no such format.
        NotCatalogueOwner: the member does not own the catalogue.
        StoreUnavailable, CatalogueUnavailable: it cannot be told now.
    """
    if name not in EXPORTS:
        raise OutdatedCard
    catalogue = await here.services.own_catalogue.used(here.member)
    text = download_text(here.tr.of(catalogue.content.name), here.tr)
    revision = catalogue.revision
    label = f"catalogue {name} {revision.id}"
    return Parcel(
        label, text, lambda: _documents(catalogue, name, here.tr), EffectKind.CATALOGUE_FILE, name
    )


def _documents(catalogue: Catalogue, name: str, tr: Translator) -> Sequence[Document]:
    revision, chosen = catalogue.revision, EXPORTS[name]
    key = re.sub(r"[^a-z0-9-]", "", revision.catalogue_key) or "catalogue"
    stem = f"{key}-{revision.number}"
    with tempfile.TemporaryDirectory(prefix="nextrung-download-") as folder:
        output = Path(folder) / f"{stem}{chosen.suffix}"
        export(catalogue.content, name, output)
        if chosen.is_folder:
            file = Document(f"{stem}.zip", _packed(output))
        else:
            file = Document(output.name, output.read_bytes())
    return (file, *_left_out(catalogue, name, stem, tr))


def _left_out(catalogue: Catalogue, name: str, stem: str, tr: Translator) -> Sequence[Document]:
    """Return a note of what the file leaves out, where that is anything an import would miss."""
    from bot.formats.exports.losses import lost, without_name

    found = [] if name == "html" else without_name(lost(catalogue.content, name))
    if not found:
        return ()
    lines = [tr("What this file leaves out:"), *(f"- {tr.said(each)}" for each in found)]
    return (Document(f"{stem}-left-out.txt", "\n".join([*lines, ""]).encode()),)


def _packed(folder: Path) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            archive.write(path, path.relative_to(folder.parent).as_posix())
    return packed.getvalue()
