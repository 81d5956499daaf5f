"""Try the leak guard: JSON lines `{"text": ...}` from standard input, a JSON line of what it would seal for each."""

import codecs
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator

import msgspec

from backend.secrets.leaks import find_leaks
from backend.settings import Settings


class Line(msgspec.Struct):
    """One line of the input; other fields are left alone."""

    text: str


def add_arguments(parser: ArgumentParser) -> None:
    parser.epilog = (
        'Offsets count code points. Try: echo \'{"text": "the password is Hunter-2"}\' | python -m backend.cli leaks'
    )


def run(settings: Settings, arguments: Namespace) -> int:
    for answer in answers(sys.stdin.buffer):
        sys.stdout.buffer.write(answer + b"\n")
        sys.stdout.buffer.flush()
    return 0


def answers(lines: Iterable[bytes]) -> Iterator[bytes]:
    """A line for each line that is not blank; one that cannot be read gets its error, and the next its turn."""
    decoder = msgspec.json.Decoder(Line)
    for number, line in enumerate(lines, 1):
        raw = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if not raw.strip():
            continue
        try:
            read = decoder.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield msgspec.json.encode({"error": f"Line {number} is no JSON object with a text: {error}"})
            continue
        yield msgspec.json.encode({"leaks": find_leaks(read.text)})
