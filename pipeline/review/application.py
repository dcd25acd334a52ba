"""The web application: the queue's page, its data, the report with pages to decide on, and the way in for decisions."""

from __future__ import annotations

import json
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


def application(desk: Desk, *, secret: str, port: int, by: str) -> Guard:
    """The application over ``desk`` for one address; ``by`` is whose decisions they are until the screen says else."""
    answers = _Answers(desk, by)
    inner = Starlette(
        routes=[
            Route("/", answers.page),
            Route("/assets/{name}", answers.asset),
            Route("/api/queue", answers.queue),
            Route("/api/items/{key}", answers.item),
            Route("/api/documents/{document_id}", answers.document),
            Route("/api/state", answers.state),
            Route("/api/decisions", answers.decide, methods=["POST"]),
            Route("/api/in-hand", answers.take_in_hand, methods=["POST"]),
            Route("/report/{path:path}", answers.report),
        ],
        exception_handlers={BranchPlansError: _explained, _BadBodyError: _explained},
    )
    return Guard(inner, secret=secret, port=port)


class _Answers:
    """What each address answers."""

    def __init__(self, desk: Desk, by: str) -> None:
        self._desk = desk
        self._by = by

    async def page(self, _: Request) -> Response:
        return Response(screen(self._by), media_type="text/html")

    async def asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        found, kind = asset(name, self._desk.output), _KINDS.get(PurePosixPath(name).suffix)
        return _missing() if found is None or kind is None else Response(found, media_type=kind)

    async def queue(self, _: Request) -> Response:
        return JSONResponse(await run_in_threadpool(self._desk.queue_data))

    async def item(self, request: Request) -> Response:
        found = await run_in_threadpool(self._desk.item_data, request.path_params["key"])
        return _missing() if found is None else JSONResponse(found)

    async def document(self, request: Request) -> Response:
        found = await run_in_threadpool(self._desk.document, request.path_params["document_id"])
        if found is None:
            return _missing()
        return JSONResponse({"by": self._by, "decisions": self._desk.decisions_on(found.sha256)})

    async def state(self, _: Request) -> Response:
        return JSONResponse(await run_in_threadpool(_state, self._desk))

    async def decide(self, request: Request) -> Response:
        said = await _body(request)
        try:
            decisions = [Decision.model_validate(one) for one in said]
        except (ValidationError, TypeError) as error:
            why = shown_faults(error) if isinstance(error, ValidationError) else str(error)
            return JSONResponse({"error": why}, status_code=422)
        return JSONResponse({"new": await run_in_threadpool(self._desk.decide, decisions)})

    async def take_in_hand(self, request: Request) -> Response:
        said = await _body(request)
        if not isinstance(said, dict) or not str(said.get("session", "")).isalnum():
            return JSONResponse({"error": "no session"}, status_code=422)
        session, by = str(said["session"])[:64], str(said.get("by"))[:100]
        await run_in_threadpool(hold, self._desk.output, session, by, said.get("item"))
        return JSONResponse({})

    async def report(self, request: Request) -> Response:
        return await run_in_threadpool(_report_file, self._desk.output / "report", request.path_params["path"])


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
