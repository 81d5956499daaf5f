"""Slows down who guesses passwords, and who has mail sent to addresses of others: failed sign-ins of one account and
from one network address, failed proofs from one address and at one company, and requests of guests under one mail address
and from one network address.

A try takes its place before the password is looked at and gives it back when it succeeds, so that tries made side by
side cannot pass the limit. The places stand in Redis, for all web processes together. Redis may be lost: then each
process counts for itself, in bounded memory, which lets through at most the limit times the number of processes.
"""

import ipaddress
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from backend.errors import Refusal
from backend.keys import keyed_hash
from backend.log import get_log
from backend.redis import REDIS_LOST, redis

WINDOW_SECONDS: Final = 15 * 60
PER_ACCOUNT: Final = 10
PER_ADDRESS: Final = 60
PER_GUEST: Final = 120
PER_GUEST_ADDRESS: Final = 150
PER_UPLOAD_ADDRESS: Final = 100
PER_PROGRAM: Final = 3_000
PER_PROOF_ADDRESS: Final = 300
PER_PROOF_TENANT: Final = 3_000
PER_ASK: Final = 5
PER_ASK_ADDRESS: Final = 30
MOST_KEYS_IN_PROCESS: Final = 20_000

_log = get_log(__name__)

# KEYS: the sets of places. ARGV: window in ms, the name of this place, then the limit of each set.
# Takes a place in each set, or in none where one of them is full. Redis' own clock, so that processes agree.
_TAKE = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
for i, key in ipairs(KEYS) do
    redis.call('ZREMRANGEBYSCORE', key, '-inf', now - ARGV[1])
    if redis.call('ZCARD', key) >= tonumber(ARGV[2 + i]) then return 0 end
end
for _, key in ipairs(KEYS) do
    redis.call('ZADD', key, now, ARGV[2])
    redis.call('PEXPIRE', key, ARGV[1])
end
return 1
"""
_GIVE_BACK = "for _, key in ipairs(KEYS) do redis.call('ZREM', key, ARGV[1]) end"


@dataclass(frozen=True, slots=True)
class Place:
    """A try that counts until it is given back or the window has passed."""

    name: str
    limits: dict[str, int]


async def take_place(tenant_id: UUID, email: str, address: str) -> Place:
    """Take the place of one try to sign in; a part that is unknown (empty) is not counted.

    Raises:
        Refusal: too many tries of late.
    """
    limits: dict[str, int] = {}
    if email:
        limits[f"tries:{keyed_hash('throttle', tenant_id.bytes, email).hex()[:32]}"] = PER_ACCOUNT
    if network := _network(address):
        limits[f"tries:{network}"] = PER_ADDRESS
    return await _take(limits)


async def take_guest_place(tenant_id: UUID, email: str, address: str) -> None:
    """Take the place of one request of a guest, whose receipt goes to an address that may be anyone's.

    Raises:
        Refusal: too many of late.
    """
    limits = {f"guests:{keyed_hash('throttle', tenant_id.bytes, email).hex()[:32]}": PER_GUEST}
    if network := _network(address):
        limits[f"guests:{tenant_id}:{network}"] = PER_GUEST_ADDRESS
    await _take(limits)


async def take_upload_place(tenant_id: UUID, address: str) -> None:
    """Take the place of one file that somebody uploads who is not signed in.

    Raises:
        Refusal: too many of late.
    """
    if network := _network(address):
        await _take({f"uploads:{tenant_id}:{network}": PER_UPLOAD_ADDRESS})


async def take_proof_place(tenant_id: UUID, address: str) -> Place:
    """Take the place of one try to prove. It comes on top of the tries of a client, which are rows and need no Redis.

    Raises:
        Refusal: too many tries of late from this address, or at this company.
    """
    limits = {f"proofs:{tenant_id}": PER_PROOF_TENANT}
    if network := _network(address):
        limits[f"proofs:{tenant_id}:{network}"] = PER_PROOF_ADDRESS
    return await _take(limits)


async def take_program_place(tenant_id: UUID, token_id: UUID) -> None:
    """Take the place of one call of a program with a token.

    Raises:
        Refusal: too many of late.
    """
    await _take({f"program:{tenant_id}:{token_id}": PER_PROGRAM})


async def take_ask(tenant_id: UUID, email: str, address: str) -> None:
    """Take the place of one ask for a mailed link, which may go to an address of somebody else.

    Raises:
        Refusal: too many of late; it says nothing of the address, for those that nobody has are counted too.
    """
    limits = {f"asks:{keyed_hash('throttle', tenant_id.bytes, email).hex()[:32]}": PER_ASK}
    if network := _network(address):
        limits[f"asks:{tenant_id}:{network}"] = PER_ASK_ADDRESS
    await _take(limits)


async def _take(limits: dict[str, int]) -> Place:
    place = Place(secrets.token_hex(8), limits)
    try:
        call: Any = redis().eval(
            _TAKE, len(limits), *limits, str(WINDOW_SECONDS * 1000), place.name, *map(str, limits.values())
        )
        taken = bool(await call)
    except REDIS_LOST as error:
        _log.warning("redis_lost", what="tries are counted in this process", error=type(error).__name__)
        taken = _in_process.take(place)
    if not taken:
        raise Refusal("too_many_tries")
    return place


async def give_back(place: Place) -> None:
    """The try succeeded: it does not count."""
    _in_process.give_back(place)
    try:
        call: Any = redis().eval(_GIVE_BACK, len(place.limits), *place.limits, place.name)
        await call
    except REDIS_LOST as error:
        _log.warning("redis_lost", what="a sign-in that succeeded counts as a try", error=type(error).__name__)


class _InProcess:
    """The same places in the memory of this process; the keys that were used longest ago go first."""

    def __init__(self) -> None:
        self._sets: OrderedDict[str, dict[str, float]] = OrderedDict()

    def take(self, place: Place) -> bool:
        now = time.monotonic()
        found: list[dict[str, float]] = []
        for key, limit in place.limits.items():
            places = self._sets.setdefault(key, {})
            self._sets.move_to_end(key)
            for name in [name for name, at in places.items() if at < now - WINDOW_SECONDS]:
                del places[name]
            if len(places) >= limit:
                return False
            found.append(places)
        for places in found:
            places[place.name] = now
        while len(self._sets) > MOST_KEYS_IN_PROCESS:
            self._sets.popitem(last=False)
        return True

    def give_back(self, place: Place) -> None:
        for key in place.limits:
            if key in self._sets:
                self._sets[key].pop(place.name, None)


_in_process = _InProcess()


def _network(address: str) -> str:
    """The address as it is counted: an IPv6 site as a whole (/64), for one person has all of it."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.IPv6Network((parsed, 64), strict=False).network_address)
    return str(parsed)
