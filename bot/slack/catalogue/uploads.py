"""Files that members uploaded to Slack in a form of ours, brought onto this machine to be read."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.domain.catalogue.workspace_catalogue import (
    DraftGone,
    UploadNotAllowed,
    UploadNotRead,
    UploadTooLarge,
)
from bot.domain.errors import NextrungError
from bot.slack.client import SlackClient, patient_client
from bot.slack.refusals import UNANSWERED, UPLOADS_NOT_ALLOWED, reason_of, refusal_code, why_refused

LARGEST_MB = 64
_LARGEST = LARGEST_MB * 1024 * 1024
_CHUNK = 1 << 16
_SECONDS = aiohttp.ClientTimeout(total=120, sock_connect=10, sock_read=30)
_HOSTS = frozenset({"files.slack.com", "files.slack-gov.com"})
_GONE = frozenset({"file_not_found", "file_deleted"})
_UNUSUAL = re.compile(r"[^\w.\- ()+]+")
_NAME = 80


def check_size(size: object) -> None:
    """Return where the size (bytes) that Slack tells is not too large, or is not told.

    Raises:
        UploadTooLarge: it is.
    """
    if isinstance(size, int) and size > _LARGEST:
        raise UploadTooLarge(limit=LARGEST_MB)


async def fetch_upload(
    client: SlackClient, file_id: str, owner: str, folder: Path, fallback: str
) -> Path:
    """Bring a file that `owner` uploaded into `folder`, and return its path.

    It keeps its name, as far as that is an ordinary one; else it is called `fallback`.

    Raises:
        UploadNotAllowed: the app lacks the permission.
        DraftGone: it was deleted in Slack.
        UploadTooLarge: it is larger than any that is read.
        UploadNotRead: Slack does not hand it over, or it is somebody else's.
    """
    file = await _described(client, file_id)
    if file.get("user") not in (None, "", owner):
        raise UploadNotRead(reason="file_of_another_member")
    check_size(file.get("size"))
    url = str(file.get("url_private_download") or file.get("url_private") or "")
    if not _is_slacks(url, client):
        raise UploadNotRead(reason="no_address")
    path = folder / _file_name(str(file.get("name") or ""), fallback)
    try:
        await _download(client, url, path)
    except (aiohttp.ClientError, TimeoutError) as error:
        # A disk that is full is no fault of Slack's.
        raise UploadNotRead(reason=reason_of(error)) from error
    return path


async def _described(client: SlackClient, file_id: str) -> dict[str, Any]:
    try:
        answer = await patient_client(client).files_info(file=file_id)
    except SlackApiError as error:
        raise _refused(error) from error
    except UNANSWERED as error:
        raise UploadNotRead(reason=reason_of(error)) from error
    file: dict[str, Any] = answer.get("file") or {}
    return file


def _refused(error: SlackApiError) -> NextrungError:
    reason = refusal_code(error)
    if reason in _GONE:
        return DraftGone(reason=reason)
    kind = UploadNotAllowed if why_refused(error) in UPLOADS_NOT_ALLOWED else UploadNotRead
    return kind(reason=reason)


def _is_slacks(url: str, client: SlackClient) -> bool:
    """Tell whether the token may be sent there: to nobody but Slack."""
    found, ours = urlsplit(url), urlsplit(client.base_url)
    slacks = found.scheme == "https" and found.netloc in _HOSTS
    return slacks or (found.scheme, found.netloc) == (ours.scheme, ours.netloc)


def _file_name(name: str, fallback: str) -> str:
    """Return a name that is safe on every system, and still says which file is meant."""
    plain = _UNUSUAL.sub("_", name).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not (stem and dot and ending):
        return fallback
    return f"{stem[:_NAME]}.{ending[:10]}"


async def _download(client: SlackClient, url: str, path: Path) -> None:
    headers = {"Authorization": f"Bearer {client.token}"}
    proxy, trusted = client.network.proxy_for(url), client.network.ssl
    # A redirect would lead elsewhere, with the token.
    async with (
        aiohttp.ClientSession(timeout=_SECONDS) as session,
        session.get(
            url, headers=headers, allow_redirects=False, proxy=proxy, ssl=trusted
        ) as answer,
    ):
        if answer.status != 200:
            raise UploadNotRead(reason=f"http_{answer.status}")
        if answer.content_type == "text/html":
            # Slack's page to sign in stands in for a file that the token may not read.
            raise UploadNotAllowed(reason="not_signed_in")
        taken = 0
        with path.open("wb") as target:
            async for data in answer.content.iter_chunked(_CHUNK):
                taken += len(data)
                if taken > _LARGEST:
                    raise UploadTooLarge(limit=LARGEST_MB)
                target.write(data)
