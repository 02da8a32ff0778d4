"""Building HTML so that nothing can break out of it: every child and attribute is escaped."""

from markupsafe import Markup, escape

_VOID = frozenset({"br", "hr", "img", "input"})
_NEWLINE = Markup("<br>")

Attribute = str | int | bool | None


def tag(name: str, /, *children: str, **attributes: Attribute) -> Markup:
    """One element. Plain ``str`` children and attribute values are escaped, ``Markup`` is kept.

    Attribute names lose a trailing underscore and turn other underscores into hyphens
    (``class_``, ``data_action``). ``None`` and ``False`` leave the attribute out, ``True`` writes
    it bare. Tag and attribute names come from our own code only.
    """
    opening = Markup("<") + Markup(name) + _attributes(attributes) + Markup(">")  # noqa: S704 (own name)
    if name in _VOID:
        return opening
    return opening + join(children) + Markup("</") + Markup(name) + Markup(">")  # noqa: S704 (own name)


def _attributes(attributes: dict[str, Attribute]) -> Markup:
    written = Markup("")
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        name = Markup(key.rstrip("_").replace("_", "-"))  # noqa: S704 (a keyword of our own code)
        written += Markup(" ") + name
        if value is not True:
            written += Markup('="{}"').format(str(value))
    return written


def join(parts: tuple[str, ...] | list[str], separator: str = "") -> Markup:
    """The parts one after another, each escaped unless it is ``Markup``."""
    return escape(separator).join(parts)


def lines(text: str) -> Markup:
    """Plain text, escaped, with its line breaks kept."""
    return join(text.split("\n"), _NEWLINE)


def classes(*names: str | None) -> str | None:
    """The names that are there, as a ``class`` attribute."""
    return " ".join(name for name in names if name) or None
