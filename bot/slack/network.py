"""The way out to Slack: through which proxy, and whose certificates are believed.

slack_sdk takes a proxy from the environment by itself, for every address; what NO_PROXY names, and
this machine's own addresses, must go without.
"""

import ssl
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from bot.domain.errors import NextrungError

_LOCAL = ("localhost", "ip6-localhost")


class UnusableCertificates(NextrungError):
    """The file of a private authority's certificates cannot be used. Params: `remedy`."""

    code = "unusable_certificates"


@dataclass(frozen=True, slots=True)
class Network:
    """How addresses are reached; by itself directly. `no_proxy` is as NO_PROXY is written."""

    proxy: str | None = field(default=None, repr=False)
    no_proxy: str = ""
    trusted: ssl.SSLContext | None = None

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
