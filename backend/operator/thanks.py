"""Try the recogniser of thanks: JSON lines `{"text": ...}` from standard input, whether each only thanks and why."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator

import msgspec

from backend.settings import Settings
from backend.tickets.thanks.judge import judge


class Line(msgspec.Struct):
    """One line of the input; other fields are left alone."""

    text: str


def add_arguments(parser: ArgumentParser) -> None:
    parser.epilog = (
        "The text is the whole of a message, its quotations and signature too. "
        'Try: echo \'{"text": "Great, thanks!"}\' | python -m backend.cli thanks'
    )


def run(settings: Settings, arguments: Namespace) -> int:
    for answer in answers(sys.stdin.buffer):
        sys.stdout.buffer.write(answer + b"\n")
        sys.stdout.buffer.flush()
    return 0


def answers(lines: Iterable[bytes]) -> Iterator[bytes]:
    """A line for each line that is not blank; one that cannot be read gets its error, and the next its turn."""
    decoder = msgspec.json.Decoder(Line)
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            line = decoder.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield msgspec.json.encode({"error": f"Line {number} is no JSON object with a text: {error}"})
            continue
        judgement = judge(line.text)
        yield msgspec.json.encode({"thanks": judgement.thanks, "why": judgement.sentence})
