"""Write the table of settings to docs/settings.md, or check that the file is fresh."""

import ast
from argparse import ArgumentParser, Namespace
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

from backend import settings as module
from backend.settings import Settings

FILE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
_HEAD = """# Settings

Every setting is an environment variable. `npm start` needs none of them. This page is written by `npm run settings`.

| variable | default | meaning |
|---|---|---|
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when the file is not fresh")


def run(settings: Settings, arguments: Namespace) -> int:
    text = table()
    fresh = FILE.exists() and FILE.read_text() == text
    if not arguments.check and not fresh:
        FILE.write_text(text)
    if arguments.check:
        print(f"{FILE.name} is {'fresh' if fresh else 'not fresh: run `npm run settings` and commit it'}.")
    return 1 if arguments.check and not fresh else 0


def table() -> str:
    """The settings with their defaults and the line that stands under each in backend/settings.py."""
    meanings = _meanings()
    rows = (
        f"| `COUNTERSIGN_{field.name.upper()}` | {_shown(field.default)} | {meanings[field.name].replace('|', '/')} |\n"
        for field in fields(Settings)
    )
    return _HEAD + "".join(rows)


def _shown(default: object) -> str:
    text = str(default).lower() if isinstance(default, bool) else str(default)
    return f"`{text}`" if text else ""


def _meanings() -> dict[str, str]:
    """The string under each field of the class, which Python itself forgets."""
    tree = ast.parse(Path(module.__file__).read_text())
    body = next(each for each in tree.body if isinstance(each, ast.ClassDef) and each.name == "Settings").body
    found: dict[str, str] = {}
    for field, under in pairwise(body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(under, ast.Expr)
            and isinstance(under.value, ast.Constant)
        ):
            found[field.target.id] = " ".join(str(under.value.value).split())
    return found
