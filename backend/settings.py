"""Every setting of the service, read from the environment once; nobody else reads it.

Each name below is an environment variable with the prefix ``COUNTERSIGN_`` in capitals.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal


class SettingsError(Exception):
    """A setting is missing or cannot be read; the message names it and says what it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings, typed. The line under each says what it means."""

    environment: Literal["development", "production"] = "development"
    """`production` makes cookies Secure, hides details and freezes the business clock to real time."""
    host: str = "127.0.0.1"
    """Address that the web server listens on."""
    port: int = 8080
    """Port of the web server."""
    web_workers: int = 1
    """Web processes."""
    data_dir: Path = Path("var")
    """Folder of the embedded servers, logs, stored files and generated secrets."""
    database_url: str = ""
    """PostgreSQL as the application's role: sees one tenant at a time. Empty: the embedded server."""
    owner_database_url: str = ""
    """PostgreSQL as the owner of the tables: migrations, backup, restore."""
    system_database_url: str = ""
    """PostgreSQL as the system role: relay, clock, operator verbs."""
    database_pool: int = 8
    """Connections that one process keeps at most."""
    redis_url: str = ""
    """Redis: wake-up of jobs and live updates. Empty: the embedded server."""
    smtp_url: str = "smtp://127.0.0.1:1025"
    """Server that takes outgoing mail: smtp://user:password@host:port, smtps:// for TLS, ?starttls=1 to require STARTTLS."""
    mail_host: str = "127.0.0.1"
    """Address that the listener for incoming mail listens on."""
    mail_port: int = 2525
    """Port of the listener for incoming mail."""
    trusted_mail_relays: str = ""
    """Addresses or networks, separated by commas, of mail relays whose Authentication-Results are believed; see infra/deploy."""
    mail_authserv_id: str = ""
    """Name under which these relays write Authentication-Results (RFC 8601)."""
    mail_catcher_port: int = 1025
    """Port on which the mail catcher of development takes mail."""
    mail_page_port: int = 8025
    """Port of the page on which caught mail can be read."""
    secret_key: str = ""
    """Key of at least 32 characters from which the keys for links, reply addresses and card digits are derived."""
    master_keys: str = ""
    """Master keys that wrap the companies' own keys: base64 of 32 bytes each, separated by commas, today's first. Empty: derived from the secret key."""
    key_service_url: str = ""
    """Key of a key service that holds the master key instead, by the Transit interface of Vault and OpenBao: https://vault.example:8200/v1/transit/NAME."""
    key_service_token: str = ""
    """Token that the key service takes; or @ and the path of a file that holds it, which an agent renews."""
    public_scheme: Literal["http", "https"] = "http"
    """Scheme of the addresses in mails."""
    public_port: int = 0
    """Port in the addresses in mails; 0: the port of the web server in development, none in production."""
    trusted_proxies: str = ""
    """Addresses of proxies, separated by commas, whose X-Forwarded-For is believed."""
    stripe_api_base: str = ""
    """Address at which Stripe is asked, for a stand-in of its API; empty: Stripe's own."""
    private_panels: bool = False
    """Lets hosting panels be asked at private addresses and without TLS in production too; development does."""
    session_days: int = 14
    """Days after which a sign-in ends."""
    compiled_execution: bool = True
    """Runs plain GraphQL selections by a compiled function; see infra/decisions."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """What is worth a line in the log."""
    files_url: str = ""
    """Store of files: s3://bucket/prefix or a folder; empty: the folder `files` in the data folder."""
    files_host: str = ""
    """Host name from which attachments are downloaded, best under a domain of its own; empty: the portal's, in a sandbox."""
    clamd_url: str = ""
    """ClamAV's daemon, which scans attachments: tcp://host:port or unix:/path; empty: nothing is scanned."""

    @property
    def production(self) -> bool:
        return self.environment == "production"

    def origin(self, host: str) -> str:
        """The address of a portal as people type it, without a slash at the end."""
        port = self.public_port or (0 if self.production else self.port)
        default = 443 if self.public_scheme == "https" else 80
        return f"{self.public_scheme}://{host}" + (f":{port}" if port and port != default else "")


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Raises:
        SettingsError: a value cannot be read, or production lacks a secret key.
    """
    source = os.environ if environment is None else environment
    values: dict[str, object] = {}
    for field in fields(Settings):
        name = f"COUNTERSIGN_{field.name.upper()}"
        raw = source.get(name, "").strip()
        if raw:
            values[field.name] = _read(name, field.default, raw)
    settings = Settings(**values)  # type: ignore[arg-type]
    if settings.environment not in ("development", "production"):
        raise SettingsError("COUNTERSIGN_ENVIRONMENT takes development or production")
    if settings.production and len(settings.secret_key) < 32:
        raise SettingsError("COUNTERSIGN_SECRET_KEY needs at least 32 characters in production")
    return settings


def _read(name: str, default: object, raw: str) -> object:
    try:
        if isinstance(default, bool):
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[raw.lower()]
        if isinstance(default, int):
            return int(raw)
        if isinstance(default, Path):
            return Path(raw)
    except (KeyError, ValueError):
        raise SettingsError(f"{name} cannot be read: {raw!r}") from None
    return raw
