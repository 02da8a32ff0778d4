"""A small load balancer: it asks each process whether it is ready, and sends to those that are."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

LOOKS_EACH = 0.5
LOOKS_FOR = 2.0
SILENT_TIMES = 3
"""After so many looks without an answer nothing is sent there; after one that says no at once."""
OK = 200
NOT_I = 503
KEPT_SECONDS = 60.0
"""As most balancers keep an idle connection."""
_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


class Balancer:
    """`backends` tells where the processes answer now, by name. `url` is its own address.

    A request that could not be handed over, or was answered 503, goes to the next process; one that
    was handed over and got no answer is not repeated, because it may have been carried out: 502.
    Where no process is ready there is nobody to send to: 503. So does HAProxy as docs/operate.md
    sets it up; by itself it would not repeat after a 503.
    """

    def __init__(self, backends: Callable[[], Mapping[str, str]], path: str) -> None:
        self.url = ""
        self.ready: dict[str, str] = {}
        self._backends = backends
        self._path = path
        self._turn = 0
        self._session: aiohttp.ClientSession

    async def look(self) -> None:
        """Ask every process now and then, until cancelled."""
        silent: Counter[str] = Counter()
        while True:
            there = dict(self._backends())
            said = await asyncio.gather(*(self.says(base + self._path) for base in there.values()))
            ready = {}
            for (name, base), status in zip(there.items(), said, strict=True):
                silent[base] = silent[base] + 1 if status is None else 0
                waited_for = status is None and self.ready.get(name) == base
                if status == OK or (waited_for and silent[base] < SILENT_TIMES):
                    ready[name] = base
            self.ready = ready
            await asyncio.sleep(LOOKS_EACH)

    async def says(self, address: str) -> int | None:
        """Return what a process answers to how it goes; 0 where it is gone, None: slow."""
        try:
            async with asyncio.timeout(LOOKS_FOR), self._session.get(address) as answer:
                return answer.status
        except TimeoutError:
            return None
        except (aiohttp.ClientError, OSError):
            return 0

    async def pass_on(self, request: web.Request) -> web.Response:
        """Hand one request over and give back what is answered."""
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name.lower() != "host"}
        names, refused = list(self.ready), web.Response(status=503, text="no process is ready")
        # Others take their turns meanwhile.
        self._turn = turn = self._turn + 1
        for at in range(len(names)):
            name = names[(turn + at) % len(names)]
            base = self.ready.get(name)
            if base is None:
                continue
            try:
                async with self._session.request(
                    request.method, base + request.path_qs, data=body, headers=headers
                ) as answer:
                    kept = {k: v for k, v in answer.headers.items() if k.lower() not in _HOP}
                    told = web.Response(
                        status=answer.status, body=await answer.read(), headers=kept
                    )
            except (aiohttp.ClientConnectorError, ConnectionRefusedError):
                self.ready.pop(name, None)
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                return web.Response(status=502, text=f"{name}: {type(error).__name__}")
            else:
                if told.status != NOT_I:
                    return told
                refused = told
        return refused

    async def serve(self) -> AsyncIterator[None]:
        timeout = aiohttp.ClientTimeout(total=30)
        connector = aiohttp.TCPConnector(keepalive_timeout=KEPT_SECONDS, limit=0)
        async with aiohttp.ClientSession(
            timeout=timeout, connector=connector, auto_decompress=False
        ) as self._session:
            app = web.Application(client_max_size=1 << 26)
            app.router.add_route("*", "/{rest:.*}", self.pass_on)
            runner = web.AppRunner(app, access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            looking = asyncio.create_task(self.look())
            try:
                yield
            finally:
                looking.cancel()
                await asyncio.wait({looking})
                await runner.cleanup()


@asynccontextmanager
async def balancing(
    backends: Callable[[], Mapping[str, str]], path: str
) -> AsyncIterator[Balancer]:
    """Run one while the block runs; `path` is what it asks the processes for."""
    balancer = Balancer(backends, path)
    async for _ in balancer.serve():
        yield balancer
