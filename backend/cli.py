"""The operator's command: `python -m backend.cli VERB`. One module a verb, in `backend/operator/`, loaded when asked for."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from importlib import import_module
from typing import Final, Protocol, cast

from backend.operator.trouble import CannotDo
from backend.settings import Settings, SettingsError, read_settings

VERBS: Final[dict[str, str]] = {
    "up": "run everything, until Ctrl-C",
    "migrate": "bring the database to this version",
    "web": "serve portals, desk and API",
    "worker": "run relay, timers and mail out",
    "mail-listener": "take incoming mail by SMTP",
    "mail": "take a mail from standard input and say what became of it",
    "demo": "load the demo tenants",
    "tenant": "create a tenant",
    "schema": "write or check schema.graphql",
    "settings": "write or check the table of settings",
    "doctor": "check database, roles, row security, constraints, the chain of proofs, Redis, mail and time",
    "erase-proofs": "erase who gave proofs, and keep the proofs",
    "backup": "write database and files to one file",
    "restore": "read them back from such a file",
    "keys": "rotate the companies' keys, or wrap them by today's master key",
    "leaks": "say what the leak guard would seal in JSON lines of text",
    "thanks": "say of JSON lines of text which only thank",
    "clock": "move the business clock ahead (development)",
}


class Verb(Protocol):
    """What each module of `backend/operator/` named after a verb offers."""

    def add_arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, settings: Settings, arguments: Namespace) -> int: ...


def main(words: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code. Whatever can be expected to go wrong is said in a sentence."""
    words = sys.argv[1:] if words is None else list(words)
    chosen = words[0] if words and words[0] in VERBS else None
    parser = ArgumentParser(prog="python -m backend.cli", description=__doc__, allow_abbrev=False)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verb: Verb | None = None
    for name, line in VERBS.items():
        of_verb = verbs.add_parser(name, help=line, description=line.capitalize() + ".", allow_abbrev=False)
        if name == chosen:
            verb = cast(Verb, import_module(f"backend.operator.{name.replace('-', '_')}"))
            verb.add_arguments(of_verb)
    arguments = parser.parse_args(words)
    if verb is None:
        parser.error(f"give one of: {', '.join(VERBS)}")
    try:
        code = verb.run(read_settings(), arguments)
        sys.stdout.flush()
    except (CannotDo, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # Whoever read our lines, `head` for instance, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return code


if __name__ == "__main__":
    sys.exit(main())
