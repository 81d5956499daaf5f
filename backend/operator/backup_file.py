"""A backup is one tar: `manifest.json` first, then `database.dump` (of pg_dump), then `files/` by their keys."""

from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec

from backend.files import open_files
from backend.keys import keyed_hash, set_secret_key
from backend.migrate import role_of
from backend.settings import Settings

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
DUMP: Final = "database.dump"
FILES: Final = "files/"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says of itself. `key_mark` tells one secret key from another and gives nothing away."""

    format: int
    made_at: str
    migrations: list[str]
    roles: list[str]
    key_mark: str


def roles_of(settings: Settings) -> list[str]:
    """The names of the roles, which the rights in a dump are written for."""
    return [role_of(url) for url in (settings.owner_database_url, settings.system_database_url, settings.database_url)]


def key_mark(settings: Settings) -> str:
    """Tells whether two systems have the same secret key."""
    set_secret_key(settings.secret_key)
    return keyed_hash("backup", UUID(int=0).bytes).hex()[:16]


def open_store(settings: Settings) -> None:
    """Open the store of files that the settings name."""
    open_files(settings.files_url or settings.data_dir / "files")


def partial(path: Path) -> Path:
    """Where a backup is written until it is whole."""
    return path.with_name(path.name + ".unfinished")
