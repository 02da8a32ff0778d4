"""The formats of an export, and the one function that writes them.

A format is loaded when it is written: choosing one needs no library of spreadsheets.
"""

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from bot.domain.framework import CatalogueContent
from bot.formats.exports.errors import ExportError
from bot.formats.exports.language import Language, language_of
from bot.values import dataclass

Write = Callable[[CatalogueContent, Language, Path], None]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format. `suffix` is that of its file, "" for a folder.

    `translations` says whether it always holds every language; the others hold the catalogue's own
    language with translations in columns beside it, or (html, markdown) one language alone.
    """

    name: str
    suffix: str
    summary: str
    write: Write
    translations: bool = False

    @property
    def is_folder(self) -> bool:
        return not self.suffix


def _write_long(content: CatalogueContent, language: Language, path: Path) -> None:
    from bot.formats.exports.delimited import write_long

    write_long(content, language, path)


def _write_wide(content: CatalogueContent, language: Language, path: Path) -> None:
    from bot.formats.exports.delimited import write_wide

    write_wide(content, language, path)


def _write_set(content: CatalogueContent, language: Language, path: Path) -> None:
    from bot.formats.exports.delimited import write_set

    write_set(content, language, path)


def _write_workbook(content: CatalogueContent, language: Language, path: Path) -> None:
    from bot.formats.exports.workbook import write_workbook

    write_workbook(content, language, path)


def _write_markdown(content: CatalogueContent, language: Language, path: Path) -> None:
    from bot.formats.exports.markdown import write_markdown

    write_markdown(content, language, path)


def _write_page(content: CatalogueContent, language: Language, path: Path) -> None:
    from bot.formats.exports.page import write_page

    write_page(content, language, path)


def _write_document(content: CatalogueContent, _language: Language, path: Path) -> None:
    from bot.formats.native_document import document_text

    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(document_text(content))


def _write_yaml(content: CatalogueContent, _language: Language, path: Path) -> None:
    from bot.formats.native_writer import write_folder

    write_folder(content, path)


EXPORTS: Mapping[str, ExportFormat] = MappingProxyType(
    {
        each.name: each
        for each in (
            ExportFormat("long-csv", ".csv", "a row for each expectation", _write_long),
            ExportFormat("wide-csv", ".csv", "a column for each level", _write_wide),
            ExportFormat("csv-set", "", "a table each of skills, roles, expectations", _write_set),
            ExportFormat("xlsx", ".xlsx", "a workbook with a sheet for each role", _write_workbook),
            ExportFormat("yaml", "", "the native folder of YAML files", _write_yaml, True),
            ExportFormat("json", ".json", "the native format in one file", _write_document, True),
            ExportFormat("markdown", ".md", "a matrix for each role, and tables", _write_markdown),
            ExportFormat("html", ".html", "one page to read or print", _write_page),
        )
    }
)


def export(
    content: CatalogueContent,
    format: str,  # noqa: A002 - as the command's option is called
    output: Path,
    *,
    locale: str | None = None,
    overwrite: bool = False,
) -> None:
    """Write a catalogue to a file, or to a folder in the native format.

    `locale` is the language of the texts, where the catalogue has them in it; None is the
    catalogue's own, with its translations where the format has a place for them. The output is
    complete or not there: nobody ever reads a half of it.

    Raises:
        ExportError: the format is unknown or has no choice of language, or something stands at
            `output` and `overwrite` is not set, or does not belong to a catalogue.
        OSError: the disk refuses.
    """
    chosen = EXPORTS.get(format)
    if chosen is None:
        raise ExportError(f"there is no format '{format}'; choose one of {', '.join(EXPORTS)}")
    if locale is not None and chosen.translations:
        raise ExportError(f"{format} always holds every language; leave the language out")
    _check_place(output, chosen, overwrite=overwrite)
    language = language_of(content, locale)
    if chosen.is_folder:
        _write_whole_folder(content, language, output, chosen)
    else:
        _write_file(content, language, output, chosen)


def _check_place(output: Path, chosen: ExportFormat, *, overwrite: bool) -> None:
    if not output.parent.is_dir():
        raise ExportError(f"there is no folder {output.parent}; make it first")
    if chosen.is_folder:
        if output.exists() and not output.is_dir():
            raise ExportError(f"{output} is a file, and {chosen.name} is a folder; name another")
        if output.is_dir() and not overwrite and any(output.iterdir()):
            raise ExportError(f"{output} is not empty; name another folder, or allow to overwrite")
    elif output.is_dir():
        raise ExportError(
            f"{output} is a folder; name a file in it, such as catalogue{chosen.suffix}"
        )
    elif output.exists() and not overwrite:
        raise ExportError(f"{output} is there already; name another file, or allow to overwrite")


def _write_file(
    content: CatalogueContent, language: Language, output: Path, chosen: ExportFormat
) -> None:
    # In the same folder, so that it can be renamed; in a folder of its own, so that the file gets
    # the permissions that files of this user get.
    with tempfile.TemporaryDirectory(prefix=".nextrung-", dir=output.parent) as folder:
        part = Path(folder) / output.name
        chosen.write(content, language, part)
        _flush(part)
        part.replace(output)


def _write_whole_folder(
    content: CatalogueContent, language: Language, output: Path, chosen: ExportFormat
) -> None:
    if output.is_dir() and any(output.iterdir()):
        # Into a folder that holds more than the catalogue (a git repository): file by file.
        try:
            chosen.write(content, language, output)
        except FileExistsError as error:
            raise ExportError(f"{error}; move them away, or name another folder") from error
        return
    with tempfile.TemporaryDirectory(prefix=".nextrung-", dir=output.parent) as folder:
        part = Path(folder) / "catalogue"
        chosen.write(content, language, part)
        part.replace(output)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
