"""Addresses in a packet: which ones are links, and what a short link is called."""

from urllib.parse import urlsplit


def is_web_address(url: str | None) -> bool:
    """Tell whether an address may be a link: http and https alone."""
    return urlsplit(url or "").scheme in {"http", "https"}


def host(url: str) -> str:
    """Return where a web address leads, for a link that has little room: "example.com"."""
    return urlsplit(url).hostname or url
