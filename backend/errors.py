"""Expected refusals: words of the domain with a code, in the languages of the product.

An edge translates a Refusal once; anything else that is raised is a surprise, masked and logged.
"""

from collections.abc import Mapping
from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "not_found": {"en": "That is not here.", "nl": "Dat is hier niet."},
    "sign_in_needed": {"en": "Sign in first.", "nl": "Log eerst in."},
    "not_allowed": {"en": "Your role does not allow this.", "nl": "Uw rol staat dit niet toe."},
    "sign_in_refused": {
        "en": "This e-mail address and password do not go together.",
        "nl": "Dit e-mailadres en wachtwoord horen niet bij elkaar.",
    },
    "step_up_needed": {
        "en": "Confirm first that it is you.",
        "nl": "Bevestig eerst dat u het bent.",
    },
    "step_up_refused": {
        "en": "That could not be confirmed. Check it and try again.",
        "nl": "Dat kon niet worden bevestigd. Controleer het en probeer het opnieuw.",
    },
    "code_refused": {
        "en": "That code does not fit. Type the one that the app shows now.",
        "nl": "Die code klopt niet. Typ de code die de app nu toont.",
    },
    "factor_refused": {
        "en": "That could not be confirmed. Check it and try again.",
        "nl": "Dat kon niet worden bevestigd. Controleer het en probeer het opnieuw.",
    },
    "first_step_over": {
        "en": "That took too long, or had too many tries. Begin again with your password.",
        "nl": "Dat duurde te lang of er waren te veel pogingen. Begin opnieuw met uw wachtwoord.",
    },
    "passkey_refused": {
        "en": "That passkey could not be confirmed.",
        "nl": "Die passkey kon niet worden bevestigd.",
    },
    "too_many_passkeys": {"en": "At most {most} passkeys.", "nl": "Hoogstens {most} passkeys."},
    "no_second_factor": {
        "en": "Set up an authenticator app or a passkey first.",
        "nl": "Stel eerst een authenticator-app of een passkey in.",
    },
    "second_factor_required": {
        "en": "Your company requires a second factor. Add another before you remove this one.",
        "nl": "Uw bedrijf vereist een tweede factor. Voeg er een toe voordat u deze verwijdert.",
    },
    "own_second_factor_first": {
        "en": "Set up a second factor of your own first: once it is required, you do nothing here without one.",
        "nl": "Stel eerst zelf een tweede factor in: zodra die verplicht is, doet u hier niets zonder.",
    },
    "access_refused": {
        "en": "This e-mail address and access code do not go together.",
        "nl": "Dit e-mailadres en deze toegangscode horen niet bij elkaar.",
    },
    "too_many_tries": {
        "en": "Too many tries. Wait a few minutes and try again.",
        "nl": "Te veel pogingen. Wacht een paar minuten en probeer het opnieuw.",
    },
    "token_refused": {
        "en": "This token is not known here, or was revoked.",
        "nl": "Dit token is hier niet bekend, of is ingetrokken.",
    },
    "too_many": {"en": "At most {most}.", "nl": "Hoogstens {most}."},
    "required": {"en": "Fill this in.", "nl": "Vul dit in."},
    "too_long": {"en": "At most {most} characters.", "nl": "Hoogstens {most} tekens."},
    "not_an_email": {"en": "That is not an e-mail address.", "nl": "Dat is geen e-mailadres."},
    "not_a_color": {"en": "Give a colour as #rrggbb.", "nl": "Geef een kleur als #rrggbb."},
    "not_a_time_zone": {"en": "That time zone is not known.", "nl": "Die tijdzone is niet bekend."},
    "not_a_day": {"en": "Give a day as 2026-12-24.", "nl": "Geef een dag als 2026-12-24."},
    "priority_twice": {"en": "Give each priority once.", "nl": "Geef elke prioriteit één keer."},
    "nothing_pending": {"en": "Nothing happens here by itself.", "nl": "Hier gebeurt niets vanzelf."},
    "snooze_wrong": {
        "en": "Choose a time later than what is pending now, within a year.",
        "nl": "Kies een tijd later dan wat er nu gepland staat, binnen een jaar.",
    },
    "not_a_country": {
        "en": "No holidays are known of that country.",
        "nl": "Van dat land zijn geen feestdagen bekend.",
    },
    "not_a_subdivision": {
        "en": "That country has no such part with holidays of its own.",
        "nl": "Dat land heeft geen zo'n deel met eigen feestdagen.",
    },
    "hours_wrong": {
        "en": "Give at least one span of opening hours; the spans of a day follow each other and do not overlap.",
        "nl": "Geef minstens één tijdvak; de tijdvakken van een dag volgen op elkaar en overlappen niet.",
    },
    "own_days_wrong": {
        "en": "Give each day once, at most {most} of them.",
        "nl": "Geef elke dag één keer, hoogstens {most} dagen.",
    },
    "target_wrong": {
        "en": "Give a time of a minute to {most} hours, or none.",
        "nl": "Geef een tijd van een minuut tot {most} uur, of geen.",
    },
    "aim_after_rule": {
        "en": "The aim comes before the time that is promised at the latest.",
        "nl": "Het streven komt vóór de tijd die uiterlijk wordt beloofd.",
    },
    "not_a_language": {"en": "That language is not offered.", "nl": "Die taal is er niet."},
    "bad_text": {
        "en": "The text holds characters that cannot be kept.",
        "nl": "De tekst bevat tekens die niet bewaard kunnen worden.",
    },
    "department_closed": {
        "en": "That department takes no requests from you.",
        "nl": "Die afdeling neemt van u geen verzoeken aan.",
    },
    "priority_not_offered": {
        "en": "The priority is set by the staff here.",
        "nl": "De prioriteit wordt hier door de medewerkers bepaald.",
    },
    "proof_needed": {
        "en": "This needs proof that the account is yours.",
        "nl": "Hiervoor is bewijs nodig dat het account van u is.",
    },
    "held_back": {
        "en": "This ticket needs {needed} before that. Ask for proof; a lead can go on without it.",
        "nl": "Dit ticket heeft daarvoor eerst {needed} nodig. Vraag om bewijs; een leidinggevende kan zonder verdergaan.",
    },
    "lead_needed": {
        "en": "A lead can go on without proof.",
        "nl": "Een leidinggevende kan zonder bewijs verdergaan.",
    },
    "proved_enough": {
        "en": "All that this request needs is proved already.",
        "nl": "Alles wat dit verzoek nodig heeft, is al bewezen.",
    },
    "secret_of_department": {
        "en": "Only those who work in {department}, and leads, open the secrets of this ticket.",
        "nl": "Alleen wie in {department} werkt, en leidinggevenden, openen de geheimen van dit ticket.",
    },
    "nobody_to_ask": {
        "en": "No address on file belongs to this request, so nobody can be asked.",
        "nl": "Bij dit verzoek hoort geen bekend adres, dus er is niemand om het aan te vragen.",
    },
    "proof_not_offered": {
        "en": "That proof is not offered here.",
        "nl": "Dat bewijs wordt hier niet aangeboden.",
    },
    "proof_method_needed": {
        "en": "“{place}” needs proof that nothing else gives. Let it need less proof first.",
        "nl": "“{place}” heeft bewijs nodig dat niets anders levert. Laat die eerst minder bewijs vragen.",
    },
    "proof_refused": {
        "en": "That could not be confirmed. Check it and try again.",
        "nl": "Dat kon niet worden bevestigd. Controleer het en probeer het opnieuw.",
    },
    "busy": {
        "en": "Many people are being checked just now. Try again in a few seconds.",
        "nl": "Er worden nu veel mensen gecontroleerd. Probeer het over een paar seconden opnieuw.",
    },
    "proof_too_new": {
        "en": "This password was set by a mailed link less than a day ago, so it proves no more than that link. Prove it in another way, or wait until tomorrow.",
        "nl": "Dit wachtwoord is minder dan een dag geleden met een gemailde link ingesteld en bewijst dus niet meer dan die link. Bewijs het op een andere manier, of wacht tot morgen.",
    },
    "proof_locked": {
        "en": "Too many tries today. We have mailed a link that lifts the lock.",
        "nl": "Te veel pogingen vandaag. We hebben een link gemaild waarmee u de blokkade opheft.",
    },
    "proof_unavailable": {
        "en": "That cannot be checked at the moment. No try was counted: try again soon, or prove it in another way.",
        "nl": "Dat kan nu niet worden gecontroleerd. Er is geen poging geteld: probeer het straks opnieuw, of bewijs het "
        "op een andere manier.",
    },
    "pin_refused": {
        "en": "Those are not the digits that the portal shows now. Ask for them once more.",
        "nl": "Dat zijn niet de cijfers die het portaal nu toont. Vraag er nog eens naar.",
    },
    "pin_locked": {
        "en": "Too many wrong PINs for this client today. The client was mailed a link that lifts the lock.",
        "nl": "Te veel foute pincodes voor deze klant vandaag. De klant kreeg een link gemaild die de blokkade opheft.",
    },
    "no_client": {
        "en": "This request belongs to no client account.",
        "nl": "Dit verzoek hoort bij geen klantaccount.",
    },
    "lifts_spent": {
        "en": "This was unlocked several times today. Try again tomorrow, or prove it in another way.",
        "nl": "Dit is vandaag al meerdere keren gedeblokkeerd. Probeer het morgen weer, of bewijs het op een andere manier.",
    },
    "answered_already": {"en": "That is done already.", "nl": "Dat is al gedaan."},
    "answered_too_late": {
        "en": "The request has gone on since this mail. Open it to see how it stands.",
        "nl": "Het verzoek is sinds deze e-mail verdergegaan. Open het om te zien hoe het ervoor staat.",
    },
    "link_expired": {"en": "This link was used or has expired.", "nl": "Deze link is gebruikt of verlopen."},
    "password_too_short": {"en": "Use at least {least} characters.", "nl": "Gebruik minstens {least} tekens."},
    "status_not_offered": {
        "en": "The ticket cannot take that status now.",
        "nl": "Het ticket kan die status nu niet krijgen.",
    },
    "lifecycle_changed_meanwhile": {
        "en": "Someone else has saved the lifecycle meanwhile. Look at theirs; yours is kept here.",
        "nl": "Iemand anders heeft de levensloop intussen opgeslagen. Bekijk die; de uwe blijft hier bewaard.",
    },
    "change_over_under_way": {
        "en": "A change-over is under way. Wait until it has ended.",
        "nl": "Er is al een overgang bezig. Wacht tot die klaar is.",
    },
    "change_over_too_old": {
        "en": "This plan no longer shows what would happen. Plan it again.",
        "nl": "Dit plan toont niet meer wat er zou gebeuren. Maak het opnieuw.",
    },
    "status_to_follow": {
        "en": "Say which open status follows “{status}”.",
        "nl": "Zeg welke open status op ‘{status}’ volgt.",
    },
    "bad_moment": {"en": "That is not a moment in time.", "nl": "Dat is geen moment in de tijd."},
    "message_refused": {
        "en": "This request takes no more messages. Open a new one and name this number in it.",
        "nl": "Dit verzoek neemt geen berichten meer aan. Open een nieuw en noem dit nummer erin.",
    },
    "leak_suspected": {
        "en": "This looks as if it held a password, key or card number. Seal it, or send it anyway.",
        "nl": "Hier lijkt een wachtwoord, sleutel of kaartnummer in te staan. Verzegel het, of verstuur het toch.",
    },
    "secret_lost": {
        "en": "This secret cannot be opened any more. Ask for it again.",
        "nl": "Dit geheim kan niet meer worden geopend. Vraag er opnieuw om.",
    },
    "secret_needed": {"en": "Fill in: {label}.", "nl": "Vul in: {label}."},
    "secret_not_asked": {
        "en": "That secret is not asked for any more.",
        "nl": "Om dat geheim wordt niet meer gevraagd.",
    },
    "secret_and_closed": {
        "en": "Closing destroys the secrets of a ticket: send this one with another status.",
        "nl": "Sluiten vernietigt de geheimen van een ticket: verstuur dit met een andere status.",
    },
    "ticket_closed": {"en": "The ticket is closed.", "nl": "Het ticket is gesloten."},
    "ticket_merged": {
        "en": "This ticket was merged: it goes on in another one.",
        "nl": "Dit ticket is samengevoegd: het gaat in een ander verder.",
    },
    "split_needs_message": {
        "en": "Choose at least one message of the client's.",
        "nl": "Kies minstens één bericht van de klant.",
    },
    "split_takes_all": {
        "en": "At least one message stays. To move all of them, merge the ticket or transfer it.",
        "nl": "Minstens één bericht blijft staan. Wilt u alles verplaatsen, voeg het ticket dan samen of draag het over.",
    },
    "merge_itself": {"en": "That is the same ticket.", "nl": "Dat is hetzelfde ticket."},
    "merge_other_client": {
        "en": "These tickets are of different clients: one would get to read what the other wrote.",
        "nl": "Deze tickets zijn van verschillende klanten: de een zou kunnen lezen wat de ander schreef.",
    },
    "merge_other_way": {
        "en": "The client's other contacts would lose sight of this ticket. Merge the other one into this one.",
        "nl": "De andere contactpersonen van de klant zouden dit ticket niet meer zien. Voeg het andere ticket bij dit ticket.",
    },
    "merge_into_closed": {
        "en": "That ticket is closed. Open it again first, or merge it into this one.",
        "nl": "Dat ticket is gesloten. Open het eerst weer, of voeg het bij dit ticket.",
    },
    "nothing_to_undo": {"en": "There is nothing to undo any more.", "nl": "Er valt niets meer ongedaan te maken."},
    "undo_would_lose_message": {
        "en": "There is a new message on #{number}, which would be lost.",
        "nl": "Op #{number} staat een nieuw bericht, dat verloren zou gaan.",
    },
    "undo_would_lose": {
        "en": "#{number} was changed since, which would be lost.",
        "nl": "#{number} is sindsdien gewijzigd, en dat zou verloren gaan.",
    },
    "undo_split_first": {
        "en": "First undo that #{target} was split off from #{source}.",
        "nl": "Maak eerst ongedaan dat #{target} van #{source} is afgesplitst.",
    },
    "undo_merge_first": {
        "en": "First undo that #{source} was merged into #{target}.",
        "nl": "Maak eerst ongedaan dat #{source} bij #{target} is gevoegd.",
    },
    "out_of_range": {"en": "Between {least} and {most}.", "nl": "Tussen {least} en {most}."},
    "not_answered_yet": {
        "en": "Nobody has answered this request yet.",
        "nl": "Dit verzoek is nog niet beantwoord.",
    },
    "not_days": {"en": "Between 1 and {most} days.", "nl": "Tussen 1 en {most} dagen."},
    "already_there": {"en": "It is there already.", "nl": "Daar is het al."},
    "name_taken": {"en": "That name is in use.", "nl": "Die naam is al in gebruik."},
    "email_taken": {"en": "That address is in use.", "nl": "Dat adres is al in gebruik."},
    "last_owner": {
        "en": "Someone must keep the role of owner.",
        "nl": "Iemand moet de rol van eigenaar houden.",
    },
    "last_department": {
        "en": "The last open department cannot be archived.",
        "nl": "De laatste open afdeling kan niet worden gearchiveerd.",
    },
    "stripe_key_too_strong": {
        "en": "That is a secret key, which may do everything. Make a restricted key that may read customers and payment methods.",
        "nl": "Dat is een geheime sleutel, die alles mag. Maak een beperkte sleutel die klanten en betaalmethoden mag lezen.",
    },
    "not_a_stripe_key": {
        "en": "A restricted key of Stripe begins with rk_live_ or rk_test_.",
        "nl": "Een beperkte sleutel van Stripe begint met rk_live_ of rk_test_.",
    },
    "stripe_key_refused": {
        "en": "Stripe does not know this key. It may have been revoked or copied in part.",
        "nl": "Stripe kent deze sleutel niet. Misschien is hij ingetrokken of niet helemaal gekopieerd.",
    },
    "stripe_key_lacks": {
        "en": "The key may not read customers and payment methods. Give it both rights at Stripe.",
        "nl": "De sleutel mag klanten en betaalmethoden niet lezen. Geef hem beide rechten bij Stripe.",
    },
    "stripe_away": {
        "en": "Stripe cannot be reached just now. Try again in a moment.",
        "nl": "Stripe is nu niet bereikbaar. Probeer het zo meteen opnieuw.",
    },
    "not_a_signing_secret": {
        "en": "A signing secret of Stripe begins with whsec_.",
        "nl": "Een ondertekeningsgeheim van Stripe begint met whsec_.",
    },
    "signature_refused": {"en": "The signature is not right.", "nl": "De ondertekening klopt niet."},
    "customer_taken": {
        "en": "That customer pays for another client.",
        "nl": "Die klant bij Stripe betaalt voor een andere klant.",
    },
    "not_a_panel_url": {
        "en": "Give an address that begins with https://.",
        "nl": "Geef een adres dat met https:// begint.",
    },
    "secret_too_short": {"en": "Use at least {least} characters.", "nl": "Gebruik minstens {least} tekens."},
    "panel_no_name": {"en": "That host name is not known.", "nl": "Die hostnaam is niet bekend."},
    "panel_private": {
        "en": "That host name leads to a private address, where panels may not be.",
        "nl": "Die hostnaam leidt naar een privéadres, waar panelen niet mogen zijn.",
    },
    "panel_no_connection": {"en": "The panel takes no connection.", "nl": "Het paneel neemt geen verbinding aan."},
    "panel_no_tls": {
        "en": "The panel's certificate is not valid for its name.",
        "nl": "Het certificaat van het paneel is niet geldig voor zijn naam.",
    },
    "panel_slow": {"en": "The panel did not answer in time.", "nl": "Het paneel antwoordde niet op tijd."},
    "panel_redirects": {
        "en": "The panel leads to another address. Give that one, if it is yours.",
        "nl": "Het paneel verwijst naar een ander adres. Geef dat, als het van u is.",
    },
    "panel_refuses_us": {
        "en": "The panel does not let us ask. Check what we show it, and whether it admits our address.",
        "nl": "Het paneel laat ons niet vragen. Controleer wat wij tonen, en of het ons adres toelaat.",
    },
    "panel_answer": {
        "en": "The panel answered something that is no answer.",
        "nl": "Het paneel antwoordde iets dat geen antwoord is.",
    },
    "panel_busy": {
        "en": "Too many questions to the panel are under way.",
        "nl": "Er lopen te veel vragen aan het paneel.",
    },
    "panel_left_alone": {
        "en": "The panel failed several times and is left alone for half a minute.",
        "nl": "Het paneel faalde meerdere keren en wordt een halve minuut met rust gelaten.",
    },
    "panel_believes_anything": {
        "en": "The panel took a password that nobody has. It must not be believed.",
        "nl": "Het paneel nam een wachtwoord aan dat niemand heeft. Het is niet te vertrouwen.",
    },
    "not_four_digits": {"en": "Give the last four digits.", "nl": "Geef de laatste vier cijfers."},
    "route_incomplete": {
        "en": "Each line needs a moment and a rule, none of them twice.",
        "nl": "Elke regel heeft een moment en een keuze nodig, geen daarvan dubbel.",
    },
    "not_a_span": {
        "en": "Give an end that lies after the begin and after now.",
        "nl": "Geef een einde dat na het begin en na nu ligt.",
    },
    "not_hours": {"en": "Give hours with a begin and an end.", "nl": "Geef uren met een begin en een einde."},
    "hours_overlap": {"en": "These hours overlap.", "nl": "Deze uren overlappen elkaar."},
    "not_away": {
        "en": "Nothing to take over: whoever has it is not away, or it is finished.",
        "nl": "Er valt niets over te nemen: wie het heeft is niet afwezig, of het is klaar.",
    },
    "still_away": {"en": "They are still away.", "nl": "Die collega is nog afwezig."},
    "not_taken_over": {
        "en": "This was not taken over, went to somebody else since, or is finished.",
        "nl": "Dit is niet overgenomen, ging intussen naar iemand anders, of is klaar.",
    },
    "project_of_another": {
        "en": "That is a project of another client.",
        "nl": "Dat is een project van een andere klant.",
    },
    "archived": {"en": "That is archived.", "nl": "Dat is gearchiveerd."},
    "not_an_image": {
        "en": "Give a PNG, JPEG or WebP picture.",
        "nl": "Geef een PNG-, JPEG- of WebP-afbeelding.",
    },
    "too_large": {"en": "At most {most}.", "nl": "Hoogstens {most}."},
    "bad_cursor": {"en": "That place in the list is not known.", "nl": "Die plaats in de lijst is niet bekend."},
    "page_too_large": {"en": "At most {most} rows at a time.", "nl": "Hoogstens {most} rijen tegelijk."},
}


class Refusal(Exception):
    """An expected refusal: `code` is stable, `field` names the input that it is about.

    The message is made in the reader's language by `message`; a value that is itself words stands in each language.
    """

    def __init__(self, code: str, field: str | None = None, **values: object) -> None:
        super().__init__(WORDS[code]["en"].format(**_in_language(values, "en")))
        self.code = code
        self.field = field
        self.values = values

    def message(self, language: str) -> str:
        """The refusal in the reader's language; English where the language is unknown."""
        words = WORDS[self.code]
        return words.get(language, words["en"]).format(**_in_language(self.values, language))


def _in_language(values: Mapping[str, object], language: str) -> dict[str, object]:
    return {
        name: value.get(language, value["en"]) if isinstance(value, Mapping) else value
        for name, value in values.items()
    }
