"""The leak guard: spans that hold exactly the secret, in any alphabet, in time that grows with the text alone."""

import io
import json
import time

import pytest

from backend.operator.leaks import answers
from backend.secrets.leak_names import labels_in
from backend.secrets.leak_words import is_stop_word, strength
from backend.secrets.leaks import find_leaks

_TRAPS = {
    "labels": "password ",
    "copulas": "password is ",
    "gaps": "password for ",
    "colons": "password: ",
    "quotes": 'password "',
    "verbs": "set password to ",
    "as": "as password ",
    "digits": "1",
    "cards": "4111 1111 1111 1111 ",
    "spaced digits": "1 ",
    "keys": "-----BEGIN PRIVATE KEY-----\n",
    "addresses": "http://a:",
    "one word": "a",
    "names": "aP",
    "paths": "a/",
    "dots": "a.",
    "mail": "a@",
    "lines": "\n",
    "labels on lines": "password:\n",
    "tokens": "eyJ",
    "commands": "curl mysql -p smbclient ",
    "calls": "connect('a', ",
    "pairs": "login: a / b1!Ccc\n",
    "logins": "login a and b ",
    "spaces": " ",
    "codes": "cvc ",
    "typed": "typed ",
    "changed": "change it to ",
    "from to": "from a1!A to ",
    "the new one": "the new one is ",
    "verdicts": "aB1!x as a b password ",
    "several": "password: aB1!x, aB2!x ",
    "recovery": "backup codes: ab12-cd34 ",
    "answers": "security question answer ",
    "phrases": "password is abc def ghi jkl mno ",
    "lists": "a: aB1!x\n",
    "keys of a cloud": "AKIA4XQ7Z2LMNB5TRVWC ",
    "broken cards": "visa 4111\n1111\n1111\n1111 ",
    "asides": "password, a b, is ",
    "questions": "password? it was a ",
    "things": "pin of a 1234 ",
    "networks": "wifi key psk for a ",
}


def _found(text: str) -> list[tuple[str, str]]:
    return [(leak.kind, text[leak.start : leak.end]) for leak in find_leaks(text)]


def test_the_span_holds_exactly_the_secret() -> None:
    assert _found('He wrote: "the password is Hunter-2!", and left.') == [("password", "Hunter-2!")]
    assert _found("ftp://kim:Fl0tsam@host.example/x") == [("password", "Fl0tsam")]
    assert _found("card 4242-4242-4242-4242, cvc 311.") == [("card", "4242-4242-4242-4242"), ("card_code", "311")]


def test_offsets_count_code_points() -> None:
    text = "😀👩‍👩‍👧 wachtwoord: Zeehond€44 🙂"
    assert _found(text) == [("password", "Zeehond€44")]


@pytest.mark.parametrize(
    "text",
    [
        "I forgot my password",
        "the password is wrong",
        "password: ********",
        "password: (sent separately)",
        "Password must contain 8 characters",
        "getenv('DB_PASSWORD')",
        "NL91 ABNA 0417 1643 00",
        "order 4111111111111111",
        "Access denied for user 'app'@'localhost' (using password: YES)",
        "wachtwoord vergeten",
    ],
)
def test_talk_about_passwords_is_left_alone(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("https://admin:s3cr3tPass@example.com/wp-admin", ["s3cr3tPass"]),
        ("mysql -u root -pS3cretPW shop < dump.sql", ["S3cretPW"]),
        ("curl -u user:password https://api.example.com", []),
        ("I changed the password to correct horse battery staple yesterday", ["correct horse battery staple"]),
        ("I changed the password to something more secure yesterday", []),
        ("It says wrong password although I typed QuietMouse5", ["QuietMouse5"]),
        ("We changed it to Kerkstraat12, outlook still asks for the password", ["Kerkstraat12"]),
        ("We changed the folder to Klanten2024 and the password page is gone", []),
        ("Mijn oude wachtwoord was Bassie01 en het nieuwe is Adriaan02", ["Bassie01", "Adriaan02"]),
        ("From Jan77x to Piet88x: that is how I changed the password", ["Jan77x", "Piet88x"]),
        ("I changed my username from Jan77 to JanSmit78, the password is the same", []),
        ("passwrod: Lm4ppeR2", ["Lm4ppeR2"]),
        ("Password? Well it was thunderbolt9 until yesterday.", ["thunderbolt9"]),
        ("Password? No idea what it was in release20.", []),
        ("The password, by the way, is lowercase: riverbank7", ["riverbank7"]),
        ("The password, as you know, is needed for Windows11", []),
        ("the WordPress password is, I kid you not, password123", ["password123"]),
        ("Voor de database: root met wachtwoord tuinhek", ["tuinhek"]),
        ("Ik log in als jan met wachtwoord en code", []),
        ("pincode voicemail 0624 werkt niet", ["0624"]),
        ("pincode kassa 2024 werkt niet, pin error 4031 is weg", []),
        ("Ik typ toch echt Dakpan_19 in maar hij pakt het wachtwoord niet", ["Dakpan_19"]),
        ("Het lukt niet met Appeltaart_7, terwijl dat echt mijn wachtwoord is.", ["Appeltaart_7"]),
        ("Het lukt niet met Outlook2019, terwijl dat echt mijn programma is; wachtwoord klopt", []),
        ("Naam: t.visser\nCode: Gr0ene-Weide", ["Gr0ene-Weide"]),
        ("Naam: t.visser\nCode: AB-2291-X", []),
        ("it's bob@lake.example and the pword's Trout_88", ["Trout_88"]),
        ("Backup codes: ab12-cd34, ef56-gh78", ["ab12-cd34", "ef56-gh78"]),
        ("Secret question: first pet. Answer: Rover", ["Rover"]),
        ("My security answer is rejected every time", []),
        ("Wachtwoorden: kim Ab1!xyz, lee Cd2!xyz", ["Ab1!xyz", "Cd2!xyz"]),
        ("pre-shared key: Vpn!Shared22", ["Vpn!Shared22"]),
        ("INSERT INTO users (name,password) VALUES ('jan','ins3rt')", ["ins3rt"]),
        ("Card number\n4111\n1111\n1111\n1111", ["4111\n1111\n1111\n1111"]),
        ("Password: <b>Xy12kk</b>", ["Xy12kk"]),
        ("The user web2_ftp has a password", []),
        ("Hij zegt fout, maar ik log in met Snorfiets#44", ["Snorfiets#44"]),
        ("here you go: xK9!mmv2Qa (that is the panel's password)", ["xK9!mmv2Qa"]),
        ("info@ has Quartz-41-fox as its password and sales@ has Quartz-42-fox", ["Quartz-41-fox", "Quartz-42-fox"]),
        ("She changed the password to unicorn and now it fails", ["unicorn"]),
        ("She changed the password to comply and now it fails", []),
        ("wachtwoord: 12-05-1975", ["12-05-1975"]),
        ("web1|Kade!Muur7|admin\nweb2|Kade!Brug8|admin", ["Kade!Muur7", "Kade!Brug8"]),
        ('"Purple rain falls 7" is my password', ["Purple rain falls 7"]),
        ('"Your session has expired" is the password message', []),
        ("Log in on the iPad9, ticket SUP-4471, error 0x800CCC0E", []),
        ("password: kim@host.example (the same as the address)", ["kim@host.example"]),
        ("I lost my password: kim@host.example", []),
        ('My password is "/srv/www/data" and FTP refuses it', ["/srv/www/data"]),
        ("The password page is https://host.example/login", []),
        ("Pin van mijn account: 0000", ["0000"]),
        ("Ons klantnummer is 0000", []),
        ("The password of the test mailbox is abc.", ["abc"]),
        ("The password of the test mailbox is bad.", []),
        ("user kim pass s", ["s"]),
        ('name,password\nkim,"Sconce,77"\nlee,Lintel.78', ["Sconce,77", "Lintel.78"]),
        ('{"user": "kim", "password": "j5Vq\\"9"}', ['j5Vq\\"9']),
        ("her last known pwd: Wendy house 3", ["Wendy house 3"]),
        ("Both share one password, namely rainy-day-blues", ["rainy-day-blues"]),
        ("Two mailboxes: kim@host.example / Tulip-3x, lee@host.example / Rosehip_22", ["Tulip-3x", "Rosehip_22"]),
        ("URL: https://host.example\nU: kim\nP: h7Gt!pQ2", ["h7Gt!pQ2"]),
        ("I log on with my email and then seagull, but it says wrong", ["seagull"]),
        ("I log on with my email and then nothing happens", []),
        ("till login: staff 12, code 9931", ["9931"]),
        ("The login fails with code 9931", []),
        ("The file is protected with Fl1nt-&-Steel, you need it at import", ["Fl1nt-&-Steel"]),
        ("The file is protected with BitLocker2 Pro", []),
        ("Use the codeword heron when you call", ["heron"]),
        ("Basic dG9tOkFuY2hvciRDaGFpbjI= is what the proxy sends", ["dG9tOkFuY2hvciRDaGFpbjI="]),
        ("Basic information about the certificate", []),
        ("https://host.example/reset/f3b9a1c27d5e48e0b6a4 is dead", ["f3b9a1c27d5e48e0b6a4"]),
        ("The guest network is Petal / newballsplease", ["newballsplease"]),
        ("The combination of the key safe is 5-9-1-3", ["5-9-1-3"]),
    ],
)
def test_what_a_sentence_gives_away(text: str, values: list[str]) -> None:
    assert [value for _, value in _found(text)] == values


@pytest.mark.parametrize("unit", _TRAPS.values(), ids=_TRAPS)
def test_the_time_grows_with_the_text_alone(unit: str) -> None:
    """Four times the text takes nowhere near sixteen times as long; the measure is the processor's time."""
    short, long = (_seconds((unit * (length // len(unit) + 1))[:length]) for length in (12_500, 50_000))
    assert long < 0.8
    assert long < 0.1 or long < 9 * max(short, 0.01)


def _seconds(text: str) -> float:
    started = time.process_time()
    find_leaks(text)
    return time.process_time() - started


def test_nothing_of_a_text_stays_in_memory_when_it_was_searched() -> None:
    find_leaks("my password is Zeehond-44, not Zeehond-45")
    assert {each.cache_info().currsize for each in (labels_in, strength, is_stop_word)} == {0}


def test_a_line_that_cannot_be_read_does_not_end_the_run() -> None:
    lines = b'\xef\xbb\xbf{"text": "pw: Hunter-2"}\nnonsense\n{"text": 5}\n\n[]\n{"text": "\\ud800"}\n\xff\n{"text": "hello", "id": 3}\n'
    read = [json.loads(answer) for answer in answers(io.BytesIO(lines))]
    assert read[0] == {"leaks": [{"kind": "password", "start": 4, "end": 12}]}
    assert [sorted(each) for each in read[1:6]] == [["error"]] * 5
    assert read[6] == {"leaks": []}
