"""Addresses are kept only where the database sees the same letters as we do."""

import pytest

from backend.accounts.guests import account_of_address
from backend.database import transaction
from backend.errors import Refusal
from backend.tests.factories import a_tenant, within
from backend.text import email_address


@pytest.mark.parametrize(
    "address",
    ["\u1c89@example.com", "\ua7cbz@example.com", "\u200bx@example.com", "x\u202e@example.com", "\ue000@example.com"],
)
def test_letters_that_are_unknown_or_invisible_make_no_address(address: str) -> None:
    with pytest.raises(Refusal) as refused:
        email_address(address)
    assert refused.value.code == "not_an_email"


@pytest.mark.parametrize("address", ["ÜNÏ@example.com", "ΑΣ@example.com", "İx@example.com", "a'b%|+c@example.com"])
async def test_an_address_in_any_script_is_kept_in_lower_case(address: str) -> None:
    tenant = await a_tenant()
    with within(tenant):
        async with transaction():
            first = await account_of_address(tenant.guest, email=address, name="")
            assert await account_of_address(tenant.guest, email=address.lower(), name="") == first
