"""Write the GraphQL schema to schema.graphql, or check that the file is fresh."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from backend.graphql.schema import schema
from backend.settings import Settings

FILE = Path(__file__).resolve().parents[2] / "schema.graphql"


def add_arguments(parser: ArgumentParser) -> None:
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--check", action="store_true", help="change nothing; exit 1 when the file is not fresh")
    how.add_argument("--print", action="store_true", help="print it instead of writing the file")


def run(settings: Settings, arguments: Namespace) -> int:
    text = schema.as_str().rstrip("\n") + "\n"
    if arguments.print:
        print(text, end="")
        return 0
    fresh = FILE.exists() and FILE.read_text() == text
    if arguments.check:
        print(f"{FILE.name} is {'fresh' if fresh else 'not fresh: run `npm run schema` and commit it'}.")
        return 0 if fresh else 1
    if not fresh:
        FILE.write_text(text)
    print(f"{FILE.name} {'was fresh' if fresh else 'is written'}.")
    return 0
