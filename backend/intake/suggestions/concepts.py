"""What a hosting company's departments and kinds of request are usually about, in English and Dutch: the start of rules.

`names` are words by which a department or kind shows that it is about the concept, in its name or description; `words` are
those by which a client's text does. Nothing here knows of a company.
"""

from dataclasses import dataclass
from typing import Final

from backend.intake.suggestions.words import words_of


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing that requests are about."""

    names: frozenset[str]
    words: frozenset[str]


def _concept(names: str, words: str) -> Concept:
    named = frozenset(words_of(names))
    return Concept(named, named | frozenset(words_of(words)))


CONCEPTS: Final = (
    _concept(
        "billing invoice invoices payment payments accounts charge finance facturatie factuur facturen betaling betalingen administratie",
        "bill billed paid pay paying charged twice refund vat amount receipt reminder overdue euro dollar price credit subscription "
        "renewal estimate purchase order bank statement bookkeeper accountant copy quarter month yearly total direct debit "
        "betaald betalen incasso afgeschreven btw bedrag herinnering creditnota terugbetaling rekening boekhouder administratie jaarbedrag "
        "kosten verlenging abonnement dubbel aanmaning incassomachtiging",
    ),
    _concept(
        "payment details card betaalgegevens kaart creditcard",
        "credit card expired new card expires bank account number iban address company name vat number creditcard verlopen pas rekeningnummer "
        "adres tenaamstelling bedrijfsnaam wijzigen change update replace",
    ),
    _concept(
        "cancel cancellation end subscription opzeggen opzegging opzeggingen",
        "cancel terminate stop close leave leaving discontinue quit contract term opzeggen beeindigen stoppen stopzetten contract opzegtermijn",
    ),
    _concept(
        "domain domains dns records nameserver nameservers name servers domein domeinen",
        "registrar transfer whois authcode epp code zone cname txt spf dkim dmarc subdomain propagation ttl delegate point "
        "verhuiscode verwijzen wijzen domeinnaam aliassen registratie registreren nameserver",
    ),
    _concept(
        "mx records mail delivered change",
        "mx google workspace microsoft office outlook exchange mailserver priority mailprovider",
    ),
    _concept(
        "mail mailbox mailboxes email spam postvak postvakken",
        "inbox send sending sent receive receiving bounce bounced bounces imap smtp pop outlook thunderbird attachment forwarder "
        "forwarding forward quota full autoresponder vacation newsletter junk blacklist blacklisted phone iphone "
        "versturen verzenden ontvangen ontvang bijlage doorsturen doorstuuradres bezorgd teruggestuurd ongewenste telefoon instellen "
        "vol mailadres mails mailtje afwezigheidsbericht",
    ),
    _concept(
        "website page error errors broken wrong down problem trouble slow speed certificates werkt foutmelding trage",
        "wordpress joomla plugin theme white blank loads loading load broken wrong error message internal database connection fails failing "
        "unavailable timeout certificate ssl https secure warning hacked malware layout images menu checkout form contact offline crash login admin "
        "stretched overlapping lost missing gone disappeared unknown login sign blank white results nothing keeps hangs pagina laadt laden traag kapot fout melding verbinding certificaat beveiligd onveilig plaatjes menu formulier webshop "
        "offline plat storing gehackt inloggen onbereikbaar stuk wit scherm",
    ),
    _concept(
        "support help question questions technical ondersteuning vragen helpdesk",
        "how does where find works understand explain possible unclear manual instructions panel control "
        "hoe werkt vind uitleg handleiding mogelijk begrijp snap controlepaneel",
    ),
    _concept(
        "work request requests edits edit installations installation programming change content feature addition wijziging opdracht",
        "replace add remove update upload text texts photo photos picture pictures page banner opening hours button section gallery "
        "translate logo price list menu install plugin newer version booking calendar design build develop programme integrate link "
        "vervangen toevoegen verwijderen plaatsen foto tekst openingstijden knop installeren aanpassen bouwen ontwerpen",
    ),
    _concept(
        "access third party agency freelancer toegang",
        "access login account sign-in permission editor administrator user colleague freelancer agency developer intern rights "
        "toegang gebruiker medewerker rechten bureau",
    ),
    _concept(
        "project projects draft feedback material running lead",
        "draft drafts mockup wireframe prototype version design concept homepage proposal milestone launch planning schedule meeting deadline feedback "
        "prefer colour colours font header round revision sprint copywriter photographer texts logos",
    ),
    _concept(
        "sales presales pre order offer verkoop offerte klant client yet plans pakketten overstappen contact press",
        "quote quotation offer considering interested looking compare comparing cost costs much plan plans package trial discount currently elsewhere "
        "before order ordering decide proposal redesign sign switch switching new customer prospect budget agency startup journalist press interview partnership reseller charity "
        "offerte overstappen overweeg overwegen interesse vergelijken prijs prijzen pakket pakketten korting proefperiode beginnen starten bestellen "
        "kosten hoeveel zoeken nieuwe klant worden",
    ),
    _concept(
        "data protection personal privacy erasure gdpr processing agreements persoonsgegevens avg verwerkersovereenkomst",
        "gdpr delete erase erased remove personal data subject access consent processor processing agreement breach leak retention records officer "
        "privacy cookie rights correct inaccurate stored hold wissen inzage verwijderen gegevens bewaartermijn datalek",
    ),
    _concept(
        "migration move migrate migraties verhuizen verhuizing host",
        "moving migrate transfer copy over old host previous provider bring files database export import cpanel "
        "overzetten verhuizen verhuist oude host vorige provider bestanden database meenemen overstap mappen overhuizen",
    ),
    _concept(
        "server servers cloud virtual machines snapshots networks balancers systeembeheer beveiliging",
        "vps instance ubuntu debian linux root reboot kernel cpu memory ram disk storage volume snapshot load docker kubernetes nginx apache "
        "process swap upgrade image geheugen schijf herstarten serverbelasting logbestanden",
    ),
    _concept(
        "resize cpu memory disk more",
        "bigger smaller more upgrade downgrade scale enlarge grow vcpu gigabyte volume core cores",
    ),
    _concept(
        "network firewall ports addresses private",
        "port open blocked block ip ipv6 private vlan vpn subnet route rule rules traffic latency packet reverse ddos",
    ),
    _concept(
        "console ssh cron serverinstellingen settings php toegang",
        "ssh key console rescue root password cron cronjob crontab php memory limit upload max execution terminal sftp shell "
        "cronjob geheugenlimiet versie instelling extensie",
    ),
    _concept(
        "restore backup backups back-up back-ups terugzetten",
        "restore restored deleted accidentally lost yesterday recover overwritten undo earlier version week "
        "terugzetten teruggezet terug gisteren verwijderd per ongeluk kwijt overschreven herstellen gewist vorige",
    ),
)
