"""Figures in `results.json` and as a table, each with its promise where there is one."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

RESULTS: Final = Path(__file__).parent / "results.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line. `value` is what the promise is about: p50, MiB or seconds."""

    name: str
    title: str
    unit: str
    value: float
    concurrency: int | None = None
    p95: float | None = None
    per_second: float | None = None
    hello: float | None = None
    floor: float | None = None
    ratio: float | None = None
    promise: str = ""
    kept: bool | None = None


def write(figures: list[Figure], run: dict[str, Any], path: Path = RESULTS, *, beside: bool = False) -> None:
    """Keep the figures of this number of tickets; those of other numbers stay as they were.

    `beside` keeps what else was measured of this number too; each figure has its own date and commit.
    """
    kept = json.loads(path.read_text()) if path.exists() else {}
    common = {"tickets": run["tickets"], "date": run["date"], "commit": run["commit"]}
    before = kept.get(str(run["tickets"]), {}) if beside else {}
    measured = {
        each.name: {
            **{name: _rounded(value) for name, value in asdict(each).items() if value not in (None, "")},
            **common,
        }
        for each in figures
    }
    kept[str(run["tickets"])] = {"run": before.get("run", run), "figures": before.get("figures", {}) | measured}
    path.write_text(json.dumps(dict(sorted(kept.items(), key=lambda item: int(item[0]))), indent=2) + "\n")


def table(figures: list[Figure]) -> str:
    """Lines for a terminal."""
    head = ("", "at once", "p50", "p95", "per second", "hello", "floor", "ours/floor", "promise")
    lines = [head]
    for each in figures:
        lines.append(
            (
                each.title,
                str(each.concurrency or ""),
                f"{each.value:.2f} {each.unit}",
                _cell(each.p95),
                _cell(each.per_second, "{:.0f}"),
                _cell(each.hello),
                _cell(each.floor),
                _cell(each.ratio),
                f"{each.promise} {'kept' if each.kept else 'NOT KEPT'}" if each.promise else "",
            )
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if n in (0, 8) else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _cell(value: float | None, form: str = "{:.2f}") -> str:
    return "" if value is None else form.format(value)


def _rounded(value: Any) -> Any:
    return round(value, 3) if isinstance(value, float) else value
