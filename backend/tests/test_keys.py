"""Tokens are what was made, to the last letter."""

import string
from uuid import uuid4

import pytest

from backend.keys import link_id, link_token, reply_signature

LETTERS = string.ascii_letters + string.digits + "-_"


def test_a_link_s_token_has_one_spelling() -> None:
    tenant, link = uuid4(), uuid4()
    token = link_token(tenant, link)
    assert link_id(tenant, token) == link
    for place in (0, 20, 30, len(token) - 1):
        spellings = [token[:place] + letter + token[place + 1 :] for letter in LETTERS]
        assert [each for each in spellings if link_id(tenant, each) is not None] == [token]
    for other in (
        token + "=",
        token + "A",
        token[:-1],
        f" {token}",
        token.swapcase(),
        token + "\n",
        "",
        "\u00e9" * 43,
        "\ud800",
        "A" * 43,
    ):
        assert link_id(tenant, other) is None, other


def test_a_link_s_token_is_for_its_own_company() -> None:
    link = uuid4()
    assert link_id(uuid4(), link_token(uuid4(), link)) is None


@pytest.mark.parametrize("number", [1, 1001, 10**12])
def test_a_reply_s_signature_is_for_its_own_ticket_and_company(number: int) -> None:
    tenant = uuid4()
    signature = reply_signature(tenant, number)
    assert len(signature) == 16
    assert signature == signature.lower()
    assert signature not in (reply_signature(tenant, number + 1), reply_signature(uuid4(), number))
