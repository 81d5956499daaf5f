"""Hosting panels over real HTTP: a WHMCS and a generic one, with users of their own. Slow, failing or lying on demand."""

import json
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs

from backend.accounts.secret import Secret
from backend.panels.connectors import SIGNATURE, sign

SECRET = "a secret of the panel"
IDENTIFIER = "an identifier"


@dataclass
class PanelSimulator:
    """A panel. `mode` says how it answers: `right`, or one of the ways in which panels go wrong."""

    users: dict[str, str] = field(default_factory=dict)
    mode: str = "right"
    seconds: float = 0.0
    asked: list[dict[str, Any]] = field(default_factory=list)
    certificate: tuple[Path, Path] | None = None

    def __enter__(self) -> Self:
        simulator = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                time.sleep(simulator.seconds)
                simulator._answer(self, body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's word)
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        if self.certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self.certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"{'https' if self.certificate else 'http'}://127.0.0.1:{self._server.server_address[1]}"

    def _answer(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        ours = self._whmcs(body) if handler.path.endswith("/includes/api.php") else self._generic(handler, body)
        status, answer = ours if self.mode == "right" else self._wrong(handler)
        try:
            handler.send_response(status)
            if self.mode == "redirects":
                handler.send_header("Location", f"{self.address}/elsewhere")
            handler.send_header("Content-Length", str(len(answer) + (10_000 if self.mode == "breaks off" else 0)))
            handler.end_headers()
            for start in range(0, len(answer), 1 if self.mode == "drips" else len(answer) or 1):
                handler.wfile.write(answer[start : start + (1 if self.mode == "drips" else len(answer))])
                if self.mode == "drips":
                    time.sleep(1.0)
            if self.mode == "breaks off":
                handler.connection.shutdown(socket.SHUT_RDWR)  # What else holds the socket keeps it open.
        except OSError:
            return  # Who asked has gone away.

    def _generic(self, handler: BaseHTTPRequestHandler, body: bytes) -> tuple[int, bytes]:
        given = handler.headers.get(SIGNATURE, "")
        at = int(given.partition(",")[0].removeprefix("t=") or 0)
        if given != sign(body, Secret(SECRET), at) or abs(time.time() - at) > 300:
            return 401, b'{"error": "signature"}'
        question = json.loads(body)
        self.asked.append(question)
        return 200, json.dumps({"valid": self.users.get(question["email"]) == question["password"]}).encode()

    def _whmcs(self, body: bytes) -> tuple[int, bytes]:
        question = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        if (question["identifier"], question["secret"]) != (IDENTIFIER, SECRET):
            return 403, b'{"result": "error", "message": "Authentication Failed"}'
        assert (question["action"], question["responsetype"]) == ("ValidateLogin", "json")
        self.asked.append(question)
        if self.users.get(question["email"]) != question["password2"]:
            return 200, b'{"result": "error", "message": "Email or Password Invalid"}'
        return 200, b'{"result": "success", "userid": 7, "passwordhash": "x", "twoFactorEnabled": false}'

    def _wrong(self, handler: BaseHTTPRequestHandler) -> tuple[int, bytes]:
        return {
            "believes anything": (200, b'{"valid": true, "result": "success", "userid": 1}'),
            "fails": (500, b"Internal Server Error"),
            "is no panel": (200, b"<!doctype html><title>Welcome</title>"),
            "answers another thing": (200, b'{"valid": "yes", "result": "success", "userid": 0}'),
            "is long": (200, b"x" * 100_000),
            "redirects": (302, b""),
            "drips": (200, b'{"valid": true}' + b" " * 30),
            "breaks off": (200, b'{"valid": true}'),
            "refuses us": (403, b'{"result": "error", "message": "Invalid IP 127.0.0.1"}'),
        }[self.mode]
