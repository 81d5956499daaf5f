"""Whether a mail's sender is who From says, as the company's own mail relay has found (RFC 8601).

The relay checks SPF, DKIM and DMARC and writes what it found into a header. Anybody can write such a header. So it is
believed only where the mail came straight from a relay that the settings name, stands first of its kind, and carries
the relay's own name; the relay takes out what others wrote under it (RFC 8601, 5).
"""

import ipaddress
from dataclasses import dataclass
from typing import Any, Final

import authres  # type: ignore[import-untyped]  # It has no types.

from backend.mailboxes.reading.mime import mail_headers
from backend.mailboxes.reading.people import addresses_in
from backend.settings import Settings, SettingsError

_LONGEST: Final = 8_192
_NAME: Final = "authentication-results"


@dataclass(frozen=True, slots=True)
class Relays:
    """The relays that are believed: their network addresses, and the name under which they write."""

    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()
    authserv_id: str = ""

    def name_for(self, peer: str) -> str:
        """The name to look for in a mail that came from that address; empty where it is not to be believed."""
        try:
            address = ipaddress.ip_address(peer.partition("%")[0])
        except ValueError:
            return ""
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        return self.authserv_id if any(address in network for network in self.networks) else ""


NOBODY: Final = Relays()


def relays_of(settings: Settings) -> Relays:
    """The relays that the settings name.

    Raises:
        SettingsError: an address cannot be read.
    """
    try:
        networks = tuple(
            ipaddress.ip_network(each.strip()) for each in settings.trusted_mail_relays.split(",") if each.strip()
        )
    except ValueError as error:
        raise SettingsError(f"COUNTERSIGN_TRUSTED_MAIL_RELAYS cannot be read: {error}") from None
    return Relays(networks, settings.mail_authserv_id.strip().lower())


def is_authenticated(raw: bytes, sender: str, authserv_id: str) -> bool:
    """Whether the relay of that name found that the mail is from the domain of `sender`, its one From address.

    That is `dmarc=pass` for this very domain, or, where nothing is said of DMARC, `dkim=pass` signed by it.
    """
    if not authserv_id:
        return False
    headers = mail_headers(raw)
    if _only_address(headers.all("from")) != sender:
        return False
    first = headers.first(_NAME)
    results = _results(first, authserv_id)
    domain = sender.rpartition("@")[2]
    dmarc = [each for each in results if each.method.lower() == "dmarc"]
    if dmarc:
        return all(_passed(each) and _property(each, "from") == domain for each in dmarc)
    return any(each.method.lower() == "dkim" and _passed(each) and _property(each, "d") == domain for each in results)


def _only_address(values: list[str]) -> str | None:
    """The address of From, where there is one header with one address in it: else mail programs show different ones."""
    if len(values) != 1:
        return None
    found = addresses_in(values[0])
    return found[0].address if len(found) == 1 else None


def _results(header: str, authserv_id: str) -> list[Any]:
    line = " ".join(header.split())
    if not line or len(line) > _LONGEST:
        return []
    try:
        parsed = authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {line}")
    except authres.AuthResError:
        return []
    return list(parsed.results) if str(parsed.authserv_id).lower() == authserv_id else []


def _passed(result: Any) -> bool:
    return str(result.result).lower() == "pass"


def _property(result: Any, name: str) -> str | None:
    """The value of `header.<name>`; None where it stands there twice or not at all."""
    found = [each.value for each in result.properties if each.type.lower() == "header" and each.name.lower() == name]
    return str(found[0]).strip().lower().rstrip(".") if len(found) == 1 else None
