"""Keep the translations complete: `python -m tests.tools.messages update` or `check`.

A message is the first text of ``tr("…")`` or ``said("…")``, or the two of
``tr.plural("one", "many", count)``. The English text is the message's id, so a literal is needed
where a translator is called.
"""

import argparse
import ast
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from bot.text.translator import RUNNING_ON

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "bot"
LOCALES = SOURCE / "text" / "locales"
TRANSLATOR = "tr"
PLURAL = "plural"
SAID = "said"
REMEDY = "run `make messages`, then edit the .po file"

_CODE = re.compile(r"`[^`\n]*`")
# A quoted name of a field: cards show it as code.
_NAMED = re.compile(r"'[a-z_]+'")
_PLACE = re.compile(r"\{[^{}]*\}")
_SPAN = re.compile(r"([*_`])(?:(?!\1)[^\n])+\1")
# Slack wants these around a pair of marks; a wide sign such as "，" is no edge to it.
_EDGES = frozenset(" \n()[]<>,.:;!?/\"'-*_")

Key = str | tuple[str, ...]


class UnreadableCall(ValueError):
    """A translator was called with something else than literal text. Says where."""


def collect(source: Path) -> Catalog:
    """Return every message that the Python files under `source` ask for.

    Raises:
        UnreadableCall: a call has no literal message.
    """
    template = Catalog(fuzzy=False)
    for path in sorted(source.rglob("*.py")):
        for key in calls(path):
            template.add(key)
    return template


def calls(path: Path) -> Iterator[Key]:
    """Yield the messages of one Python file: a text, or a pair for a plural.

    Babel's own extractor goes by names alone and skips what is not literal without a word.

    Raises:
        UnreadableCall: a call has no literal message.
    """
    for node in ast.walk(ast.parse(path.read_bytes())):
        wanted = _messages_of(node) if isinstance(node, ast.Call) else 0
        if not isinstance(node, ast.Call) or not wanted:
            continue
        texts = tuple(
            each.value
            for each in node.args[:wanted]
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        )
        if len(texts) != wanted:
            raise UnreadableCall(f"{path}:{node.lineno}: a translator needs literal text")
        yield texts if wanted > 1 else texts[0]


def _messages_of(node: ast.Call) -> int:
    """Return how many texts this call gives a translator: 2 for a plural, 0 for other calls."""
    target = node.func
    if _is_translator(target) or (isinstance(target, ast.Name) and target.id == SAID):
        return 1
    if isinstance(target, ast.Attribute) and target.attr == PLURAL:
        return 2 if _is_translator(target.value) else 0
    return 0


def _is_translator(node: ast.expr) -> bool:
    if isinstance(node, ast.Name):
        return node.id == TRANSLATOR
    return isinstance(node, ast.Attribute) and node.attr == TRANSLATOR


def merged(text: bytes, locale: str, template: Catalog) -> bytes:
    """Return the .po file `text` brought up to date: the same input gives the same bytes.

    Translations are kept; a changed message keeps its old translation marked fuzzy; what the code
    no longer asks for becomes obsolete, and comes back when the code asks for it again.
    """
    catalog = read_po(io.BytesIO(text), locale=locale.replace("-", "_"))
    for message in catalog.obsolete.values():
        if message.id not in catalog:
            catalog[message.id] = message
    catalog.obsolete.clear()
    catalog.update(template, update_header_comment=False)
    body = io.BytesIO()
    write_po(body, catalog, width=96, omit_header=True, no_location=True, sort_output=True)
    return _header(catalog).encode() + b"\n" + body.getvalue().strip() + b"\n"


def _header(catalog: Catalog) -> str:
    """Return a header that no day, person or tool version changes."""
    lines = (
        "Project-Id-Version: Nextrung",
        f"Language: {catalog.locale_identifier}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {catalog.plural_forms}",
    )
    return "".join(['msgid ""\nmsgstr ""\n', *(f'"{line}\\n"\n' for line in lines)])


def update(source: Path = SOURCE, folder: Path = LOCALES) -> list[Path]:
    """Merge the messages of `source` into every .po file of `folder`; return the changed ones.

    Raises:
        UnreadableCall: a call in the code has no literal message; no file is changed.
    """
    template = collect(source)
    changed = []
    for path in sorted(folder.glob("*.po")):
        before = path.read_bytes()
        after = merged(before, path.stem, template)
        if after != before:
            path.write_bytes(after)
            changed.append(path)
    return changed


def check(source: Path = SOURCE, folder: Path = LOCALES) -> list[str]:
    """Return every fault of the translations in words; none means that they are complete."""
    try:
        template = collect(source)
    except UnreadableCall as error:
        return [str(error)]
    return [
        f"{path.name}: {fault}"
        for path in sorted(folder.glob("*.po"))
        for fault in _faults(path.read_bytes(), path.stem, template)
    ]


def _faults(text: bytes, locale: str, template: Catalog) -> Iterator[str]:
    after = merged(text, locale, template)
    if after != text:
        yield f"not up to date; {REMEDY}"
    catalog = read_po(io.BytesIO(after), locale=locale.replace("-", "_"))
    for message in catalog:
        if message.id:
            faults = _message_faults(message, runs_on=catalog.locale_identifier in RUNNING_ON)
            yield from (f"{_shown(message)}: {fault}" for fault in faults)
    for message in catalog.obsolete.values():
        yield f"{_shown(message)}: obsolete; delete the entry"


def _forms(texts: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the forms of a message, however Babel holds them: several where it has a plural."""
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def _shown(message: Message) -> str:
    """Return a message as one line that `grep` finds in the file."""
    return '"' + _forms(message.id)[0].replace("\n", "\\n") + '"'


def _message_faults(message: Message, *, runs_on: bool) -> Iterator[str]:
    source, forms = _forms(message.id)[-1], _forms(message.string)
    if not forms or not all(forms):
        yield "untranslated"
        return
    if message.fuzzy:
        yield 'fuzzy; correct the translation and delete "#, fuzzy"'
    for form in forms:
        yield from _form_faults(source, form, runs_on=runs_on)


def _form_faults(source: str, form: str, *, runs_on: bool) -> Iterator[str]:
    wanted, got = _places(source), _places(form)
    if got is None:
        yield "its braces do not pair up; write {name}"
    elif wanted != got:
        yield f"its places are {_listed(got)}, the message has {_listed(wanted or Counter())}"
    for name, mark in (("*", "*"), ("_", "_"), ("\\n", "\n")):
        asked, given = _prose(source).count(mark), _prose(form).count(mark)
        if runs_on and mark == "*" and given < asked and given % 2 == 0:
            continue  # bold is for whole lines only where words stand without spaces
        if asked != given:
            yield f"it has {given} of the mark {name}, the message has {asked}"
    if sorted(_CODE.findall(source)) != sorted(_CODE.findall(form)):
        yield "its `code` differs; leave commands as they are"
    if touching_marks(_NAMED.sub("x", _PLACE.sub("x", form))):
        yield "a mark touches a letter or wide sign, so Slack would show it bare; put a space there"


def _places(text: str) -> Counter[str] | None:
    """Count the ``{names}`` of a message; None where it cannot be filled in."""
    try:
        return Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return None


def _prose(text: str) -> str:
    """Return the text without places and code, whose signs are no marks."""
    return _CODE.sub("", _PLACE.sub("x", text))


def touching_marks(text: str) -> list[str]:
    """Return the marked pieces of a mrkdwn text that Slack would show with their marks bare."""
    return [
        found[0]
        for found in _SPAN.finditer(text)
        if not _EDGES.issuperset(text[max(0, found.start() - 1) : found.start()])
        or not _EDGES.issuperset(text[found.end() : found.end() + 1])
    ]


def _listed(places: Counter[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(places.elements())) or "none"


def main(
    arguments: list[str] | None = None, *, source: Path = SOURCE, folder: Path = LOCALES
) -> int:
    """Run the command line; return its exit code: 0, or 1 where `check` found faults."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.messages", description=__doc__)
    parser.add_argument("task", choices=("update", "check"))
    if parser.parse_args(arguments).task == "update":
        changed = update(source, folder)
        print("\n".join(f"Updated {path.name}" for path in changed) or "Already up to date.")
        return 0
    faults = check(source, folder)
    if faults:
        print("\n".join(faults), file=sys.stderr)
        print(f"{len(faults)} to correct: {REMEDY}.", file=sys.stderr)
        return 1
    print("Translations are complete.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
