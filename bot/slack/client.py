"""The Web API client."""

import asyncio
import base64
import json
import logging
from collections.abc import Sequence
from time import perf_counter
from typing import Any, Protocol
from urllib.parse import urlencode

import aiohttp
import orjson
from aiohttp.abc import AbstractStreamWriter
from aiohttp.payload import BytesPayload
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.network import Network
from bot.slack.refusals import WhyRefused, known_code, refusal_code, why_refused
from bot.spans import Facts, part
from bot.time_left import time_left

_SECONDS = 2
_PATIENT_SECONDS = 30
# As often as this a call may find that the connection it was given is closed already.
_MOST_CLOSED = 3
# What is longer leaves this machine in pieces, see `aiohttp.http_writer`.
_ONE_PIECE = 48_000

# slack_sdk writes each request and answer out where its logger has no level, logged or not: a
# fifth of what a call takes. What libraries say below WARNING is not kept anyway.
QUIET = logging.getLogger("bot.slack.sdk")
QUIET.setLevel(logging.WARNING)


class NotSent(aiohttp.ClientConnectionError):
    """Nothing of a call has left this machine, so Slack has certainly not done it."""


class _Body(BytesPayload):
    """A body that knows whether it has left this machine, or may have."""

    left = False

    async def write_with_length(self, writer: AbstractStreamWriter, length: int | None) -> None:
        """Write it. Headers go with it, in one piece: where that fails, nothing has left."""
        self.left = True
        try:
            await super().write_with_length(writer, length)
        except aiohttp.ClientConnectionResetError:
            # The connection was closed before.
            self.left = (self.size or 0) > _ONE_PIECE
            raise


class Keeper(Protocol):
    """Who keeps a client's token, and hears how Slack takes it."""

    async def refused(self, token: str, code: str) -> str | None:
        """Hear that Slack refused a token; return another one to try, if there is one."""
        ...

    async def taken(self, token: str) -> None:
        """Hear that Slack took a token."""
        ...


class SlackClient(AsyncWebClient):
    """Slack's client, which goes to each address as the network says."""

    keeper: Keeper | None = None

    def __init__(
        self,
        token: str | None,
        *,
        api_url: str,
        network: Network,
        seconds: int,
        retry_handlers: Sequence[AsyncRetryHandler],
        team_id: str | None = None,
    ) -> None:
        super().__init__(
            token=token,
            base_url=api_url,
            timeout=seconds,
            ssl=network.trusted,
            team_id=team_id,
            logger=QUIET,
            retry_handlers=list(retry_handlers),
        )
        self.network = network
        # What slack_sdk took from the environment holds for every address, this machine's too.
        self.proxy = None

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        """Call Slack; once more with a newer token where Slack refused the one before.

        What it refused for its token it has not done.

        Raises:
            Whatever `AsyncWebClient.api_call` raises.
        """
        keeper, token = self.keeper, self.token
        if keeper is None or token is None:
            return await self._counted(api_method, **arguments)
        try:
            answer = await self._counted(api_method, **arguments)
        except SlackApiError as error:
            if why_refused(error) is not WhyRefused.TOKEN:
                raise
            newer = await keeper.refused(token, refusal_code(error))
            if newer is None or newer == token:
                raise
            self.token = newer
            answer = await self._counted(api_method, **arguments)
        await keeper.taken(self.token or token)
        return answer

    async def _counted(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        """Call Slack, and let be heard how it ended."""
        with part("slack", method=api_method) as facts:
            return await self._heard(api_method, facts, **arguments)

    async def _heard(
        self, api_method: str, facts: Facts, /, **arguments: Any
    ) -> AsyncSlackResponse:
        heard = self.network.heard
        if heard is None:
            return await super().api_call(api_method, **arguments)
        began, outcome, code = perf_counter(), "abandoned", ""
        try:
            answer = await super().api_call(api_method, **arguments)
            outcome = "taken"
        except SlackApiError as error:
            outcome, code = "refused", known_code(error)
            raise
        except (aiohttp.ClientError, TimeoutError):
            outcome = "silent"
            raise
        finally:
            facts |= {"outcome": outcome, "code": code}
            heard(api_method, outcome, code, perf_counter() - began)
        return answer

    async def _request(
        self, *, http_verb: str, api_url: str, req_args: dict[str, Any]
    ) -> dict[str, Any]:
        req_args |= {
            "proxy": self.network.proxy_for(api_url),
            "ssl": self.network.ssl,
            "timeout": aiohttp.ClientTimeout(total=self.timeout),
        }
        self.session = self.network.session()
        content, form = req_args.get("json"), req_args.get("data")
        if content is not None:
            req_args |= {"json": None, "data": _written(content)}
        elif isinstance(form, dict) and all(isinstance(each, str) for each in form.values()):
            req_args["data"] = urlencode(form).encode()
        else:
            return await self._asked(http_verb, api_url, req_args)
        return await self._sent(http_verb, api_url, req_args)

    async def _sent(self, http_verb: str, api_url: str, req_args: dict[str, Any]) -> dict[str, Any]:
        """Send what may not be repeated; again only where nothing of it has left this machine.

        Raises:
            NotSent: that was so time and again, or the time was over before.
        """
        content, kind = req_args["data"], req_args["headers"].get("Content-Type")
        for tried in range(1, _MOST_CLOSED + 1):
            body = _Body(content, content_type=kind)
            try:
                return await self._asked(http_verb, api_url, req_args | {"data": body})
            except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
                raise
            except (aiohttp.ClientError, TimeoutError) as error:
                if body.left:
                    raise
                if tried == _MOST_CLOSED or isinstance(error, TimeoutError):
                    raise NotSent(type(error).__name__) from error
        raise AssertionError("unreachable")

    async def _asked(
        self, http_verb: str, api_url: str, req_args: dict[str, Any]
    ) -> dict[str, Any]:
        answer: dict[str, Any] = await super()._request(
            http_verb=http_verb, api_url=api_url, req_args=req_args
        )
        return answer

    async def _upload_file(self, *, url: str, **how: Any) -> Any:
        how |= {"proxy": self.network.proxy_for(url), "ssl": self.network.trusted}
        # A file may take as long as it says; what is kept open is for short calls.
        self.session = None
        return await super()._upload_file(url=url, **how)


def _written(content: Any) -> bytes:
    """Return JSON; what is a fragment of it already goes into its place."""
    try:
        return orjson.dumps(content)
    except TypeError:
        # Half a surrogate pair, say, which the standard library writes as an escape.
        return json.dumps(content).encode()


def slack_client(
    token: str | None,
    *,
    api_url: str,
    network: Network | None = None,
    team_id: str | None = None,
) -> SlackClient:
    """Build the client: short waits, and no re-sending after a lost connection.

    slack_sdk's default handlers post again when the answer to the first post was lost.
    """
    return SlackClient(
        token,
        api_url=api_url,
        network=network or Network(),
        seconds=_SECONDS,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=1)],
        team_id=team_id,
    )


def patient_client(client: SlackClient) -> SlackClient:
    """Return a client with the same token that has time to send files, and no re-sending either."""
    retries = [AsyncRateLimitErrorRetryHandler(max_retry_count=2)]
    return _like(client, seconds=_PATIENT_SECONDS, retry_handlers=retries)


def unrepeating_client(client: SlackClient, *, seconds: int) -> SlackClient:
    """Return a client with the same token that never repeats a call, not after a 429 either."""
    return _like(client, seconds=seconds, retry_handlers=[])


def client_of_request(client: SlackClient, team_id: str | None) -> "HurriedClient":
    """Return a client in a hurry that a request may change, for the workspace that it is of."""
    made = HurriedClient.__new__(HurriedClient)
    new = {
        "default_params": {} if team_id is None else {"team_id": team_id},
        "retry_handlers": [*client.retry_handlers],
    }
    vars(made).update(vars(client) | new)
    return made


async def exchange(
    client: SlackClient, *, client_id: str, client_secret: str, **given: str
) -> AsyncSlackResponse:
    """Call `oauth.v2.access` as the app itself: with a code, or a token to refresh.

    slack_sdk's own way warns of what aiohttp will not have any more.

    Raises:
        SlackApiError: Slack refuses; for whatever else, as any call.
    """
    credentials = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
    headers = {"Authorization": f"Basic {credentials}"}
    return await client.api_call("oauth.v2.access", data=given, headers=headers)


def _like(
    client: SlackClient, *, seconds: int, retry_handlers: Sequence[AsyncRetryHandler]
) -> SlackClient:
    # Each message is sent by one of its own; making it anew, slack_sdk looks for versions and more.
    made = SlackClient.__new__(SlackClient)
    new = {"timeout": seconds, "retry_handlers": list(retry_handlers), "default_params": {}}
    vars(made).update(vars(client) | new)
    return made


class HurriedClient(SlackClient):
    """A client whose calls, waiting to try again included, end before the answer must go out."""

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        """Call Slack.

        Raises:
            TimeoutError: Slack did not answer in what is left of the time.
            Whatever `AsyncWebClient.api_call` raises.
        """
        async with asyncio.timeout(time_left(self.timeout)):
            return await super().api_call(api_method, **arguments)
