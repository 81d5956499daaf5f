"""How mail programs say in twelve languages that what follows is not the writer's own, as patterns for folded text (see `fold`)."""

import re
from typing import Final

_WROTE: Final = r"wrote|schreef|schrieb|ecrit|escribio|scritto|escreveu|napisala?|napisal\(a\)|napisana przez|pisze|skrev|geschreven|kirjoitti|napsala?|napsal\(a\)"
WROTE: Final = re.compile(
    rf"(?:\b(?:{_WROTE})\b[^:]{{0,120}}:?\s*(?:-{{3,}})?\s*$)"
    r"|(?:\b(?:schreef|escreveu|napisal|schrieb|skrev|napsal|napisana przez)\b.{0,100}:\s*$)|(?:<[^<>\s]+@[^<>\s]+>\s*:?\s*$)"
)
BEGINS_ATTRIBUTION: Final = re.compile(
    r"\s*(?:on |op |am |le |el |il |em |a |w dniu|dnia|no dia|den |dne |-{3,} ?on |\d{1,4}[-./]\s?\d|\d{1,2}\.? (?:jan|feb|mar|apr|ma[ij]|jun|jul|aug|sep|okt|nov|de[cs])[a-z]{0,6}\b|wiadomosc napisana przez "
    r"|(?:mon|tue|wed|thu|fri|sat|sun|pon|wt|sr|czw|pt|sob|niedz|ndz|ma|ti|ke|to|pe|la|su|po|ut|st|ct|pa|so|ne|man|tir|tirs|ons|tor|tors|fre|lor|son)\b[.,]? ?\d"
    r"|(?:mon|tue|wed|thu|fri|sat|sun|pon|wt|sr|czw|pt|sob|niedz|ndz)\b|[^:]{0,80}<[^<>\s]+@"
    r"|[^:]{0,60}\b(?:schreef|escreveu|napisal|wrote|schrieb|skrev|kirjoitti|napsal)\b)"
)
FROM: Final = re.compile(
    r"[\s*_]*(?:from|von|van|de|da|od|fran|fra|lahettaja|odesilatel|from sender|afzender|absender|expediteur|remitente|mittente|remetente|nadawca|avsandare|avsender|afsender)[\s*_]*:[\s*_]*\S",
    re.I,
)
FURTHER_HEADER: Final = re.compile(
    r"[\s*_]*(?:sent|date|to|subject|cc|kopia|kopie|kopi|gesendet|datum|an|betreff|verzonden|verstuurd|aan|onderwerp|envoye|envoye le|a|objet|enviado|enviado el|enviada em|enviada|fecha|para|asunto|data|inviato|oggetto|assunto|wyslano|do|temat|reply-to"
    r"|skickat|skickat den|till|amne|sendt|dato|til|emne|lahetetty|paivamaara|pvm|vastaanottaja|kenelle|aihe|odeslano|komu|predmet)[\s*_]*:"
)
ORIGINAL: Final = (
    r"original message|original appointment|original mail|oorspronkelijk bericht|origineel bericht|ursprungliche nachricht|ursprungliche mail|originalnachricht|original-nachricht"
    r"|message d.origine|message original|message initial|mail original|mensaje original|messaggio originale|mensagem original|oryginalna wiadomosc|wiadomosc oryginalna"
    r"|ursprungligt meddelande|originalmeddelande|oprindelig meddelelse|opprinnelig melding|alkuperainen viesti|puvodni zprava|reply above this line|please reply above this line|schrijf uw antwoord boven deze regel"
)
DIVIDER: Final = re.compile(rf"\s*[-_=*]{{2,}}\s*(?:{ORIGINAL})\s*[-_=*]*\s*$")
FORWARDED: Final = re.compile(
    r"\s*(?:[-_=*]{2,}\s*(?:forwarded (?:message|mail)(?: follows)?|doorgestuurd bericht|weitergeleitete nachricht|message transfere|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|mensagem reencaminhada"
    r"|przekazana wiadomosc|wiadomosc przekazana dalej|tresc przekazanej wiadomosci|vidarebefordrat (?:meddelande|mail)|videresendt (?:meddelelse|melding|besked)|valitetty viesti|edelleenlahetetty viesti|preposlana zprava|preposlany e-mail|forwarded by)\b"
    r"|begin forwarded message|begin doorgestuurd bericht|anfang der weitergeleiteten|debut du message|debut du message reexpedie|inicio del mensaje reenviado|inizio messaggio inoltrato|inicio da mensagem (?:re)?encaminhada"
    r"|poczatek przekazywanej wiadomosci|vidarebefordrat brev|start pa videresendt|start pa den videresendte|valitetty viesti alkaa|zacatek preposlane zpravy)"
)
ABOVE_THIS: Final = re.compile(
    r"[\s#\-=_*]*(?:please )?(?:type|write|reply|typ|schrijf|antwoord|antworten|repondez|responda).{0,30}(?:above|boven|oberhalb|au-dessus|encima|acima).{0,30}$"
)
RULE: Final = re.compile(r"\s*[_\-=*]{8,}\s*$")
FORWARD_PREFIX: Final = re.compile(
    r"\s*(?:\[[^\]]{0,40}\]\s*)?(?:(?:re|aw|sv|antw|odp|vs)\s*:\s*)?(?:fwd?|wg|tr|rv|i|enc|pd|podaj dalej|vb|vl|vs|vid|doorst|dw|prep|trs|fs)\s*:\s*",
    re.I,
)
"""What programs put before the subject of a mail that they forward."""

SUBJECT: Final = r"subject|onderwerp|betreff|objet|asunto|oggetto|assunto|temat|amne|emne|aihe|predmet"
