"""The way out to Slack: through which proxy, whose certificates are believed, what is kept open.

slack_sdk takes a proxy from the environment by itself, for every address; what NO_PROXY names, and
this machine's own addresses, must go without.
"""

import asyncio
import json
import ssl
from collections.abc import Callable
from dataclasses import field
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
from aiohttp import ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from aiohttp.typedefs import JSONDecoder

from bot.domain.errors import NextrungError
from bot.values import dataclass

# Far less than any server waits before it closes an idle connection: who waits as long as that
# meets a closed one, and cannot tell whether what was written was read. Under load none is idle
# for so long.
KEPT_SECONDS = 2.0
# What says nothing of its own; a call says how long it waits.
_PATIENCE = ClientTimeout(total=10)
_LOCAL = ("localhost", "ip6-localhost")


# Hears of each call: its method, how it ended, Slack's code where it refused, and the seconds.
Heard = Callable[[str, str, str, float], None]


class UnusableCertificates(NextrungError):
    """The file of a private authority's certificates cannot be used. Params: `remedy`."""

    code = "unusable_certificates"


def _read(text: str) -> Any:
    try:
        return orjson.loads(text)
    except ValueError:
        # Half a surrogate pair, say, which the standard library takes.
        return json.loads(text)


class _Answer(ClientResponse):
    """An answer of Slack's. It brings back the whole message, which is read as fast as may be."""

    async def json(
        self,
        *,
        encoding: str | None = None,
        loads: JSONDecoder = _read,
        content_type: str | None = "application/json",
    ) -> Any:
        """Return what it says, as JSON."""
        return await super().json(encoding=encoding, loads=loads, content_type=content_type)


class Pool:
    """Connections that stay open for a moment after a call, so that the next needs no handshake.

    A process has one, and closes it at its end. It belongs to the event loop that calls first.
    """

    def __init__(self, *, kept_seconds: float = KEPT_SECONDS) -> None:
        self._kept_seconds = kept_seconds
        self._session: ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def session(self) -> ClientSession | None:
        """Return what calls go by; None once it is closed, and to another event loop."""
        loop = asyncio.get_running_loop()
        if self._session is None and not self._closed:
            self._loop = loop
            # How much is under way at once is limited where it begins. Workspaces share what is
            # open here; a cookie of one must not go along with another's call.
            connector = TCPConnector(limit=0, keepalive_timeout=self._kept_seconds)
            self._session = ClientSession(
                connector=connector,
                cookie_jar=DummyCookieJar(),
                timeout=_PATIENCE,
                response_class=_Answer,
            )
        return self._session if loop is self._loop and not self._closed else None

    async def close(self) -> None:
        """Close what is open; calls after this have a connection each."""
        self._closed = True
        session, self._session = self._session, None
        if session is not None:
            await session.close()


@dataclass(frozen=True, slots=True)
class Network:
    """How addresses are reached; by itself directly. `no_proxy` is as NO_PROXY is written.

    Without a `pool` each call has a connection of its own. `heard` is told how each call ended.
    """

    proxy: str | None = field(default=None, repr=False)
    no_proxy: str = ""
    trusted: ssl.SSLContext | None = None
    pool: Pool | None = field(default=None, repr=False, compare=False)
    heard: Heard | None = field(default=None, repr=False, compare=False)

    def session(self) -> ClientSession | None:
        """Return what keeps connections open between calls; None where nothing does."""
        return self.pool.session() if self.pool else None

    def proxy_for(self, url: str) -> str | None:
        """Return the proxy for an address (https or wss), or None where it is reached directly."""
        found = urlsplit(url)
        host = (found.hostname or "").rstrip(".")
        if self.proxy is None or found.scheme not in {"https", "wss"} or _is_local(host):
            return None
        names = self.no_proxy.replace(",", " ").split()
        return None if any(_covers(each, host, found.port) for each in names) else self.proxy

    @property
    def ssl(self) -> ssl.SSLContext | bool:
        """What a connection is checked with, as aiohttp takes it."""
        return self.trusted or True


def trusting(file: Path) -> ssl.SSLContext:
    """Return what believes the system's authorities, and those in a file of certificates (PEM).

    Raises:
        UnusableCertificates: the file cannot be read, or holds no certificate.
    """
    context = ssl.create_default_context()
    try:
        context.load_verify_locations(file)
    except ssl.SSLError:
        raise UnusableCertificates(remedy=f"{file} holds no certificate in PEM form.") from None
    except OSError as error:
        remedy = f"{file}: {error.strerror or error}. Correct NEXTRUNG_CA_FILE."
        raise UnusableCertificates(remedy=remedy) from error
    return context


def _is_local(host: str) -> bool:
    if host in _LOCAL or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _covers(name: str, host: str, port: int | None) -> bool:
    """Tell whether an entry of NO_PROXY names a host: *, a host, a domain or a network."""
    if name == "*":
        return True
    if "/" in name:
        try:
            return ip_address(host) in ip_network(name, strict=False)
        except ValueError:
            return False
    bare, colon, wanted = name.rpartition(":")
    if colon and wanted.isdigit() and ":" not in bare:
        if port not in {None, int(wanted)} or (port is None and wanted != "443"):
            return False
        name = bare
    domain = name.lower().removeprefix("*").strip(".")
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))
