"""What stands before a PostgreSQL server and may lead to another: an address that moves."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

_SOCKET = ".s.PGSQL.5432"
_PIECE = 1 << 16


class Forwarder:
    """Leads each new connection to where `lead_to` says; those there were stay where they are."""

    def __init__(self, folder: Path, server_url: str) -> None:
        self.folder = folder
        self._gates: list[asyncio.Event] = []
        self._serving: set[asyncio.Task[Any]] = set()
        self._target = ""
        self.delay = 0.0
        """Seconds by which whatever is asked comes later, from now on."""
        self.frozen = asyncio.Event()
        """Set while nothing comes through on connections that were there."""
        self._last_word: bytes | None = None
        self._silent = self._silent_then = False
        self.lead_to(server_url)

    def url(self, server_url: str) -> str:
        """Return the way to a database through here."""
        return f"postgresql://postgres@/{make_url(server_url).database}?host={self.folder}"

    def lead_to(self, server_url: str) -> None:
        """Lead new connections to this server."""
        self._target = f"{make_url(server_url).query['host']}/{_SOCKET}"

    def freeze(self, *, all_of_it: bool = False) -> None:
        """Let nothing more through on the connections there are, and leave them open.

        `all_of_it`: new ones too are taken, and get no answer.
        """
        self._silent = all_of_it
        self.frozen.set()
        for each in self._gates:
            each.clear()

    def freeze_at(self, word: bytes, *, all_of_it: bool) -> None:
        """Freeze as soon as somebody says this, which is not passed on."""
        self._last_word, self._silent_then = word, all_of_it

    def thaw(self) -> None:
        """Pass on whatever has come meanwhile, and everything from now on."""
        self._last_word, self._silent = None, False
        self.frozen.clear()
        for each in self._gates:
            each.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection's bytes both ways until either side ends."""
        gate = asyncio.Event()
        if not self._silent:
            gate.set()
        self._gates.append(gate)
        serving = asyncio.current_task()
        assert serving is not None
        self._serving.add(serving)
        serving.add_done_callback(self._serving.discard)
        # Both are closed also where what carries between them is cut off before it has begun.
        with closing(writer):
            try:
                from_there, to_there = await asyncio.open_unix_connection(self._target)
            except OSError:  # nobody listens there
                return
            with closing(to_there):
                async with asyncio.TaskGroup() as both:
                    both.create_task(self._carry(reader, to_there, gate, asked=True))
                    both.create_task(self._carry(from_there, writer, gate))

    async def end(self) -> None:
        """Cut all connections."""
        for each in list(self._serving):
            each.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _carry(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        gate: asyncio.Event,
        *,
        asked: bool = False,
    ) -> None:
        try:
            with suppress(ConnectionError):
                while piece := await reader.read(_PIECE):
                    if asked and self._last_word is not None and self._last_word in piece:
                        self._last_word = None
                        self.freeze(all_of_it=self._silent_then)
                    await gate.wait()
                    if asked and self.delay:
                        await asyncio.sleep(self.delay)
                    writer.write(piece)
                    await writer.drain()
        finally:
            writer.close()


@asynccontextmanager
async def forwarding(server_url: str) -> AsyncIterator[Forwarder]:
    """Lead to a server while the block runs."""
    with tempfile.TemporaryDirectory(prefix="nextrung-way-") as name:
        forwarder = Forwarder(Path(name), server_url)
        async with await asyncio.start_unix_server(forwarder.serve, f"{name}/{_SOCKET}"):
            yield forwarder
            await forwarder.end()
