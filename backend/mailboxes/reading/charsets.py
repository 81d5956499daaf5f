"""Bytes as text. The charset that a mail names comes first; where it names none, a wrong or an unknown one, the bytes tell."""

import codecs
import re
from functools import lru_cache
from typing import Final

from charset_normalizer import from_bytes

_GUESSED_FROM: Final = 3_000
_NAMES: Final = {
    "utf8": "utf-8", "utf-8": "utf-8", "unicode-1-1-utf-8": "utf-8", "unicode-1-1-utf-7": "utf-7", "utf7": "utf-7",
    "latin1": "cp1252", "latin-1": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "iso_8859-1": "cp1252",
    "ansi_x3.4-1968": "ascii", "us-ascii": "ascii", "iso646-us": "ascii", "7bit": "ascii", "cp-1252": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "windows-874": "cp874", "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8", "iso-8859-6-i": "iso8859-6", "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030",
    "cp936": "gb18030", "x-gbk": "gb18030", "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "ksc5601": "cp949",
    "euc-kr": "cp949", "korean": "cp949", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "windows-31j": "cp932", "cp943": "cp932", "x-euc-jp": "euc_jp", "big5": "big5hkscs", "x-x-big5": "big5hkscs",
    "macintosh": "mac_roman", "x-mac-roman": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "x-mac-ce": "mac_latin2",
    "koi8": "koi8_r", "koi": "koi8_r", "iso-2022-jp-1": "iso2022_jp_ext", "cp50220": "iso2022_jp_ext", "cp50221": "iso2022_jp_ext",
    "unicode": "utf-16", "ucs-2": "utf-16", "iso-10646-ucs-2": "utf-16", "hz-gb-2312": "hz", "ibm852": "cp852", "ibm850": "cp850",
}  # fmt: skip
_CODECS: Final = (
    "ascii utf-8 utf-7 utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be gb18030 hz big5 big5hkscs cp932 cp949 cp950 johab "
    "euc_jp euc_jis_2004 shift_jis_2004 iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr "
    "koi8_r koi8_u koi8_t kz1048 ptcp154 mac_roman mac_cyrillic mac_latin2 mac_greek mac_turkish mac_iceland tis_620 "
    "cp037 cp437 cp720 cp737 cp775 cp850 cp852 cp855 cp857 cp858 cp860 cp861 cp862 cp863 cp864 cp865 cp866 cp869 cp874 "
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 "
    "iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16"
)
_KNOWN: Final = frozenset(codecs.lookup(name).name for name in _CODECS.split())
_WESTERN: Final = frozenset({"ascii", "cp1252", "iso8859-15"})
_GUESSES: Final = ["cp1252", "cp1251", "koi8_r", "gb18030", "cp932", "euc_jp", "cp949", "big5", "cp1250", "cp1253", "cp1255", "cp1256"]  # fmt: skip


@lru_cache(maxsize=256)
def codec_of(named: str) -> str | None:
    """The name of the codec for a charset that a mail names; None for what is no charset of texts."""
    name = re.sub(r"[\s\"'<>;,=()].*", "", named[:60].strip().strip("\"'=").lower())
    if name.startswith("cs") and name[2:] in _NAMES:
        name = name[2:]
    name = re.sub(r"^cp[-_](?=\d)", "cp", _NAMES.get(name, name))
    if re.fullmatch(r"(?:x-)?(?:windows|win|cp|x-cp)[-_]?(?:125[0-8])", name):
        name = "cp" + name[-4:]
    if "\0" in name or not name.isascii():
        return None
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return found if found in _KNOWN else None


def text_of(raw: bytes, named: str = "") -> str:
    """The text. Never raises; a byte that stands for nothing becomes the replacement sign."""
    if raw.isascii() and b"\x1b" not in raw and b"\0" not in raw and codec_of(named) not in ("utf-7", "hz"):
        return raw.decode("ascii")
    if mark := _byte_order(raw):
        return raw.decode(mark, "replace").lstrip("\ufeff")
    codec = codec_of(named)
    if codec is not None:
        if codec in _WESTERN and _is_utf8(raw):
            return raw.decode("utf-8")
        text = _strictly(raw, codec)
        if text is not None:
            return text
        if codec == "ascii":
            codec = None
    if b"\x1b$" in raw or b"\x1b(J" in raw:
        for each in ("iso2022_jp", "iso2022_jp_ext", "iso2022_kr"):
            if (text := _strictly(raw, each)) is not None:
                return text
        return raw.decode("iso2022_jp_ext", "replace")
    if _is_utf8(raw):
        return raw.decode("utf-8")
    if codec is not None:
        text = raw.decode(codec, "replace")
        if text.count("\ufffd") * 20 <= sum(not each.isascii() for each in text) or (codec == "utf-8" and _mostly(raw)):
            return text
    return _guessed(raw)


def _strictly(raw: bytes, codec: str) -> str | None:
    if codec.startswith(("utf-16", "utf-32")) and raw.count(b"\0") * 8 < len(raw) and (raw.isascii() or _is_utf8(raw)):
        return None  # It says so, and is something else.
    if codec in ("utf-16", "utf-32"):  # Without a mark the big end comes first (RFC 2781), as some forget.
        codec += "-le" if raw[1:2] == b"\0" else "-be"
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        if codec == "cp1252" and not re.search(rb"[\x81\x8d\x8f\x90\x9d].{0,40}[\x81\x8d\x8f\x90\x9d]", raw, re.DOTALL):
            return raw.decode("cp1252", "replace")
        return None
    except (ValueError, OverflowError):
        return None


def _byte_order(raw: bytes) -> str:
    if raw.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and len(raw) % 2 == 0:
        return "utf-16"
    return ""


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mostly(raw: bytes) -> bool:
    """Whether bytes that are no UTF-8 have more letters of UTF-8 than broken ones."""
    text = raw.decode("utf-8", "replace")
    return text.count("\ufffd") * 2 <= sum(not each.isascii() for each in text)


def _guessed(raw: bytes) -> str:
    if _mostly(raw):
        return raw.decode("utf-8", "replace")
    first = next((at for at, byte in enumerate(raw) if byte > 127), 0)
    begin = max(0, first - 200)
    sample = raw[begin : begin + _GUESSED_FROM]
    best = from_bytes(
        sample, steps=3, chunk_size=512, threshold=0.3, cp_isolation=_GUESSES, preemptive_behaviour=False
    ).best()
    codec = best.encoding if best is not None else "cp1252"
    return raw.decode(codec, "replace")
