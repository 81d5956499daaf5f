"""Whatever arrives is read without a surprise, and what a person wrote comes out."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.mailboxes.reading.headers import clean
from backend.mailboxes.reading.html_text import html_to_text
from backend.mailboxes.reading.read_mail import MOST_TEXT, ReadMail, read_mail
from backend.quotes.new_text import new_text

HEAD = b"From: Joel <joel@client.example>\r\nSubject: Help\r\nMessage-ID: <1@client.example>\r\n"


def parsed(raw: bytes, sender: str = "joel@client.example") -> ReadMail:
    return read_mail(raw, sender)


def test_a_plain_mail_is_read() -> None:
    mail = parsed(HEAD + b"\r\nMy site is down.\r\n\r\nJoel\r\n")
    assert (mail.sender, mail.name, mail.subject) == ("joel@client.example", "Joel", "Help")
    assert mail.text == "My site is down.\n\nJoel"
    assert (mail.message_id, mail.kind, mail.mark) == ("<1@client.example>", "person", "")


def test_encoded_words_and_charsets_are_decoded() -> None:
    mail = parsed(
        b"From: =?utf-8?q?J=C3=B6rg_M=C3=BCller?= <jorg@client.example>\r\nSubject: =?iso-8859-1?q?M=FCll_=26_mehr?=\r\n"
        b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGr" + b"\xfc\xdfe"
    )
    assert (mail.name, mail.subject, mail.text) == ("Jörg Müller", "Müll & mehr", "Grüße")


@pytest.mark.parametrize("charset", ["utf-8", "no-such-charset", "", "utf-16", "us-ascii"])
def test_a_wrong_charset_still_gives_the_text(charset: str) -> None:
    mail = parsed(HEAD + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + "Grüße aus Köln".encode())
    if charset != "utf-16":
        assert mail.text == "Grüße aus Köln"
    assert mail.text


def test_an_html_mail_becomes_text_and_nothing_of_its_scripts_is_left() -> None:
    html = (
        "<html><head><title>T</title><style>p{}</style></head><body><p>Hello&nbsp;<b>all</b></p>"
        "<script>alert(1)</script><ul><li>one</li><li>two</li></ul>"
        '<p>See <a href="https://client.example/x">this page</a> &lt;b&gt;</p></body></html>'
    )
    mail = parsed(HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + html.encode())
    assert mail.text == "Hello all\n\n- one\n- two\n\nSee this page (https://client.example/x) <b>"


def test_the_plain_part_is_taken_and_attachments_are_named() -> None:
    mail = parsed(
        HEAD
        + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: multipart/alternative; boundary="y"\r\n\r\n'
        b"--y\r\nContent-Type: text/plain\r\n\r\nplain\r\n--y\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--y--\r\n"
        b'--x\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename="a.png"\r\n\r\nPNG\r\n--x--\r\n'
    )
    assert mail.text == "plain"
    assert [part.name for part in mail.attachments] == ["a.png"]


@pytest.mark.parametrize(
    ("headers", "sender", "kind"),
    [
        (b"", "a@client.example", "person"),
        (b"Auto-Submitted: no\r\n", "a@client.example", "person"),
        (b"Auto-Submitted: auto-replied; x=y\r\n", "a@client.example", "machine"),
        (b"Auto-Submitted: auto-generated\r\n", "a@client.example", "machine"),
        (b"Precedence: Bulk\r\n", "a@client.example", "machine"),
        (b"List-Id: <l.client.example>\r\n", "a@client.example", "machine"),
        (b"Return-Path: <>\r\n", "a@client.example", "bounce"),
        (b"", "", "bounce"),
        (b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n", "a@client.example", "bounce"),
    ],
)
def test_machines_and_bounces_are_recognised(headers: bytes, sender: str, kind: str) -> None:
    assert parsed(HEAD + headers + b"\r\nText", sender).kind == kind


def test_the_address_is_taken_before_anything_is_decoded() -> None:
    mail = parsed(b"From: =?utf-8?q?boss=40bank=2Eexample?= <joel@client.example>\r\n\r\nx")
    assert mail.sender == "joel@client.example"
    none = parsed(b"From: nobody at all\r\n\r\nx", "env@client.example")
    assert none.sender == "env@client.example"


def test_a_very_long_text_is_cut_and_says_so() -> None:
    mail = parsed(HEAD + b"\r\n" + b"word " * 50_000)
    assert mail.cut
    assert len(mail.text) <= MOST_TEXT


def test_deep_nesting_and_many_parts_end_in_good_time() -> None:
    deep = HEAD
    for depth in range(3000):
        deep += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (depth, depth)
    assert parsed(deep + b"Content-Type: text/plain\r\n\r\nbottom").sender == "joel@client.example"
    wide = (
        HEAD
        + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
        + b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n" * 5000
    )
    assert parsed(wide + b"--b--\r\n").sender == "joel@client.example"


HTML = b"Content-Type: text/html\r\n\r\n"
MADE_TO_TRIP = {
    "a sender in nested parentheses": b"From: " + b"(" * 300_000 + b"\r\n\r\nx",
    "a sender in nested groups": b"From: " + b"g:" * 150_000 + b"\r\n\r\nx",
    "a subject of encoded words": HEAD[:44] + b"Subject: " + b"=?utf-8?q?=41?= " * 20_000 + b"\r\n\r\nx",
    "a type of quotes": HEAD + b"Content-Type: text/plain; charset=" + b'"' * 300_000 + b"\r\n\r\nx",
    "a type of parentheses": HEAD + b"Content-Type: " + b"(" * 300_000 + b"\r\n\r\nx",
    "a type of parameters": HEAD + b"Content-Type: text/plain" + b"; a=b" * 60_000 + b"\r\n\r\nx",
    "a name of parentheses": HEAD + b"Content-Disposition: " + b"(" * 300_000 + b"\r\n\r\nx",
    "a charset that is none": HEAD + b"Content-Type: text/plain; charset=punycode\r\n\r\na-" + b"b" * 300_000,
    "parts of nothing": HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\n\n" * 60_000,
    "parts within parts": HEAD
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (each, each) for each in range(200))
    + b"\r\n" + b"a\n" * 100_000,
    "tags that are never closed": HEAD + HTML + b"<a " * 100_000,
    "attributes that are never closed": HEAD + HTML + b"<a x='" * 60_000,
    "comments that are never closed": HEAD + HTML + b"<!--" * 80_000,
    "one tag of quotes": HEAD + HTML + b"<a " + b"'\"" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("what", MADE_TO_TRIP)
def test_a_mail_that_is_made_to_keep_us_busy_is_read_in_good_time(what: str) -> None:
    began = time.thread_time()
    mail = parsed(MADE_TO_TRIP[what])
    assert time.thread_time() - began < 3
    assert mail.sender == "joel@client.example"


def test_a_name_of_a_file_is_decoded_and_a_tag_may_hold_any_sign() -> None:
    mail = parsed(
        HEAD + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n'
        b'<p title="a > b">1 < 2 &amp; 3 > 2</p><!-- <b>no</b> --><a href="https://x.example/?a=1&amp;b=2">here</a>\r\n--x\r\n'
        b"Content-Type: image/png\r\nContent-Disposition: attachment;\r\n filename*=utf-8''f%C3%BCr.png\r\n\r\nPNG\r\n--x\r\n"
        b'Content-Type: image/png; name="=?utf-8?q?gr=C3=BCn.png?="\r\n\r\nPNG\r\n--x--\r\n'
    )
    assert mail.text == "1 < 2 & 3 > 2\n\nhere (https://x.example/?a=1&b=2)"
    assert [part.name for part in mail.attachments] == ["für.png", "grün.png"]


@given(st.binary(max_size=2000), st.sampled_from([b"", HEAD, HEAD + b"Content-Type: multipart/mixed; boundary=a\r\n"]))
def test_any_bytes_are_read_into_text_that_can_be_kept(junk: bytes, head: bytes) -> None:
    mail = parsed(head + junk)
    for text in (mail.sender, mail.name, mail.subject, mail.text, *(part.name for part in mail.attachments), mail.mark):
        assert text == clean(text)
        text.encode("utf-8")
    assert "\n" not in mail.subject


@given(st.text(alphabet="<>/abp &;\"'=!-\n", max_size=400))
def test_any_markup_becomes_text(markup: str) -> None:
    text = html_to_text(f"<body><p>kept</p>{markup}")
    assert text.startswith("kept")
    assert "\n\n\n" not in text


def test_a_quotation_at_the_end_is_left_out_only_where_it_is_clearly_one() -> None:
    answer = "Done, try again.\n\nOn Tue 3 Mar 2026, Anchor Host <support@anchor.example> wrote:\n> New in Support\n>\n> link"
    assert new_text(answer) == "Done, try again."
    wrapped = "Done.\n\nOn Tue 3 Mar 2026 at 10:00, Anchor Host\n<support@anchor.example> wrote:\n\n> New\n"
    assert new_text(wrapped) == "Done."
    inline = "> is it this?\nYes.\n> and this?\nNo."
    assert new_text(inline) == inline
    all_quoted = "> only a quotation"
    assert new_text(all_quoted) == all_quoted


def test_the_folder_of_templates_is_the_same_in_every_language() -> None:
    from backend.mailboxes.outgoing.templates import FOLDER, NAMES, check, product_words

    for language in ("en", "nl"):
        names = {file.stem for file in Path(FOLDER / language).glob("*.txt")}
        assert names == set(NAMES)
        for name in names:
            check(product_words(name, language))
