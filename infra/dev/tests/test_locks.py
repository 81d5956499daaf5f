from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def locked(name: str) -> dict[str, str]:
    """Package -> the pinned line without hashes. Fails on a line that is neither a pin nor a hash."""
    pins = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / name).read_text().strip()):
        lines = [line.strip(" \\") for line in entry.splitlines()]
        assert re.fullmatch(r"[a-z0-9._-]+(\[[a-z0-9,-]+\])?==\S+( ; .+)?", lines[0]), lines[0]
        assert len(lines) > 1, f"{lines[0]} has no hash"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in lines[1:]), entry
        pins[re.split(r"[\[=]", lines[0])[0]] = lines[0].split(" ;")[0].split("==")[1]
    return pins


def chosen(name: str) -> dict[str, str]:
    pins = {}
    for line in (ROOT / name).read_text().splitlines():
        found = re.fullmatch(r"([A-Za-z0-9._-]+)(?:\[[a-z]+\])?==(\S+)(?: ;.*)?", line)
        if found is None:
            assert line == "" or line.startswith(("#", "-r ")), f"not an exact pin: {line}"
        else:
            pins[found[1].lower()] = found[2]
    return pins


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "package-lock.json"])
def test_a_lock_file_names_no_address_to_download_from(name: str) -> None:
    content = (ROOT / name).read_text()
    if name == "package-lock.json":
        packages = json.loads(content)["packages"]
        assert [path for path, package in packages.items() if "resolved" in package] == []
        missing = [path for path, package in packages.items() if path and "integrity" not in package]
        assert missing == []
    else:
        assert "://" not in content
        assert "index" not in content


def test_python_locks_hold_what_was_chosen_and_agree_with_each_other() -> None:
    runtime, development = locked("requirements.txt"), locked("requirements-dev.txt")
    assert chosen("requirements.in").items() <= runtime.items()
    assert chosen("requirements-dev.in").items() <= development.items()
    assert runtime.items() <= development.items()
