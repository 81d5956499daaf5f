"""The threat model names a test for each threat, and the tests that it names are there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MODEL = ROOT / "infra" / "decisions" / "0014-threats-to-proof.md"
_ROW = re.compile(r"^\| (?!threat |---)(?P<threat>[^|]+) \| (?P<holds>[^|]+) \| (?P<tests>[^|]+) \|$", re.MULTILINE)
_TEST = re.compile(r"`([a-z0-9_/]+\.py)::(test_[a-z0-9_]+)`")


def _tests_of(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text())
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }


def test_every_threat_has_a_test_that_is_there() -> None:
    rows = list(_ROW.finditer(MODEL.read_text()))
    assert len(rows) >= 25
    for found in rows:
        named = _TEST.findall(found["tests"])
        assert named, found["threat"]
        for file, test in named:
            assert test in _tests_of(file), f"{file}::{test}"


def test_every_file_of_attacks_stands_in_the_model() -> None:
    model = MODEL.read_text()
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        if file != Path(__file__):
            assert file.name in model, file.name
