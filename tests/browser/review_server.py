"""The review of an output folder, served to a browser from a thread of the test."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import uvicorn

from pipeline.decisions.decision import Decision
from pipeline.decisions.journal import read_journal
from pipeline.decisions.standing import decisions_file, standing
from pipeline.review.application import application
from pipeline.review.desk import Desk

SECRET = "a-secret-of-the-test"


class ReviewServer:
    """Serves ``output`` at ``address`` until ``stop``; ``start`` serves it again at the same address."""

    def __init__(self, output: Path, *, share: float = 0.02) -> None:
        self.output = output
        self._share = share
        self._port = 0
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}/{SECRET}/"

    def start(self) -> None:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self._port))
        listening.listen()
        self._listening = listening
        self._port = listening.getsockname()[1]
        app = application(Desk(self.output, share=self._share), secret=SECRET, port=self._port, by="Aoki")
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, lifespan="off"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(10)
        self._listening.close()

    def decisions(self) -> tuple[Decision, ...]:
        """What was decided and stands."""
        return standing(read_journal(decisions_file(self.output)).decisions)
