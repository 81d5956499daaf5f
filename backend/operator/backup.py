"""Write database and files to one file. The secret key is not in it: keep that apart. Nor are the keys of sealed secrets."""

import asyncio
import io
import subprocess
import tarfile
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

import asyncpg
import msgspec

from backend.clock import real_now
from backend.files import FileMissing, get, list_keys
from backend.operator.backup_file import (
    DUMP,
    FILES,
    FORMAT,
    MANIFEST,
    Manifest,
    key_mark,
    open_store,
    partial,
    roles_of,
)
from backend.operator.embedded import completed
from backend.operator.postgres_programs import environment, program, without_password
from backend.operator.trouble import CannotDo, plain_database_trouble
from backend.settings import Settings


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the file to write; it must not exist")


def run(settings: Settings, arguments: Namespace) -> int:
    settings = completed(settings)
    target: Path = arguments.file
    if target.exists():
        raise CannotDo(f"{target} is there already: nothing was overwritten.")
    if not target.absolute().parent.is_dir():
        raise CannotDo(f"There is no folder {target.absolute().parent}.")
    with plain_database_trouble(settings.owner_database_url):
        migrations = asyncio.run(_migrations(settings.owner_database_url))
    unfinished = partial(target)
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    try:
        files = _write(settings, unfinished, migrations)
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)
    print(f"{target} holds the database and {files} files. The secret key is not in it: keep it apart.")
    return 0


def _write(settings: Settings, target: Path, migrations: list[str]) -> int:
    """The database first, then the files: each file that its rows name is in it, unless deleted meanwhile."""
    manifest = Manifest(
        format=FORMAT,
        made_at=real_now().isoformat(timespec="seconds"),
        migrations=migrations,
        roles=roles_of(settings),
        key_mark=key_mark(settings),
    )
    with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as tar, tempfile.TemporaryDirectory() as folder:
        _add(tar, MANIFEST, msgspec.json.encode(manifest))
        dump = Path(folder) / DUMP
        _dump(settings.owner_database_url, dump)
        tar.add(dump, DUMP, filter=_private)
        open_store(settings)
        return asyncio.run(_add_files(tar))


async def _add_files(tar: tarfile.TarFile) -> int:
    number = 0
    for key in await list_keys():
        try:
            data = await get(key)
        except FileMissing:  # Deleted since the list was made.
            continue
        _add(tar, FILES + key, data)
        number += 1
    return number


async def _migrations(url: str) -> list[str]:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        return [each["name"] for each in await connection.fetch("select name from schema_migrations order by name")]
    finally:
        await connection.close()


def _dump(url: str, file: Path) -> None:
    """As the owner, whose policy shows every tenant's rows; pg_dump would refuse row security by itself.

    The keys of sealed secrets stay behind, so that what is destroyed here is destroyed in every backup too.
    """
    ran = subprocess.run(
        [program("pg_dump"), "--format=custom", "--no-owner", "--enable-row-security", "--exclude-table-data=secret_keys", f"--file={file}",
         "--dbname", without_password(url)],
        env=environment(url), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode != 0:
        raise CannotDo(f"The database could not be written: {ran.stderr.strip()}")


def _private(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.mode, entry.uid, entry.gid, entry.uname, entry.gname = 0o600, 0, 0, "", ""
    return entry


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    entry.mtime = int(real_now().timestamp())
    tar.addfile(_private(entry), io.BytesIO(data))
