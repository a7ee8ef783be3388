"""A file as an answer. Others may replace it, shorten it or take it away while it is sent: half a file is none."""

from __future__ import annotations

import logging
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse
from starlette.types import Message, Receive, Scope, Send

__all__ = ["LOG", "SentFile"]

LOG: Final = logging.getLogger("uvicorn.error")
"""Where the server writes what went wrong. Whoever breaks an answer off says why; that it was broken off needs no second line."""
LOG.addFilter(lambda record: record.msg != "ASGI callable returned without completing response.")


class SentFile(FileResponse):
    """The answer with a file. Where it becomes longer or shorter on the way, the connection breaks."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it.

        Raises:
            HTTPException: it is gone, and nothing has been sent yet.
        """
        begun, left = False, 0

        async def counted(message: Message) -> None:
            nonlocal begun, left
            if message["type"] == "http.response.start":
                begun, left = True, int(Headers(raw=message["headers"])["content-length"])
            elif scope["method"] != "HEAD":
                left -= len(message["body"])
                if left < 0 or (left > 0 and not message["more_body"]):
                    raise OSError("Its length is not what was announced.")
            await send(message)

        try:
            await super().__call__(scope, receive, counted)
        except (OSError, RuntimeError) as error:  # RuntimeError: starlette's own, for a file that is gone
            if not begun:
                raise HTTPException(404, "The file has just been replaced or removed. Ask again.") from error
            LOG.error(f"{self.path}: The file was changed while it was sent, so the answer was broken off.")
