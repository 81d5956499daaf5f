"""Only what plainly thanks counts as thanks (FIELD.md A10); in doubt it is a reply."""

import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.operator.thanks import answers
from backend.tickets.thanks.judge import judge
from benchmarks.thanks_quality import measure, read_texts


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!", "thx", "Great, thanks Anna", "Hartelijk dank voor uw snelle hulp.\n\nMvg,\nJ. de Wit",
        "Vielen Dank für die schnelle Hilfe! 👍", "Merci beaucoup, bonne journée", "¡Muchas gracias!",
        "grazie 1000", "Muito obrigada pela ajuda", "Dziękuję bardzo za pomoc", "Thaaanks!!!", "Thnaks a lot",
        "Super, dank je wel", "Thanks, merci, danke!", "Thank you, you too!", "<p>Thanks&nbsp;a lot</p>",
    ],
)  # fmt: skip
def test_what_only_thanks_is_thanks(text: str) -> None:
    assert judge(text).thanks, judge(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Thanks, but it is still down", "more"), ("Thanks in advance", "more"), ("No thanks, cancel it", "more"),
        ("Ok go ahead, thanks", "more"), ("Thanks, invoice 4411 paid", "more"), ("It works now, thanks", "more"),
        ("Thanks, received", "more"), ("Thanks. Any news?", "question"), ("?", "question"), ("Ok", "no_thanks"),
        ("Thanks for nothing", "more"), ("Fijn, dank, en de mail", "more"), ("Gracias, en el correo", "more"), ("Thanks 🙄", "mood"), ("Merci de me rappeler", "more"), ("👍", "no_thanks"),
        ("Yes, thanks", "more"), ("Alvast bedankt", "more"), ("> Thanks!", "empty"), ("Regards,\nJohn", "no_thanks"),
        ("Thanks\n\n---------- Forwarded message ---------\nFrom: a@b.example", "forwarded"),
    ],
)  # fmt: skip
def test_whatever_else_is_in_it_makes_it_a_reply(text: str, why: str) -> None:
    found = judge(text)
    assert not found.thanks
    assert found.why == why


def test_an_attachment_makes_it_a_reply() -> None:
    assert judge("Thanks!").thanks
    assert judge("Thanks!", attachments=1).why == "attachment"


def test_what_is_quoted_does_not_count_and_what_stands_below_it_does() -> None:
    quoted = "\n\nOn Tue, 4 Mar 2025 at 09:12, Support <help@host.example> wrote:\n> Shall we restart it?\n> Tom\n"
    assert judge(f"Thanks!{quoted}").thanks
    assert not judge(f"Thanks!{quoted}\nYes, at ten please").thanks
    assert not judge(f"{quoted}\nWhen").thanks


def test_a_signature_does_not_count_and_a_postscript_does() -> None:
    signature = (
        "\n\nKind regards,\nRuth Adeyemi\nStudio Manager\nPaper Heron Ltd\n12 Quay Street, Leeds\nT: 01632 960 114"
    )
    assert judge(f"Many thanks.{signature}").thanks
    assert not judge(f"Many thanks.{signature}\n\nPS the logo is wrong").thanks
    assert not judge("Many thanks.\n\nKind regards,\nRuth\nMy new number is 01632 960 115").thanks


def test_a_name_that_nobody_knows_is_one_where_a_name_belongs() -> None:
    assert judge("Hi Zbigna,\nthank you!\n\nBest,\nOluwatimi Brr").thanks
    assert judge("Thanks Qristofa", names=["Qristofa Lee"]).thanks
    assert not judge("Outlook, thanks").thanks
    assert not judge("Thanks, Paid").thanks


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for your help with ticket 10234", "Thanks for solving #55012", "[#55012] Thanks a lot!",
        "Danke für die Hilfe bei Ticket-Nr. 10234", "Merci pour votre aide sur le ticket n° 10234",
        "Dziękuję za pomoc w zgłoszeniu #10234",
    ],
)  # fmt: skip
def test_the_number_of_the_ticket_says_nothing_new(text: str) -> None:
    assert judge(text).thanks, judge(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, server 10234", "Thanks. #55013 too", "Thanks for ticket 10234, 10235 is still open", "Thanks, ticket 10234",
        "Thanks for the ticket 10234.2", "Thanks, order #55012",
    ],
)  # fmt: skip
def test_another_number_is_a_fact(text: str) -> None:
    assert not judge(text).thanks


def test_a_name_that_is_a_word_is_a_name_at_the_end_alone() -> None:
    assert judge("Thank you, Will.").thanks
    assert judge("Thank you so much Grace 😊").thanks
    assert not judge("Thanks, Will do it tomorrow").thanks
    assert not judge("Thanks, Mark it as solved").thanks
    assert not judge("gee thanks").thanks


def test_what_goes_on_below_a_signature_s_dashes_counts() -> None:
    assert judge("Thanks\n--\nWalter\nOakhurst Joinery\n\nQuality since 1988").thanks
    assert not judge("Thanks\n--\nWalter\n\nalso mail is down").thanks
    assert not judge("Thanks\n--\nWalter\n\nIs it done?").thanks


@pytest.mark.parametrize(
    ("doubtful", "plain"),
    [
        ("Thanks for the problems with my website", "Thanks for solving the problems with my website"),
        ("Danke für den Fehler", "Danke für die Behebung des Fehlers"),
        ("Merci pour les soucis", "Merci d'avoir réglé le souci"),
        ("Thanks for your help, check the server", "Thanks for your help, patience and kindness"),
        ("Bedankt voor de hulp, het postvak ook", "Bedankt voor de hulp met het postvak"),
        ("Thanks for a quick reply", "Thanks for the quick reply"),
        ("Danke für zeitnahe Bearbeitung", "Danke für die zeitnahe Bearbeitung"),
        ("Agradezco una pronta respuesta", "Agradezco mucho la ayuda"),
        ("Merci de suivi", "Merci de votre suivi"),
        ("I'd appreciate a reply", "I appreciate the reply"),
        ("Thanks for solving this as soon as possible", "Thanks for solving this so quickly"),
        ("Thanks for fixing one of the mailboxes", "Thanks for fixing the mailboxes"),
        ("You never help. Thanks.", "You always help. Thanks."),
        ("Sin soporte, gracias", "Gracias, soporte"),
        ("100, thanks", "Thanks, 5 stars"),
        ("Jo, danke", "Danke, Jo"),
        ("To Chris, thanks", "Thanks to Chris"),
        ("Alle, danke", "Danke an alle"),
        ("Thanks, me too", "Thanks, you too"),
        ("Schon wieder, danke", "Danke schon wieder"),
    ],
)
def test_what_complains_asks_or_adds_in_words_of_thanks_is_a_reply(doubtful: str, plain: str) -> None:
    assert not judge(doubtful).thanks
    assert judge(plain).thanks, judge(plain)


def test_initials_of_a_name_and_a_slip_of_the_shift_key_say_nothing() -> None:
    assert judge("Hartelijk dank!\n\nHoogachtend,\nmr. A.B. Terpstra").thanks
    assert judge("Thanks!!!1").thanks
    assert not judge("Thanks! 1").thanks


def test_words_that_answer_a_question_are_told() -> None:
    assert judge("Perfect, thanks").agrees
    assert not judge("Thank you so much").agrees


def test_texts_that_nothing_was_tuned_on() -> None:
    for part in ("held_out", "last", "fresh"):
        score = measure(each for each in read_texts() if each.part == part)
        assert score.precision >= 0.995, part
        assert score.recall >= 0.9, part


def test_the_labelled_texts_are_many_and_balanced() -> None:
    texts = read_texts()
    assert len(texts) >= 1_500
    assert len({each.text for each in texts}) == len(texts)
    for language in ("en", "nl", "de", "fr", "es", "it", "pt", "pl"):
        of_language = [each for each in texts if each.language == language]
        assert len(of_language) >= 150
        assert 0.35 < sum(each.thanks for each in of_language) / len(of_language) < 0.65


@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    assert judge(text) == judge(text)


@pytest.mark.parametrize(
    "piece", ["a", "ty ", "thanks ", "\n", "> a\n", "On x wrote\n", "From: a\n", "<br", "Anna\n", "1 "]
)
def test_a_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    judge("Thanks")
    text = piece * (50_000 // len(piece))
    begun = time.thread_time()
    judge(text)
    assert time.thread_time() - begun < 1.0


def test_the_command_answers_each_line_and_goes_on_after_a_bad_one() -> None:
    read = [
        msgspec.json.decode(each) for each in answers([b'{"text": "Thanks!"}', b"", b"{", b"[]", b'{"text": "Why"}'])
    ]
    assert read[0] == {"thanks": True, "why": "It only thanks."}
    assert "Line 3" in read[1]["error"]
    assert "Line 4" in read[2]["error"]
    assert read[3]["thanks"] is False
    assert "Why" in read[3]["why"]
