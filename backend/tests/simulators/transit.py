"""A key service over real HTTP: the Transit interface of Vault, with keys that never leave it. Away or refusing on demand."""

import base64
import json
import secrets
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TOKEN = "hvs.of-the-simulator"


@dataclass
class TransitSimulator:
    """A Vault with one key in the mount `transit`, under a name. `status`: what it answers instead, when set."""

    name: str = "countersign"
    token: str = TOKEN
    status: int | None = None
    altered: int = 400
    asked: list[str] = field(default_factory=list)
    _versions: list[bytes] = field(default_factory=lambda: [secrets.token_bytes(32)])

    def __enter__(self) -> Self:
        simulator = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
                status, answer = simulator._answer(self.path, self.headers.get("X-Vault-Token", ""), body)
                raw = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's word)
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1/transit/{self.name}"

    def rotate(self) -> None:
        """A new version of the key: it wraps from now on, older ones still open theirs."""
        self._versions.append(secrets.token_bytes(32))

    def _answer(self, path: str, token: str, question: dict[str, str]) -> tuple[int, dict[str, Any]]:
        verb = path.removeprefix("/v1/transit/").removesuffix(f"/{self.name}")
        self.asked.append(verb)
        if self.status is not None:
            return self.status, {"errors": ["Vault is sealed"]}
        if token != self.token:
            return 403, {"errors": ["permission denied"]}
        place = base64.b64decode(question["associated_data"])
        if verb == "encrypt":
            nonce, version = secrets.token_bytes(12), len(self._versions)
            sealed = nonce + AESGCM(self._versions[-1]).encrypt(nonce, base64.b64decode(question["plaintext"]), place)
            return 200, {"data": {"ciphertext": f"vault:v{version}:{base64.b64encode(sealed).decode()}"}}
        if verb != "decrypt":
            return 404, {"errors": ["unsupported path"]}
        _, version_name, rest = question["ciphertext"].split(":")
        sealed = base64.b64decode(rest)
        try:
            plain = AESGCM(self._versions[int(version_name[1:]) - 1]).decrypt(sealed[:12], sealed[12:], place)
        except InvalidTag:
            return self.altered, {"errors": ["cipher: message authentication failed"]}
        return 200, {"data": {"plaintext": base64.b64encode(plain).decode()}}
