"""Texts that are no table and no page: each is called by its name, with what to do instead."""

from collections.abc import Mapping
from pathlib import Path

from bot.domain.said import Said, said
from bot.formats.tables.model import TableFault, TableFileError, TableProblem

_AS_PAGE = said(
    "export it as HTML or Markdown, or copy its table into a spreadsheet and save it as XLSX"
)
_TEX = said("this is a TeX document; {advice}", advice=_AS_PAGE)
_PICTURE = said(
    "this is a drawing (SVG); a table in a picture cannot be read, so ask for the spreadsheet"
    " behind it"
)
_MAIL = said("this is a web archive or a message (MHTML); {advice}", advice=_AS_PAGE)
_POSTSCRIPT = said(
    "this is a PostScript file; tables cannot be read from it, so ask for the spreadsheet behind it"
)

_BY_SUFFIX: Mapping[str, Said] = {
    ".tex": _TEX,
    ".latex": _TEX,
    ".svg": _PICTURE,
    ".mht": _MAIL,
    ".mhtml": _MAIL,
    ".eml": _MAIL,
    ".ps": _POSTSCRIPT,
    ".eps": _POSTSCRIPT,
    ".rst": said("this is a reStructuredText document; {advice}", advice=_AS_PAGE),
    ".adoc": said("this is an AsciiDoc document; {advice}", advice=_AS_PAGE),
    ".asciidoc": said("this is an AsciiDoc document; {advice}", advice=_AS_PAGE),
    ".org": said("this is an Org document; {advice}", advice=_AS_PAGE),
    ".rtf": said("this is a document (RTF); {advice}", advice=_AS_PAGE),
    ".mediawiki": said("this is a page of MediaWiki; {advice}", advice=_AS_PAGE),
    ".textile": said("this is a Textile document; {advice}", advice=_AS_PAGE),
}
_BY_START: tuple[tuple[bytes, Said], ...] = (
    (b"\\documentclass", _TEX),
    (b"\\documentstyle", _TEX),
    (b"\\input", _TEX),
    (b"\\usepackage", _TEX),
    (b"\\begin{", _TEX),
    (b"\\section", _TEX),
    (b"\\chapter", _TEX),
    (b"mime-version:", _MAIL),
    (b"from: <saved by", _MAIL),
    (b"%!ps", _POSTSCRIPT),
    (b"<svg", _PICTURE),
)


def refuse_other_texts(path: Path, head: bytes) -> None:
    """Refuse a text of another kind, by its first bytes in lower case, or by its name.

    Raises:
        TableFileError: it is one.
    """
    found = next((message for start, message in _BY_START if head.startswith(start)), None)
    if found is None and head.startswith(b"%") and b"\\documentclass" in head:
        found = _TEX
    found = found or _BY_SUFFIX.get(path.suffix.lower())
    if found is not None:
        raise TableFileError([TableProblem(path.name, None, "", found, TableFault.OTHER_DOCUMENT)])
