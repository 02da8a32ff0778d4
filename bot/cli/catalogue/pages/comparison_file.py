"""Writes a comparison as one HTML file."""

import tempfile
from pathlib import Path

from bot.cli.catalogue.export_command import ExportRefused
from bot.documents.catalogue.comparison import comparison_html
from bot.domain.catalogue.differences import CatalogueDiff
from bot.domain.errors import NextrungError
from bot.text.languages import load_languages


class UnknownLanguage(NextrungError):
    """Nextrung does not speak the language. Params: `remedy`."""

    code = "unknown_language"


def write_comparison(
    found: CatalogueDiff, old: str, new: str, path: Path, language: str, *, force: bool
) -> None:
    """Write the page, whole or not at all.

    Raises:
        UnknownLanguage: there is no such language.
        ExportRefused: the file is there already, or has no folder.
        OSError: the disk refuses.
    """
    translators = load_languages().translators
    if language not in translators.locales:
        spoken = ", ".join(translators.locales)
        raise UnknownLanguage(remedy=f"“{language}” is none of {spoken}.")
    if not path.parent.is_dir():
        raise ExportRefused(remedy=f"There is no folder {path.parent}; make it first.")
    if path.is_dir():
        raise ExportRefused(remedy=f"{path} is a folder; name a file in it.")
    if path.exists() and not force:
        raise ExportRefused(remedy=f"{path} is there already; name another file, or add --force.")
    pieces = comparison_html(found, old, new, translators.for_locale(language))
    with tempfile.TemporaryDirectory(prefix=".nextrung-", dir=path.parent) as folder:
        part = Path(folder) / path.name
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
        part.replace(path)
