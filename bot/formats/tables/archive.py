"""Looks at a workbook before it is read: at its table of contents, and then at its sheets."""

import zipfile
from collections.abc import Sized
from pathlib import Path

from bot.domain.said import said
from bot.formats.tables.damaged_zip import DamagedZip, zip_damage
from bot.formats.tables.kinds import megabytes
from bot.formats.tables.model import TableFault
from bot.formats.tables.reading import Reading

_SMALL = 1 << 20
_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_SAVE_AGAIN = said("open it in your spreadsheet program and save it as XLSX again")


def check_archive(path: Path, reading: Reading) -> None:
    """Refuse a file that would unpack to far more than it is.

    The sizes it declares can be trusted: no more than them is ever unpacked.

    Raises:
        TableFileError: it is damaged, protected, or passes a limit.
    """
    try:
        with zip_damage(), zipfile.ZipFile(path) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
    except DamagedZip:
        reading.fail(TableFault.DAMAGED, said("the file is damaged; {advice}", advice=_SAVE_AGAIN))
    limits = reading.limits
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        message = said("the file has a password; save a copy without one and import the copy")
        reading.fail(TableFault.PROTECTED, message)
    if any(part.compress_type not in _METHODS for part in parts):
        reading.fail(
            TableFault.DAMAGED,
            said("the file is packed in an unusual way; {advice}", advice=_SAVE_AGAIN),
        )
    if len(parts) > limits.archive_entries:
        message = said(
            "the file has {count} parts, which no ordinary workbook has; {advice}",
            count=len(parts),
            advice=_SAVE_AGAIN,
        )
        reading.fail(TableFault.UNSAFE, message)
    # Parts that share their packed bytes add up to more than the file has.
    if sum(part.compress_size for part in parts) > path.stat().st_size:
        reading.fail(
            TableFault.UNSAFE, said("the parts of the file overlap; {advice}", advice=_SAVE_AGAIN)
        )
    _check_sizes(parts, reading)


def check_sheets(sheets: Sized, reading: Reading) -> None:
    """Refuse a workbook of any kind without a sheet, or with more than are read.

    Raises:
        TableFileError: so it is.
    """
    if not len(sheets):
        message = said("the workbook has no sheet with cells; put the table on a sheet")
        reading.fail(TableFault.NO_TABLE, message)
    most = reading.limits.tables
    if len(sheets) > most:
        message = said("more than {tables} sheets; split the workbook", tables=most)
        reading.fail(TableFault.TOO_LARGE, message)


def _check_sizes(parts: list[zipfile.ZipInfo], reading: Reading) -> None:
    limits = reading.limits
    for part in parts:
        if part.file_size > max(_SMALL, part.compress_size * limits.expansion):
            message = said(
                "'{filename}' inside it would unpack to more than {expansion} times its size;"
                " {advice}",
                filename=part.filename[:60],
                expansion=limits.expansion,
                advice=_SAVE_AGAIN,
            )
            reading.fail(TableFault.UNSAFE, message)
        is_sheet = part.filename.startswith("xl/worksheets/")
        if not is_sheet and part.file_size > limits.shared_bytes:
            message = said(
                "its texts unpack to {size} MB, and {limit} MB are read; save the sheet as"
                " CSV (UTF-8)",
                size=megabytes(part.file_size),
                limit=megabytes(limits.shared_bytes),
            )
            reading.fail(TableFault.TOO_LARGE, message)
    total = sum(part.file_size for part in parts)
    if total > limits.expanded_bytes:
        message = said(
            "it unpacks to {total} MB, and {limit} MB are read; save the sheet as CSV"
            " (UTF-8), or leave out what is no part of the catalogue",
            total=megabytes(total),
            limit=megabytes(limits.expanded_bytes),
        )
        reading.fail(TableFault.TOO_LARGE, message)
