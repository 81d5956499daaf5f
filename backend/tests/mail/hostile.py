"""Mails that are made to keep their reader busy, or are merely giant: too large for files, so they are built."""

from collections.abc import Callable
from typing import Final

HEAD: Final = b"From: Joel <joel@client.example>\r\nSubject: Help\r\nMessage-ID: <1@client.example>\r\n"
_HTML: Final = HEAD + b"Content-Type: text/html\r\n\r\n"
_MIXED: Final = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
_TEXT: Final = b"--b\r\nContent-Type: text/plain\r\n\r\nwords\r\n"


def _nested(levels: int) -> bytes:
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(levels))
    return HEAD + parts + b"Content-Type: text/plain\r\n\r\nwords"


HOSTILE: Final[dict[str, Callable[[], bytes]]] = {
    "empty": lambda: b"",
    "40 MB attachment": lambda: _MIXED + _TEXT + b"--b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n" + (b"QUJD" * 19 + b"\r\n") * 510_000 + b"--b--\r\n",
    "40 MB of text": lambda: HEAD + b"\r\n" + b"word word word word word word word word\r\n" * 1_000_000,
    "40 MB on one line": lambda: HEAD + b"\r\n" + b"word " * 8_000_000,
    "40 MB of HTML": lambda: _HTML + b"<p>word</p>\r\n" * 3_000_000,
    "40 MB of carriage returns": lambda: (HEAD + b"\r\n").replace(b"\r\n", b"\r") + b"word word word\r" * 2_600_000,
    "40 MB of dashes": lambda: _MIXED + _TEXT + b"--\r\n" * 10_000_000,
    "40 MB that names no charset": lambda: HEAD + b"\r\n" + "Здравствуйте мой сайт ".encode("koi8-r") * 1_900_000,
    "40 MB of quoted-printable": lambda: _MIXED + _TEXT + b"--b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=41=42=43" * 4_400_000,
    "10,000 parts": lambda: _MIXED + _TEXT + b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n" * 10_000 + b"--b--\r\n",
    "10,000 texts": lambda: _MIXED + _TEXT * 10_000,
    "1,000 levels": lambda: _nested(1_000),
    "10,000 levels": lambda: _nested(10_000),
    "1,000 nested messages": lambda: HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 1_000 + b"\r\nwords",
    "two parts on each of 500 levels": lambda: HEAD + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n\r\nx\r\n--b%d\r\n" % (n, n, n) for n in range(500)),
    "a header of 1 MB": lambda: HEAD + b"X-Long: " + b"x" * 1_000_000 + b"\r\n\r\nwords",
    "a folded header of 1 MB": lambda: HEAD + b"X-Long: a\r\n" + b" x\r\n" * 250_000 + b"\r\nwords",
    "100,000 recipients": lambda: HEAD + b"To: " + b",\r\n ".join(b"person%d@client.example" % n for n in range(100_000)) + b"\r\n\r\nwords",
    "300,000 headers": lambda: HEAD + b"X: y\r\n" * 300_000 + b"\r\nwords",
    "a sender in parentheses": lambda: b"From: " + b"(" * 300_000 + b"\r\n\r\nwords",
    "a sender in groups": lambda: b"From: " + b"g:" * 150_000 + b"\r\n\r\nwords",
    "a sender in angles": lambda: b"From: " + b"<" * 300_000 + b"\r\n\r\nwords",
    "a sender in quotes": lambda: b"From: " + b'"a\\' * 100_000 + b"\r\n\r\nwords",
    "a sender of at signs": lambda: b"From: " + b"a@" * 50_000 + b"\r\n\r\nwords",
    "a subject of encoded words": lambda: b"Subject: " + b"=?utf-8?q?=41?= " * 20_000 + b"\r\n\r\nwords",
    "a subject of words that never end": lambda: b"Subject: " + b"=?utf-8?q?" * 20_000 + b"\r\n\r\nwords",
    "a type of quotes": lambda: HEAD + b"Content-Type: text/plain; charset=" + b'"' * 300_000 + b"\r\n\r\nwords",
    "a type of parameters": lambda: HEAD + b"Content-Type: text/plain" + b"; a=b" * 60_000 + b"\r\n\r\nwords",
    "a type of blanks": lambda: HEAD + b"Content-Type: text/plain;" + b" " * 90_000 + b"x\r\n\r\nwords",
    "ids without end": lambda: HEAD + b"References: " + b"<a@b" * 50_000 + b"\r\n\r\nwords",
    "tags that are never closed": lambda: _HTML + b"<a " * 160_000,
    "tags in tags": lambda: _HTML + b"<div>" * 100_000,
    "bold in bold": lambda: _HTML + b"<b><i><u>" * 50_000 + b"words",
    "tables in tables": lambda: _HTML + b"<table><tr><td>" * 30_000,
    "comments that are never closed": lambda: _HTML + b"<!--" * 120_000,
    "one tag of quotes": lambda: _HTML + b"<a " + b"'\"" * 240_000,
    "ampersands": lambda: _HTML + b"&" * 480_000,
    "quotations in quotations": lambda: _HTML + b"<blockquote>" * 40_000 + b"words",
    "pictures": lambda: _HTML + b"<img src=" * 50_000,
    "lines of quotes": lambda: HEAD + b"\r\n" + (b">" * 60 + b" x\r\n") * 15_000,
    "lines that look like attributions": lambda: HEAD + b"\r\n" + b"On a@b <a@b.example> it is so and so and so\r\n" * 20_000,
    "one line of a name": lambda: HEAD + b"\r\nOn " + b"wrote " * 150_000 + b"\r\n",
    "begin without end": lambda: HEAD + b"\r\n" + b"begin 644 a.bin\r\n" * 50_000,
    "letters for a file": lambda: HEAD + b"\r\nbegin 644 a.bin\r\n" + b"M" + b"A" * 60 + b"\r\n" * 1 + b"M" * 900_000,
    "escapes of ISO-2022": lambda: HEAD + b"\r\n" + b"\x1b$B" * 300_000,
    "a charset that is none": lambda: HEAD + b"Content-Type: text/plain; charset=punycode\r\n\r\na-" + b"b" * 300_000,
    "a calendar of colons": lambda: HEAD + b"Content-Type: text/calendar\r\n\r\nBEGIN:VEVENT\r\nX" + b';a="' * 200_000,
    "a report of addresses": lambda: b"From: mailer-daemon@x.example\r\nSubject: failure notice\r\n\r\n" + b"a@b.c.d.e.f.g " * 60_000,
    "a report of blanks": lambda: b"From: mailer-daemon@x.example\r\nSubject: failure notice\r\n\r\n" + b" " * 900_000,
    "random bytes": lambda: bytes((n * 7919 + n // 256 * 31) % 256 for n in range(2_000_000)),
    "zeros": lambda: b"\0" * 5_000_000,
}  # fmt: skip
