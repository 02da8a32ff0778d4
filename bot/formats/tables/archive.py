"""Looks at an XLSX file's table of contents before anything in it is unpacked."""

import zipfile
from pathlib import Path

from bot.formats.tables.kinds import megabytes
from bot.formats.tables.model import Fault
from bot.formats.tables.reading import Reading

_SMALL = 1 << 20
_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_SAVE_AGAIN = "open it in your spreadsheet program and save it as XLSX again"


def check_archive(path: Path, reading: Reading) -> None:
    """Refuse a file that would unpack to far more than it is.

    The sizes it declares can be trusted: no more than them is ever unpacked.

    Raises:
        TableFileError: it is damaged, protected, or passes a limit.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        reading.fail(Fault.DAMAGED, f"the file is damaged; {_SAVE_AGAIN}")
    limits = reading.limits
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        message = "the file has a password; save a copy without one and import the copy"
        reading.fail(Fault.PROTECTED, message)
    if any(part.compress_type not in _METHODS for part in parts):
        reading.fail(Fault.DAMAGED, f"the file is packed in an unusual way; {_SAVE_AGAIN}")
    if len(parts) > limits.archive_entries:
        message = (
            f"the file has {len(parts):,} parts, which no ordinary workbook has; {_SAVE_AGAIN}"
        )
        reading.fail(Fault.UNSAFE, message)
    # Parts that share their packed bytes add up to more than the file has.
    if sum(part.compress_size for part in parts) > path.stat().st_size:
        reading.fail(Fault.UNSAFE, f"the parts of the file overlap; {_SAVE_AGAIN}")
    _check_sizes(parts, reading)


def _check_sizes(parts: list[zipfile.ZipInfo], reading: Reading) -> None:
    limits = reading.limits
    for part in parts:
        if part.file_size > max(_SMALL, part.compress_size * limits.expansion):
            message = (
                f"'{part.filename[:60]}' inside it would unpack to more than {limits.expansion}"
                f" times its size; {_SAVE_AGAIN}"
            )
            reading.fail(Fault.UNSAFE, message)
        is_sheet = part.filename.startswith("xl/worksheets/")
        if not is_sheet and part.file_size > limits.shared_bytes:
            message = (
                f"its texts unpack to {megabytes(part.file_size)} MB, and"
                f" {megabytes(limits.shared_bytes)} MB are read; save the sheet as CSV (UTF-8)"
            )
            reading.fail(Fault.TOO_LARGE, message)
    total = sum(part.file_size for part in parts)
    if total > limits.expanded_bytes:
        message = (
            f"it unpacks to {megabytes(total)} MB, and {megabytes(limits.expanded_bytes)} MB are"
            " read; save the sheet as CSV (UTF-8), or leave out what is no part of the catalogue"
        )
        reading.fail(Fault.TOO_LARGE, message)
