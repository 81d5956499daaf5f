"""Files and outgoing mail of the tests of secrets are those of the tests of mail."""

from backend.tests.mail.conftest import catcher, files

__all__ = ["catcher", "files"]
