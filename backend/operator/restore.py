"""Read database and files back from a backup, into an empty database or, with --force, in place of what is there."""

import asyncio
import subprocess
import tarfile
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

import asyncpg
import msgspec

from backend.files import put
from backend.operator.backup_file import DUMP, FILES, FORMAT, MANIFEST, Manifest, key_mark, open_store, roles_of
from backend.operator.embedded import completed
from backend.operator.postgres_programs import environment, program, without_password
from backend.operator.trouble import CannotDo, plain_database_trouble
from backend.settings import Settings


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a file that the verb backup wrote")
    parser.add_argument("--force", action="store_true", help="replace what the database holds")


def run(settings: Settings, arguments: Namespace) -> int:
    settings = completed(settings)
    with _opened(arguments.file) as tar, tempfile.TemporaryDirectory() as folder:
        manifest = _manifest(tar, arguments.file)
        if manifest.roles != roles_of(settings):
            raise CannotDo(
                f"The backup was made with the roles {', '.join(manifest.roles)}; here they are "
                f"{', '.join(roles_of(settings))}. Restore with roles of the same names."
            )
        with plain_database_trouble(settings.owner_database_url):
            asyncio.run(_require_room(settings.owner_database_url, force=arguments.force))
        dump = Path(folder) / DUMP
        try:
            tar.extract(DUMP, folder, filter="data")
        except (KeyError, tarfile.TarError, OSError) as error:
            raise CannotDo(f"{arguments.file} is damaged: {error}") from None
        # Files before rows: a file that no row names does no harm, a row without its file does.
        open_store(settings)
        files = asyncio.run(_put_files(tar))
        _load(settings.owner_database_url, dump)
    print(f"The database of {manifest.made_at} and {files} files are back. Run the verbs migrate and doctor now.")
    if manifest.key_mark != key_mark(settings):
        print(
            "The secret key is not the one of the backup: card digits, mailed links and reply addresses of that time "
            "are worth nothing with this one."
        )
    return 0


def _opened(path: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(path, "r:")
    except FileNotFoundError:
        raise CannotDo(f"There is no file {path}.") from None
    except (tarfile.TarError, OSError) as error:
        raise CannotDo(f"{path} is not a backup: {error}") from None


def _manifest(tar: tarfile.TarFile, path: Path) -> Manifest:
    try:
        member = tar.extractfile(MANIFEST)
        manifest = msgspec.json.decode(member.read() if member else b"", type=Manifest)
    except (KeyError, tarfile.TarError, msgspec.DecodeError) as error:
        raise CannotDo(f"{path} is not a backup: {error}") from None
    if manifest.format != FORMAT:
        raise CannotDo(f"{path} has the format {manifest.format}; this program reads {FORMAT}.")
    return manifest


async def _require_room(url: str, *, force: bool) -> None:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        tables = await connection.fetchval(
            "select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
        )
        if tables and not force:
            raise CannotDo("The database is not empty: nothing was changed. --force replaces what it holds.")
        others = await connection.fetchval(
            "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() "
            "and usename is not null"  # The server's own workers have none.
        )
        if others:
            raise CannotDo(f"The database has {others} other sessions: stop web, worker and mail listener first.")
    finally:
        await connection.close()


async def _put_files(tar: tarfile.TarFile) -> int:
    number = 0
    for entry in tar:
        if entry.isfile() and entry.name.startswith(FILES):
            content = tar.extractfile(entry)
            if content is not None:
                await put(entry.name.removeprefix(FILES), content.read())
                number += 1
    return number


def _load(url: str, dump: Path) -> None:
    """In one transaction: after a failure everything is as it was."""
    sql = dump.with_suffix(".sql")
    _run([program("pg_restore"), "--no-owner", f"--file={sql}", str(dump)], url)
    _run(
        [program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-o", "/dev/null",
         "-c", "drop schema public cascade", "-c", "create schema public", "-f", str(sql),
         "--dbname", without_password(url)],
        url,
    )  # fmt: skip


def _run(command: list[str], url: str) -> None:
    ran = subprocess.run(command, env=environment(url), capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        raise CannotDo(f"The database could not be restored, and is as it was: {ran.stderr.strip()}")
