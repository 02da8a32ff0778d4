"""Rows at the end of a table that are about the table: totals, sources, who approved it."""

import re
from collections.abc import Collection, Iterable, Sequence

from bot.formats.mapping.words import normal, one_line

_TOTAL = re.compile(
    r"(?:(?:grand|sub)[ -]?)?(?:totals?|sum|average|avg|mean|median|count|overall"
    r"|(?:gesamt|zwischen)?summe|gesamt(?:punkte|punktzahl|wert|ergebnis)?"
    r"|durchschnitt|somme|moyenne|suma|promedio)\.?"
    r"(?: (?:score|points|rating|level|value|punkte))?(?: ?\(.*\))?[:：]?"
    r"|ø|mittelwert|anzahl|gesamtsumme|total général|nombre|total general|média geral|razem|łącznie"
    r"|średnia|итого|всего|среднее|totale|totaal|gemiddelde|合計|小計|總計|平均点|합계|총계|평균"
    r"|(?:number|count|no\.?|#) of (?:skills|competenc(?:ies|es)|topics|criteria|items)"
    r"|(?:合计|总计|小计|总和|总分|平均分?|平均值)[:：]?",
    re.IGNORECASE,
)
_OF = r"(?:sub[ -]?)?(?:totals?|sum|average|count|mean|summe|ergebnis|mittelwert|somme|suma|итог)"
_SUBTOTAL = re.compile(
    rf"(?P<before>.+?)[ :–-]+{_OF}|{_OF}[ :–-]+(?:(?:of|for|von|de) )?(?P<behind>.+)"
    r"|(?P<han>.+?)\s*(?:小计|合计|汇总|小計|合計|計)",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(?:sources?|notes?|signatures?|signed|unterschrift|firma|date|datum|fecha"
    r"|legend|key|last (?:updated|reviewed|review|change)|updated"
    r"|(?:approved|reviewed) by|author|owner|version|quelle|stand|genehmigt von"
    r"|备注|来源|说明|图例|版本|更新日期|更新时间|审批人?)\s*[:：].*",
    re.IGNORECASE | re.DOTALL,
)
_BARE = re.compile(
    r"legend|sources?|last (?:updated|reviewed)|图例|备注|signatures?|unterschrift(?:en)?"
    r"|(?:approved|prepared|created|reviewed|checked|signed(?: off)?) by"
    r"|(?:freigegeben|erstellt|geprüft|genehmigt) (?:von|durch|am)|approuvé par|aprobado por"
    r"|批准人|审核人|编制人"
    r"|(?:next|last) (?:review|update|revision)(?: date)?|nächste prüfung|gültig ab|valid from"
    r"|effective (?:date|from)|prochaine révision|próxima revisión",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:document )?(?:owner|author|status|contact|confidentiality|classification)"
    r"|stand|verantwortlich(?:er?)?|autor(?:in|e)?|ansprechpartner(?:in)?|auteur|responsable"
    r"|propietario|作者|负责人|编制|担当者?|更新日",
    re.IGNORECASE,
)
"""What a table says of itself in two cells: the thing and its value."""
_PAGE = re.compile(
    r"(?:page|seite|p[áa]gina|strona|pagina|sheet|blatt|страница|стр\.?)\s*\d+"
    r"(?:\s*(?:of|von|sur|de|di|z|из|van|/)\s*\d+)?|第\s*\d+\s*[页頁](?:[,，\s/]*共\s*\d+\s*[页頁])?",
    re.IGNORECASE,
)
"""What a print has at the end of each page."""
_VERSION = re.compile(r"(?:document )?version|versión|versão|versie|wersja|版本", re.IGNORECASE)
_HINT = re.compile(r"[(（\[<].*[)）\]>]")
"""What a row says below the headers about how to fill the table, in brackets in all its cells."""
_DATED = re.compile(r"date|datum|fecha|日期|日付", re.IGNORECASE)
_DATE = re.compile(r"\d{1,4}[-./]\s?\d{1,2}[-./]\s?\d{1,4}")
_NUMBER = re.compile(r"[-+]?\d[\d\s.,']*(?:%| ?pts?\.?)?")


def is_footer(name: str, others: Iterable[str]) -> bool:
    """Whether a row of this name, with these other cells, is no row of the table's things."""
    name = one_line(name)
    if _TOTAL.fullmatch(name):
        told = [cell for cell in others if cell]
        return all(_NUMBER.fullmatch(cell) for cell in told)
    if _DATED.fullmatch(name):
        return all(map(_DATE.fullmatch, filter(None, others)))
    if _HINT.fullmatch(name):
        hints = [bool(_HINT.fullmatch(one_line(cell))) for cell in others if cell]
        return bool(hints) and all(hints)
    bare = name.rstrip(":： ")
    told = [cell for cell in others if cell]
    if len(told) == 1 and (
        _ABOUT.fullmatch(bare) or (_VERSION.fullmatch(bare) and any(map(str.isdigit, told[0])))
    ):
        return True
    return bool(_REMARK.fullmatch(name) or _BARE.fullmatch(bare)) or is_page_number(name)


def is_total(name: str, others: Sequence[str], known: Collection[str]) -> bool:
    """Whether a row holds sums: of all, or of what one of the `known` cells above names."""
    if not others or not all(map(_NUMBER.fullmatch, others)):
        return False
    name = one_line(name)
    part = subtotal_of(name)
    return bool(_TOTAL.fullmatch(name)) or (bool(part) and normal(part) in set(map(normal, known)))


def subtotal_of(name: str) -> str:
    """Return what a name such as ``Care total`` is the total of, "" where it is of nothing."""
    found = _SUBTOTAL.fullmatch(one_line(name))
    return next(filter(None, found.groups())) if found else ""


def is_page_number(text: str) -> bool:
    """Whether a text is the number of a page, as prints have it between their rows."""
    return bool(_PAGE.fullmatch(one_line(text)))
