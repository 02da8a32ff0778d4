"""The processes of a run of nudges: workers, bare loops, and the far end that counts."""

import asyncio
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import psutil
import trustme

from tests.benchmarks import servers
from tests.benchmarks.servers import Server

_FIRST = b"GET /counts HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"
_POLL_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Counted:
    """How the far end answered so far."""

    posted: int
    limited: int
    other: int


@dataclass(frozen=True, slots=True)
class FarEnd:
    """A running local Slack, or the bare server in its place."""

    server: Server
    authority: Path
    trusted: ssl.SSLContext

    @property
    def settings(self) -> dict[str, str]:
        """How a process gets here, as it gets to Slack from behind a private authority."""
        return {"SLACK_API_URL": f"{self._url}/api/", "NEXTRUNG_CA_FILE": str(self.authority)}

    @property
    def _url(self) -> str:
        return f"https://127.0.0.1:{self.server.port}"

    async def counts(self) -> Counted:
        """Return what it has counted."""
        return Counted(**await self._get("counts"))

    async def sample(self) -> str:
        """Return the body of the last message, as JSON."""
        url = f"{self._url}/sample"
        async with (
            aiohttp.ClientSession() as session,
            session.get(url, ssl=self.trusted) as answer,
        ):
            return await answer.text()

    async def until(self, posted: int, workers: list[Server], log: Path) -> Counted:
        """Wait until it has taken so many messages.

        Raises:
            ServerFailed: a worker ended before.
        """
        while True:
            found = await self.counts()
            if found.posted >= posted:
                return found
            if not all(each.process.is_running() for each in workers):
                raise servers.ServerFailed(servers.end_of(log))
            await asyncio.sleep(_POLL_SECONDS)

    async def _get(self, what: str) -> dict[str, int]:
        url = f"{self._url}/{what}"
        async with (
            aiohttp.ClientSession() as session,
            session.get(url, ssl=self.trusted) as answer,
        ):
            return dict(await answer.json())


@asynccontextmanager
async def far_end(
    folder: Path, *, workspaces: int, each: int, per_minute: int
) -> AsyncIterator[FarEnd]:
    """Run the far end; `per_minute` 0 is the bare server."""
    port = servers.free_port()
    authority, certificate = trustme.CA(), folder / "far-end.pem"
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(certificate))
    trusted = ssl.create_default_context(cafile=folder / "authority.pem")
    command = [sys.executable, "-m", "tests.benchmarks.sending.far_end", str(port)]
    command += [str(certificate), str(workspaces), str(each), str(per_minute)]
    log = folder / "far-end.log"
    async with servers.running(command, port, {}, _FIRST, log=log, trusted=trusted) as server:
        yield FarEnd(server, folder / "authority.pem", trusted)


@asynccontextmanager
async def workers(
    module: str, arguments: list[list[str]], settings: Mapping[str, str], *, log: Path
) -> AsyncIterator[list[Server]]:
    """Run a module of this package once for each list of arguments."""
    started: list[subprocess.Popen[bytes]] = []
    with log.open("ab") as output:
        try:
            for each in arguments:
                command = [sys.executable, "-m", f"tests.benchmarks.sending.{module}", *each]
                process = subprocess.Popen(  # noqa: ASYNC220 - nothing else runs yet
                    command,
                    env=servers.environment(settings),
                    cwd=servers.REPOSITORY,
                    stdout=output,
                    stderr=output,
                )
                started.append(process)
            yield [Server(0, 0.0, psutil.Process(each.pid)) for each in started]
        finally:
            for process in started:
                await asyncio.to_thread(servers.stop, process)
