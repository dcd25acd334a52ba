"""The web application: the queue's page, its data, the report with pages to decide on, and the way in for decisions."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from parsers.model.errors import BranchPlansError
from pipeline.decisions.decision import Decision, shown_faults
from pipeline.review.desk import Desk
from pipeline.review.guard import Guard
from pipeline.review.presence import hold, in_hand
from pipeline.review.screen import asset, screen

LONGEST_BODY = 4_000_000
"""Bytes of one message: some thousand decisions kept while the server could not be reached."""

_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".webp": "image/webp",
    ".txt": "text/plain; charset=utf-8",
}
Handler = Callable[[Request], Awaitable[Response]]


def application(desk: Desk, *, secret: str, port: int, by: str) -> Guard:
    """The application over ``desk`` for one address; ``by`` is whose decisions they are until the screen says else."""

    async def page(_: Request) -> Response:
        return Response(screen(by), media_type="text/html")

    async def assets(request: Request) -> Response:
        found = asset(request.path_params["name"], desk.output)
        kind = _KINDS.get(PurePosixPath(request.path_params["name"]).suffix)
        return _missing() if found is None or kind is None else Response(found, media_type=kind)

    async def queue(_: Request) -> Response:
        return JSONResponse(await run_in_threadpool(desk.queue_data))

    async def item(request: Request) -> Response:
        found = await run_in_threadpool(desk.item_data, request.path_params["key"])
        return _missing() if found is None else JSONResponse(found)

    async def document(request: Request) -> Response:
        found = await run_in_threadpool(desk.document, request.path_params["document_id"])
        if found is None:
            return _missing()
        return JSONResponse({"by": by, "decisions": desk.decisions_on(found.sha256)})

    async def state(_: Request) -> Response:
        return JSONResponse(await run_in_threadpool(_state, desk))

    async def decide(request: Request) -> Response:
        said = await _body(request)
        try:
            decisions = [Decision.model_validate(one) for one in said]
        except (ValidationError, TypeError) as error:
            why = shown_faults(error) if isinstance(error, ValidationError) else str(error)
            return JSONResponse({"error": why}, status_code=422)
        return JSONResponse({"new": await run_in_threadpool(desk.decide, decisions)})

    async def take_in_hand(request: Request) -> Response:
        said = await _body(request)
        if not isinstance(said, dict) or not str(said.get("session", "")).isalnum():
            return JSONResponse({"error": "no session"}, status_code=422)
        await run_in_threadpool(hold, desk.output, said["session"][:64], str(said.get("by"))[:100], said.get("item"))
        return JSONResponse({})

    async def report(request: Request) -> Response:
        return await run_in_threadpool(_report_file, desk.output / "report", request.path_params["path"])

    inner = Starlette(
        routes=[
            Route("/", page),
            Route("/assets/{name}", assets),
            Route("/api/queue", queue),
            Route("/api/items/{key}", item),
            Route("/api/documents/{document_id}", document),
            Route("/api/state", state),
            Route("/api/decisions", decide, methods=["POST"]),
            Route("/api/in-hand", take_in_hand, methods=["POST"]),
            Route("/report/{path:path}", report),
        ],
        exception_handlers={BranchPlansError: _explained, _BadBodyError: _explained},
    )
    return Guard(inner, secret=secret, port=port)


class _BadBodyError(Exception):
    """A message that cannot be read."""


async def _body(request: Request) -> Any:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_BODY:
            raise _BadBodyError("The message is too long.")
    try:
        return json.loads(bytes(body))
    except ValueError as error:
        raise _BadBodyError("The message is no JSON.") from error


async def _explained(_: Request, error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, status_code=400 if isinstance(error, _BadBodyError) else 503)


def _state(desk: Desk) -> dict[str, Any]:
    """What may change while a screen is open: the run, the decisions on items, who has what in hand."""
    queue = desk.queue_data()
    decided = {line["key"]: line["decision"] for line in queue.pop("items") if line["decision"]}
    return {**queue, "decided": decided, "hands": in_hand(desk.output)}


def _report_file(report: Path, path: str) -> Response:
    found = (report / path).resolve()
    kind = _KINDS.get(found.suffix)
    if kind is None or not found.is_relative_to(report.resolve()) or not found.is_file():
        return _missing()
    return FileResponse(found, media_type=kind)


def _missing() -> Response:
    return PlainTextResponse("There is nothing here.", status_code=404)
