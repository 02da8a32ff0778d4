"""A written web page as a test reads it, strictly."""

import posixpath
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import html5lib

NAMESPACE = "{http://www.w3.org/1999/xhtml}"


class Page:
    """One page; any error of its HTML fails at once."""

    def __init__(self, text: str) -> None:
        self.text = text
        parser = html5lib.HTMLParser(strict=True)
        self.root: Any = parser.parse(text)

    def all(self, tag: str) -> list[Any]:
        return [*self.root.iter(f"{NAMESPACE}{tag}")]

    @property
    def ids(self) -> Counter[str]:
        return Counter(each.get("id") for each in self.root.iter() if each.get("id"))

    @property
    def words(self) -> str:
        (body,) = self.all("body")
        return " ".join("".join(body.itertext()).split())

    @property
    def links(self) -> list[str]:
        return [each.get("href") for tag in ("a", "link") for each in self.all(tag)]

    @property
    def loads(self) -> list[str]:
        """What the browser fetches by itself."""
        styles = [each.get("href") for each in self.all("link") if each.get("rel") == "stylesheet"]
        return [*styles, *(each.get("src") for each in self.all("script") if each.get("src"))]

    def headings(self) -> list[int]:
        return [
            int(each.tag[-1])
            for each in self.root.iter()
            if isinstance(each.tag, str) and each.tag[len(NAMESPACE) :] in {"h1", "h2", "h3", "h4"}
        ]


def is_elsewhere(link: str) -> bool:
    return bool(urlsplit(link).scheme or urlsplit(link).netloc)


def target(page: str, link: str) -> tuple[str, str]:
    """Return the file and the fragment that a relative link on a page leads to."""
    parts = urlsplit(link)
    if not parts.path:
        return page, parts.fragment
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), parts.path)), parts.fragment
