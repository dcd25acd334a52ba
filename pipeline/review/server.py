"""Serves the review to browsers on this machine, until it is told to end."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from pathlib import Path

from parsers.model.errors import BranchPlansError
from pipeline.review.desk import Desk
from pipeline.review.sample import SHARE


class AddressError(BranchPlansError):
    """The port cannot be had."""


def serve(output: Path, *, by: str, port: int = 0, share: float = SHARE, on_ready: Callable[[str], None]) -> None:
    """Serves until Ctrl-C; ``on_ready`` is given the address once it answers. ``port`` 0 takes any that is free.

    Raises NoOutputError where ``output`` holds nothing to review, AddressError where the port is taken.
    """
    import uvicorn

    from pipeline.review.application import application
    from pipeline.store.status import last_manifest

    last_manifest(output)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
            listening.listen()
        except OSError as error:
            raise AddressError("port", {"port": port, "error": error}) from error
        own_port = listening.getsockname()[1]
        secret = secrets.token_urlsafe(24)
        desk = Desk(output, share=share)
        desk.queue()
        app = application(desk, secret=secret, port=own_port, by=by)
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", server_header=False)
        )
        on_ready(f"http://127.0.0.1:{own_port}/{secret}/")
        server.run(sockets=[listening])
