"""Reports of servers that write to people only: qmail, Exim, old Postfix and Sendmail, Exchange, Gmail, Yahoo and others."""

import re
from typing import Final, Literal

from backend.mailboxes.reading.headers import Headers, one_line
from backend.mailboxes.reading.parts import BounceReport
from backend.mailboxes.reading.people import addresses_in, plain_address

_SUBJECT: Final = re.compile(
    r"undeliver|delivery (?:status|has failed|failure|failed|report|incomplete|delayed)|fail(?:ure|ed) (?:notice|delivery|mail)|mail (?:delivery|system error|could not be)|"
    r"returned (?:mail|to sender)|message (?:not delivered|delayed|you sent blocked|could not)|non[- ]?deliver|warning: (?:message|could not send)|could not (?:be )?deliver|could not send|"
    r"unzustellbar|nicht zustellbar|zustellung|onbestelbaar|niet bezorgd|bezorging|non remis|non distribu|[ée]chec|no se (?:puede|ha podido)|no entregado|devuelto|mancata consegna|non recapitabile|"
    r"n[ãa]o (?:foi )?entregue|falha na entrega|niedostarcz|nie dostarczon|zwrot|olevererbar|kunne ikke leveres|kunde inte levereras|ei voitu toimittaa|nedoru[čc]iteln",
    re.IGNORECASE,
)  # fmt: skip
_BODY: Final = re.compile(
    r"could not be delivered|couldn.t be delivered|wasn.t delivered|was not delivered|unable to deliver|undeliverable|permanent (?:fatal )?error|delivery to the following|"
    r"delivery has failed|not able to deliver|wasn't able to deliver|did not reach the following|returned (?:below|to)|recipients? (?:could|was|were) not|failed permanently|user unknown|"
    r"mailbox (?:unavailable|full|not found)|no such user|host or domain name not found|action: failed|this is the mail system at host|a message that you sent",
    re.IGNORECASE,
)  # fmt: skip
_DELAYED: Final = re.compile(
    r"delayed|will be retried|will continue to (?:be )?(?:try|tried|attempt)|not yet been delivered|still being retried|warning message only|no action is required on your part|"
    r"could not send message for past|delivery incomplete|temporary problem|wird weiterhin versucht|blijven proberen",
    re.IGNORECASE,
)  # fmt: skip
_GAVE_UP: Final = re.compile(
    r"permanent|giving up|given up|failed permanently|gave up|retry (?:time|timeout) exceeded|will not be retried", re.I
)
_RETURNED: Final = re.compile(
    r"^(?:-{2,}.{0,80}(?:original message|copy of the message|returned message|below this line|message header).{0,80}|-{3} ?below this line.*|original message headers:|received: from .*|return-path: .*|reporting-mta: .*)$",
    re.IGNORECASE | re.MULTILINE,
)  # fmt: skip
_ADDRESS: Final = re.compile(
    r"<?(?:mailto:|rfc822;\s?)?([^\s@<>()\[\],;:\\\"'=]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})>?"
)
_LISTED: Final = re.compile(
    rf"\s*(?:[*\-•]\s*)?(?:(?:to|recipient|address|an|à|for)\s*:?\s*)?{_ADDRESS.pattern}", re.IGNORECASE
)
_STATUS: Final = re.compile(r"(?<![\d.])#?([45]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE: Final = re.compile(r"(?<![\d.])([45]\d\d)[ -]")
_SAID: Final = re.compile(
    r"(?:\b(?:said|responded|error was|response was|error from|reason|diagnostic|because|remote server returned)\b.{0,10}|(?<![\d.])[45]\d\d[ -]|#?[45]\.\d\.\d|user unknown|unknown user|no such|mailbox|quota|not found|unrouteable|timed out|refused|does not exist|doesn't exist)",
    re.IGNORECASE,
)  # fmt: skip


def plain_report(headers: Headers, text: str, subject: str, about: str | None, *, certain: bool) -> BounceReport | None:
    """The report in a text, or None where it hardly is one. `certain`: a mail daemon has sent it."""
    said = text[:20_000]
    own = _own_words(said)
    signs = bool(_SUBJECT.search(subject)) + bool(_BODY.search(own)) + headers.has("x-failed-recipients")
    if not certain and signs < 2:
        return None
    recipients = [each.address for each in addresses_in(", ".join(headers.all("x-failed-recipients")))] or _recipients(
        own
    )
    status = _STATUS.search(own)
    code = _CODE.search(own)
    kind: Literal["failed", "delayed"] = "failed"
    if ((_DELAYED.search(subject) or _DELAYED.search(own)) and not _GAVE_UP.search(own)) or (
        status is not None and status[1].startswith("4") and not _GAVE_UP.search(own) and "delay" in subject.lower()
    ):
        kind = "delayed"
    return BounceReport(
        kind=kind,
        recipients=tuple(recipients[:100]),
        status=status[1] if status else f"{code[1][0]}.0.0" if code else "",
        diagnostic=_diagnostic(own),
        message_id=about,
    )


def _own_words(text: str) -> str:
    found = _RETURNED.search(text, 60)
    return text[: found.start()] if found else text


def _recipients(own: str) -> list[str]:
    """The addresses that stand at the beginning of a line, or behind words that say which; else all that are named."""
    lines = [match[1] for line in own.split("\n") if (match := _LISTED.match(line))]
    found = lines or [match[1] for match in _ADDRESS.finditer(own)]
    plain = (plain_address(each.rstrip(".")) for each in found)
    return [
        each
        for each in dict.fromkeys(plain)
        if (each and each.partition("@")[0] not in ("postmaster", "mailer-daemon", "helpdesk", "support"))
        or each in found[:1]
    ]


def _diagnostic(own: str) -> str:
    """The paragraph of the server's words: from the line in which it says why, to a blank one."""
    lines = own.split("\n")
    numbered = [place for place, line in enumerate(lines) if _CODE.search(line) or _STATUS.search(line)] or [
        place for place, line in enumerate(lines) if _SAID.search(line)
    ]
    if not numbered:
        return one_line(own)[:300]
    begin = numbered[0]
    end = begin + 1
    while end < len(lines) and lines[end].strip() and end - begin < 6:
        end += 1
    return one_line(" ".join(lines[begin:end]))[:1_000]
