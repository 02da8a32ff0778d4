"""The order of levels that nothing tells for sure: their owner is asked, once for all roles."""

from collections.abc import Sequence

from bot.domain.said import said
from bot.formats.mapping.words import normal
from bot.formats.names.orders import order_of
from bot.formats.problems import shortened
from bot.formats.proposing.questions import Choice, Deciding, Question, answered

Ladder = tuple[Sequence[str], str]
"""Names of levels as a file lists them, and the role that they are of."""

_SHOWN = 12


def orders_of(
    ladders: Sequence[Ladder], deciding: Deciding | None, *, rows: bool = False
) -> list[tuple[int, ...]]:
    """Return for each ladder its positions from the lowest level to the highest.

    `rows` as in `order_of`.

    What is not sure is asked; until it is answered (or where `deciding` is None, and nobody can
    be asked) the likeliest order stands.
    """
    if deciding is not None and deciding.exact:
        return [tuple(range(len(names))) for names, _ in ladders]
    found = [order_of(names, role, rows=rows) for names, role in ladders]
    sure = [
        [names[at] for at in order.positions]
        for (names, _), order in zip(ladders, found, strict=True)
        if order.sure
    ]
    told = {_forms(names): names for names in sure}
    known = [(set(forms), names) for forms, names in told.items()]
    open_ = {
        _forms(names): names
        for (names, _), order in zip(ladders, found, strict=True)
        if not order.sure
    }
    for forms in open_:
        within = next((names for those, names in known if those.issuperset(forms)), None)
        if within is not None:
            told[forms] = within
    left = [names for forms, names in open_.items() if forms not in told]
    for together in _merged([list(names) for names in left] if deciding else []):
        ordered = _asked(together, deciding, rows=rows) if deciding else together
        told |= {_forms(names): ordered for names in left if set(names) <= set(together)}
    return [
        order.positions
        if order.sure or _forms(names) not in told
        else _by(told[_forms(names)], names)
        for (names, _), order in zip(ladders, found, strict=True)
    ]


def _forms(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(normal, names))


def _by(ordered: Sequence[str], names: Sequence[str]) -> tuple[int, ...]:
    place = {normal(name): at for at, name in enumerate(ordered)}
    return tuple(sorted(range(len(names)), key=lambda at: place[normal(names[at])]))


def _merged(lists: Sequence[list[str]]) -> list[list[str]]:
    """Return the lists, those with levels in common as one where they do not contradict."""
    merged: list[list[str]] = []
    for names in sorted(lists, key=len, reverse=True):
        for at, known in enumerate(merged):
            together = merged_order(known, names) if set(known) & set(names) else None
            if together is not None:
                merged[at] = together
                break
        else:
            merged.append(names)
    return merged


def _asked(names: Sequence[str], deciding: Deciding, *, rows: bool) -> list[str]:
    order = order_of(names, rows=rows)
    likely = [names[at] for at in order.positions]
    listed, turned = list(names), list(names[::-1])
    if order.sure:
        return likely
    choices = {"listed": listed, "reversed": turned}
    if likely not in (listed, turned):
        choices["words"] = likely
    question = Question(
        f"order-{answered(names[0])}",
        said(
            "Nothing says for sure in which order these levels stand: {names}. Which order"
            " is right?",
            names=", ".join(f"'{shortened(name)}'" for name in names[:_SHOWN]),
        ),
        tuple(_choice(key, order) for key, order in choices.items()),
    )
    return choices.get(deciding.ask(question) or "", likely)


def _choice(answer: str, order: Sequence[str]) -> Choice:
    shown = " < ".join(shortened(name) for name in order[:_SHOWN])
    line = f"levels: [{', '.join(order[:_SHOWN])}]"
    return Choice(answer, said("{levels}, lowest first", levels=shown), line)


def merged_order(first: Sequence[str], second: Sequence[str]) -> list[str] | None:
    """Return both orders as one, None where they contradict each other."""
    known = {normal(name): at for at, name in enumerate(first)}
    shared = [known[normal(name)] for name in second if normal(name) in known]
    if shared != sorted(shared):
        return None
    merged: list[str] = []
    rest = list(first)
    for name in second:
        if normal(name) in known:
            at = next(i for i, each in enumerate(rest) if normal(each) == normal(name))
            merged += rest[: at + 1]
            rest = rest[at + 1 :]
        else:
            merged.append(name)
    return merged + rest
