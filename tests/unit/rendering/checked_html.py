"""A strict reader of rendered HTML: anything that broke out of its place is an error."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

VOID = {"br", "hr", "img", "input"}
TAGS = VOID | {
    *("a", "b", "blockquote", "button", "caption", "code", "details", "div", "em", "figcaption"),
    *("figure", "label", "li", "ol", "p", "pre", "s", "small", "span", "strong", "summary"),
    *("table", "tbody", "td", "textarea", "th", "thead", "time", "tr", "u", "ul"),
}
SCHEMES = {"http", "https", "mailto", "tel", "slack"}


class CheckedHtml(HTMLParser):
    """Reads HTML; raises AssertionError for what our own code would never write."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.pieces: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == [], f"not closed: {self.open}"

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, f"<{tag}> was written"
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"twice the same attribute: {names}"
        for name, value in attrs:
            assert not name.startswith("on"), f"{name} was written"
            assert name not in {"style", "srcdoc", "formaction"}, f"{name} was written"
            if name in {"href", "src"}:
                assert urlsplit(value or "").scheme in SCHEMES, f"{name}={value}"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> is out of place"

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment was written: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration was written: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction was written: {data}")

    def find(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element with this tag."""
        return [attributes for name, attributes in self.elements if name == tag]
