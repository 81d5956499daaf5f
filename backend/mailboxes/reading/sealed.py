"""The text in an S/MIME part that is signed and not encrypted: the few bytes of ASN.1 around it (RFC 5652), read within limits."""

from typing import Final

_SIGNED_DATA: Final = bytes.fromhex("2a864886f70d010702")
_DATA: Final = bytes.fromhex("2a864886f70d010701")
_SEQUENCE, _SET, _INTEGER, _OID, _OCTETS, _CONTEXT = 0x30, 0x31, 0x02, 0x06, 0x04, 0xA0
_MOST_PIECES: Final = 50_000


class _Broken(Exception):
    pass


def signed_content(raw: bytes) -> bytes | None:
    """What was signed, with its headers; None where it is something else, encrypted for one."""
    try:
        at, _ = _enter(raw, 0, _SEQUENCE)
        kind, at = _value(raw, at, _OID)
        if kind != _SIGNED_DATA:
            return None
        at, _ = _enter(raw, at, _CONTEXT)
        at, _ = _enter(raw, at, _SEQUENCE)
        _, at = _value(raw, at, _INTEGER)
        _, at = _value(raw, at, _SET)
        at, _ = _enter(raw, at, _SEQUENCE)
        kind, at = _value(raw, at, _OID)
        if kind != _DATA:
            return None
        at, _ = _enter(raw, at, _CONTEXT)
        return _octets(raw, at)
    except (_Broken, IndexError):
        return None


def _header(raw: bytes, at: int) -> tuple[int, int, int]:
    """Tag, beginning of the value, and its length; -1 for one whose end is marked."""
    tag, length = raw[at], raw[at + 1]
    at += 2
    if length == 0x80:
        return tag, at, -1
    if length & 0x80:
        count = length & 0x7F
        if count > 4:
            raise _Broken
        length = int.from_bytes(raw[at : at + count], "big")
        at += count
    if at + length > len(raw):
        raise _Broken
    return tag, at, length


def _enter(raw: bytes, at: int, expected: int) -> tuple[int, int]:
    tag, begin, length = _header(raw, at)
    if tag != expected:
        raise _Broken
    return begin, length


def _value(raw: bytes, at: int, expected: int) -> tuple[bytes, int]:
    begin, length = _enter(raw, at, expected)
    if length < 0:
        raise _Broken
    return raw[begin : begin + length], begin + length


def _octets(raw: bytes, at: int) -> bytes:
    tag, begin, length = _header(raw, at)
    if tag == _OCTETS and length >= 0:
        return raw[begin : begin + length]
    if tag != _OCTETS | 0x20:
        raise _Broken
    pieces: list[bytes] = []
    at = begin
    end = begin + length if length >= 0 else len(raw)
    while at < end and len(pieces) < _MOST_PIECES:
        tag, begin, length = _header(raw, at)
        if tag == 0 and length == 0:
            break
        if tag != _OCTETS or length < 0:
            raise _Broken
        pieces.append(raw[begin : begin + length])
        at = begin + length
    return b"".join(pieces)
