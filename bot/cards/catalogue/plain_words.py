"""What is wrong with a file, in the words of who wrote it: no field, flag or line of a mapping.

The command line tells the same with the mapping's words, for who writes one.
"""

from types import MappingProxyType

from bot.domain.said import Said, said
from bot.text.translator import Translator

_PLAIN = MappingProxyType(
    {
        "the {thing} is missing; fill the cell, or list '{field}' under 'fill_down'": said(
            "the {thing} is missing; fill the cell"
        ),
        "the cell is neither required nor optional; correct it, or list its word under"
        " 'required_words' or 'optional_words'": said(
            "the cell is neither required nor optional; write one of the two"
        ),
        "a role, level and skill stand there twice with different contents; correct one of them,"
        " or set 'duplicates' to first, last or join in the mapping": said(
            "a role, level and skill stand there twice with different contents; delete one of the"
            " rows, or put both texts into one cell"
        ),
        "two columns say different things about one role, level and skill; correct one of them,"
        " or say in a mapping which of them is read": said(
            "two columns say different things about one role, level and skill; correct one of them,"
            " or delete the column that does not count"
        ),
        "contradicts an earlier row; that one is kept, as 'duplicates' says": said(
            "contradicts an earlier row; that one is kept"
        ),
        "contradicts an earlier row and replaces it, as 'duplicates' says": said(
            "contradicts an earlier row and replaces it"
        ),
        "the headers stand there again below a title, so another table begins; give each table an"
        " entry of its own in the mapping, with 'skip_rows' and 'last_row'": said(
            "the headers stand there again below a title, so another table begins; put each table"
            " on a sheet of its own"
        ),
        "rows give one {kind} several values of '{slot}'; the first is kept: write the same in"
        " every row": said(
            "rows about one {kind} say different things here; the first is kept: write the same in"
            " every row"
        ),
        "the mapping does not list this proficiency; correct the cell, or add it under"
        " 'proficiencies' (or 'ignore', where it means nothing)": said(
            "this is none of the listed proficiencies; correct the cell"
        ),
        "no row names a {kind}; check that the columns (or the mapping) fit the file, and that"
        " there are rows below the header": said(
            "no row names a {kind}; check the header of its column, and that there are rows below"
            " the headers"
        ),
        "the role has no level; give it one in a row, or in the mapping under 'roles'": said(
            "the role has no level; give it one in a row"
        ),
        "the names of these levels do not say their order for sure; look at it, or list them"
        " lowest first under 'levels' (or 'roles') of a mapping": said(
            "the names of these levels do not say their order for sure; look at it, and if it is"
            " wrong, put them in the file lowest first"
        ),
        "{where}: {count} titles are read as a role at a level: {titles}. If each is a role of its"
        " own: --answer titles=roles": said(
            "{where}: {count} titles are read as a role at a level: {titles}. If each is a role of"
            " its own, add a column with its level"
        ),
        "the mapping does not list this level for the role; correct the cell, or add the level"
        " under 'levels' at its height": said(
            "this is none of the role's levels; correct the cell"
        ),
        "rows put one skill into several groups; the first is kept: write the same in every row,"
        " or name a 'shared_group' under 'defaults' of the mapping": said(
            "rows put one skill into several groups; the first is kept: write the same in every row"
        ),
        "a catalogue has at most {most} proficiencies; check the column, or list the true ones"
        " under 'proficiencies' of the mapping": said(
            "a catalogue has at most {most} proficiencies; does this column hold something else?"
        ),
        "the names of the proficiencies do not say their order, so they stand as in the file; list"
        " them shallowest first under 'proficiencies' of a mapping": said(
            "the names of the proficiencies do not say their order, so they stand as in the file;"
            " if that is wrong, put them in the file shallowest first"
        ),
        "the header '{name}' stands there {count} times; name it by {letters}": said(
            "the header '{name}' stands there {count} times; give each column a header of its own"
        ),
        "the mapping does not read this column": said("this column is not read"),
        "the page is named as one beside a framework is, so it is left unread; list it under"
        " 'files' of a mapping to read it": said(
            "the page is named as one beside a framework is, so it is left unread; give it another"
            " name to have it read"
        ),
        "a hidden sheet is left out; show it, or name it under 'sheets' of a mapping": said(
            "a hidden sheet is left out; show it in your spreadsheet program to have it read"
        ),
        "'{slot}' takes a whole number from {lowest} to {highest}": said(
            "write a whole number from {lowest} to {highest} here"
        ),
        "the date may mean two days, and is read as {order}; write year-month-day, or set 'dates'"
        " to day-first or month-first in a mapping": said(
            "the date may mean two days, and is read as {order}; write year-month-day, such as"
            " 2026-02-22"
        ),
        "'{value}' and the like under {records} refer to something; say in a mapping, with"
        " 'split', which part of them is what": said(
            "'{value}' and the like refer to something that cannot be told; write the names of"
            " role, level and skill there"
        ),
        "nothing here reads like the names of levels; add them, or say in a mapping what names"
        " them": said("nothing here reads like the names of levels; add them as headings"),
        "nothing here reads like the names of skills; add them, or say in a mapping what names"
        " them": said("nothing here reads like the names of skills; add them as headings"),
        "no table has columns for role, level and skill; the first row holds {seen}. Name the"
        " columns so, or describe the file in a mapping": said(
            "no table has columns for role, level and skill; the first row holds {seen}. Give the"
            " columns those names, or each level a column of its own beside the skills"
        ),
        "no column for the {thing} was found among {headers}. Name the column so, or describe the"
        " file in a mapping": said(
            "no column for the {thing} was found among {headers}. Give its column that name"
        ),
        "{guess}. If letters are wrong, {advice}, or name its encoding with --encoding": said(
            "{guess}. If letters are wrong, {advice}"
        ),
        "the encoding of the file is not known; {advice}, or name it with --encoding": said(
            "the encoding of the file is not known; {advice}"
        ),
        "hidden rows are left out: {rows}; show them, or set 'hidden' to read in a mapping": said(
            "hidden rows are left out: {rows}; show them in your spreadsheet program to have them"
            " read"
        ),
        "hidden columns are left out: {columns}; show them, or set 'hidden' to read in a"
        " mapping": said(
            "hidden columns are left out: {columns}; show them in your spreadsheet program to have"
            " them read"
        ),
        "{file}: there are lists within lists, and none of them reads like what is expected of"
        " a role; describe in a mapping, with 'records', which one is": said(
            "{file}: there are lists within lists, and none of them reads like what is expected of"
            " a role; put the rows into a table, one row for each expectation"
        ),
    }
)


def plain_words(message: str, tr: Translator) -> str:
    """Return a finding's message as who wrote the file reads it, in their language."""
    if isinstance(message, Said):
        plain = _PLAIN.get(message.template)
        if plain is not None:
            message = Said(message, plain.template, message.params)
        message = _within(message)
    return tr.said(message)


def _within(message: Said) -> Said:
    """Return a message with the sentences that stand in it in plain words as well."""
    if not any(isinstance(each, Said) for each in message.params.values()):
        return message
    params = {
        name: Said(each, _PLAIN[each.template].template, each.params)
        if isinstance(each, Said) and each.template in _PLAIN
        else each
        for name, each in message.params.items()
    }
    return Said(message, message.template, MappingProxyType(params))
