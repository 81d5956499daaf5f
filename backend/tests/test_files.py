"""Files are kept under their keys and nowhere else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.files import FileMissing, close_files, delete, get, list_keys, open_files, put


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[Path]:
    open_files(tmp_path / "files")
    yield tmp_path / "files"
    close_files()


async def test_what_was_put_is_got_back_whole_and_again_after_a_new_opening(store: Path) -> None:
    data = bytes(range(256)) * 50_000
    await put("tenant/mail/one", data)
    open_files(str(store))
    assert await get("tenant/mail/one") == data
    await put("tenant/mail/one", b"")
    assert await get("tenant/mail/one") == b""


async def test_a_missing_file_says_so_and_deleting_it_is_no_error() -> None:
    with pytest.raises(FileMissing):
        await get("tenant/none")
    await delete("tenant/none")
    await put("tenant/some", b"1")
    await delete("tenant/some")
    with pytest.raises(FileMissing):
        await get("tenant/some")


async def test_keys_are_listed_by_whole_segments() -> None:
    for key in ("b/2", "a/1", "a/deep/2", "ab/3"):
        await put(key, b"x")
    assert await list_keys("a") == ["a/1", "a/deep/2"]
    assert await list_keys() == ["a/1", "a/deep/2", "ab/3", "b/2"]


async def test_no_key_reaches_outside_the_folder(store: Path) -> None:
    secret = store.parent / "secret"
    secret.write_text("not a stored file")
    with pytest.raises(Exception, match=r"(?i)path|missing|segment|\.\."):
        await get("../secret")


async def test_without_a_store_the_call_says_what_is_wrong() -> None:
    close_files()
    with pytest.raises(RuntimeError, match="not open"):
        await get("a")
