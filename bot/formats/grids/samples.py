"""The first rows of a table, with the names that its file and its sheet have."""

import re

from bot.formats.mapping.words import normal
from bot.formats.tables.source import TableRow
from bot.values import dataclass

_GENERIC = re.compile(
    r"(?:sheet|tabelle|blatt|feuil|feuille|hoja|planilha|foglio|лист|arkusz|blad|sayfa|list|munkalap|ark|taul|trang|シート|시트|工作表|table|data"
    r"|framework|expectations|skills|(?:skills? |competency )?matrix|(?:career )?ladder"
    r"|competenc(?:y|ies)|levels|技能矩阵|能力矩阵|能力模型)\s*\d*"
)


@dataclass(frozen=True, slots=True)
class ColumnSample:
    """The first rows of one table of one file."""

    file: str
    table: str
    rows: tuple[TableRow, ...]

    @property
    def where(self) -> str:
        """What messages call the table."""
        return f"{self.file} [{self.table}]" if self.table else self.file

    @property
    def is_named(self) -> bool:
        """Whether the sheet or heading says more than that it is one."""
        return bool(self.table) and not _GENERIC.fullmatch(normal(self.table))
