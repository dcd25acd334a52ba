"""Who may talk to the review: this machine's own pages, opened with the secret that the address holds."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CONTENT = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"
)
PROTECTING: Mapping[str, str] = {
    "Content-Security-Policy": f"{_CONTENT}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Lets through what comes to this machine's own name, with the secret first in its path, from the page itself.

    The name is checked because another site's name may be made to point here; the secret because any program on the
    machine can reach the port; the origin because any page in the browser can send here. There is no cookie.
    """

    def __init__(self, app: ASGIApp, *, secret: str, port: int) -> None:
        self._app = app
        self._secret = secret
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refusal(scope)
        if refused is not None:
            await PlainTextResponse(refused, status_code=403, headers=dict(PROTECTING))(scope, receive, send)
            return

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(name.lower().encode(), value.encode()) for name, value in PROTECTING.items()]
                replaced = {name for name, _ in own}
                kept = [(name, value) for name, value in message["headers"] if name.lower() not in replaced]
                message = {**message, "headers": [*kept, *own]}
            await send(message)

        await self._app({**scope, "path": self._inner_path(scope)}, receive, send_protected)

    def _refusal(self, scope: Scope) -> str | None:
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self._hosts:
            return "This address is for programs on this machine only."
        given = scope["path"].split("/")[1] if scope["path"].startswith("/") else ""
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self._secret.encode()):
            return "The address is not the one that `branch-plans review` gave."
        origin = headers.get("origin")
        if origin is not None and origin.removeprefix("http://") not in self._hosts:
            return "Another site's page may not decide here."
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return "Another site's page may not look here."
        if scope["method"] == "POST" and headers.get("content-type", "").split(";")[0] != "application/json":
            return "Decisions come as JSON."
        return None

    def _inner_path(self, scope: Scope) -> str:
        return str(scope["path"]).removeprefix(f"/{self._secret}") or "/"
