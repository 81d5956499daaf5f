"""The libraries whose insides the compiled execution knows; for any others it stays off."""

from importlib.metadata import version

WRITTEN_FOR = {"graphql-core": "3.3.2", "strawberry-graphql": "0.341.2"}


class OtherVersions(Exception):
    """Installed are other versions than those that the compiled execution was written for."""


def check_versions() -> None:
    """Do nothing when the installed libraries are those known here.

    Raises:
        OtherVersions: they are not; the message names each, and what to do.
    """
    found = {name: version(name) for name in WRITTEN_FOR}
    others = [
        f"{name} {found[name]} (written for {wanted})" for name, wanted in WRITTEN_FOR.items() if found[name] != wanted
    ]
    if others:
        raise OtherVersions(
            f"Compiled execution does not know {' and '.join(others)}. Read what changed in the executor, run "
            "backend/tests/graphql/test_compiled_*.py, then raise WRITTEN_FOR."
        )
