"""An admin changes departments, staff and looks of a new company, and its portal shows each change at once."""

from __future__ import annotations

import struct
import zlib
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.api import Api
from e2e.mailbox import Mailbox
from e2e.people import Person
from e2e.system import System, until
from e2e.visitors import Visitors

OWNER = Person("meadow", "una@meadow.example", "Una Meadow", "a meadow full of bees")
NEW_COLLEAGUE = Person("meadow", "kit@meadow.example", "Kit Marlow", "larks over the long meadow")


@pytest.fixture(scope="module", autouse=True)
def _meadow(system: System) -> None:
    """A company of our own, made by its operator; the owner has chosen a password."""
    said = system.cli(
        "tenant", "create", OWNER.tenant, "Meadow Hosting", "--owner", OWNER.email, "--owner-name", OWNER.name
    )
    token = said.strip().rsplit("/link/", 1)[1]
    use = "mutation($t: String!, $p: String!) { useLink(token: $t, password: $p) { __typename } }"
    with closing(Api(system, OWNER.tenant)) as guest:
        assert guest.ask(use, t=token, p=OWNER.password) == {"__typename": "Done"}


def test_departments_are_made_changed_ordered_and_archived(visitors: Visitors) -> None:
    guest = visitors.at(OWNER.tenant)
    admin = visitors.staff(OWNER, "/admin")
    admin.get_by_role("link", name="New department").click()
    admin.get_by_label("Name", exact=True).fill("Hedges")
    admin.get_by_label("Description").fill("For whatever grows at the edge.")
    admin.get_by_role("radio", name="Everyone, guests too").check()
    admin.get_by_role("button", name="Create the department").click()
    expect(admin.get_by_role("heading", name="Hedges")).to_be_visible()
    expect(_offered(guest).filter(has_text="For whatever grows at the edge.")).to_contain_text("Hedges")

    admin.get_by_label("Name", exact=True).fill("Hedges and paths")
    admin.get_by_label("Description").fill("For edges of every sort.")
    admin.get_by_role("button", name="Save").click()
    expect(_offered(guest).filter(has_text="For edges of every sort.")).to_contain_text("Hedges and paths")

    admin.get_by_role("link", name="← Departments").click()
    admin.get_by_role("link", name="New department").click()
    admin.get_by_label("Name", exact=True).fill("Ponds")
    admin.get_by_role("radio", name="Everyone, guests too").check()
    admin.get_by_role("button", name="Create the department").click()
    expect(_offered(guest).last).to_contain_text("Ponds")

    admin.get_by_role("link", name="← Departments").click()
    admin.get_by_role("button", name="Move Ponds: arrow keys up and down").press("ArrowUp")
    expect(_offered(guest).last).to_contain_text("Hedges and paths")

    admin.get_by_role("main").get_by_role("link", name="Ponds").click()
    admin.get_by_role("button", name="Archive Ponds").click()
    expect(_offered(guest).filter(has_text="Ponds")).to_have_count(0)
    expect(admin.get_by_role("button", name="Restore Ponds")).to_be_visible()
    admin.get_by_role("button", name="Undo").last.click()
    expect(_offered(guest).filter(has_text="Ponds")).to_have_count(1)


def test_kinds_are_offered_renamed_and_archived_and_say_what_they_need(visitors: Visitors) -> None:
    admin = visitors.staff(OWNER, "/admin")
    admin.get_by_role("link", name="New department").click()
    admin.get_by_label("Name", exact=True).fill("Orchards")
    admin.get_by_role("radio", name="Everyone, guests too").check()
    admin.get_by_role("button", name="Create the department").click()
    expect(admin.get_by_role("heading", name="Orchards")).to_be_visible()
    guest = visitors.at(OWNER.tenant)
    _offered(guest).filter(has_text="Orchards").click()

    admin.get_by_role("button", name="Add a kind of request").click()
    kinds = admin.locator("section").filter(has=admin.get_by_role("heading", name="Kinds of request")).last
    kinds.get_by_label("Name", exact=True).fill("Plant a tree")
    kinds.get_by_label("Description").fill("Apple, pear or plum.")
    kinds.get_by_label("Proof").select_option(label="Account password")
    kinds.get_by_role("button", name="Add the kind").click()
    offered = guest.get_by_role("radio", name="Plant a tree")
    expect(offered).to_be_attached()
    offered.check()
    expect(guest.get_by_text("This needs proof that the account is yours.")).to_be_visible()

    kinds.get_by_role("button", name="Edit Plant a tree").click()
    kinds.get_by_label("Name", exact=True).fill("Plant an old tree")
    kinds.get_by_role("button", name="Save").click()
    expect(guest.get_by_text("Plant an old tree")).to_be_visible()
    kinds.get_by_role("button", name="Archive Plant an old tree").click()
    expect(guest.get_by_text("Plant an old tree")).to_have_count(0)


def test_a_colleague_is_invited_chooses_a_password_signs_in_and_loses_access(
    visitors: Visitors, mail: Mailbox, system: System
) -> None:
    visitors.expect_complaint("400")  # A password that is too short.
    admin = visitors.staff(OWNER, "/admin/staff")
    admin.get_by_role("link", name="Invite someone").click()
    admin.get_by_label("Name", exact=True).fill(NEW_COLLEAGUE.name)
    admin.get_by_label("E-mail address").fill(NEW_COLLEAGUE.email)
    admin.get_by_role("radio", name="Agent").check()
    admin.get_by_role("checkbox").first.check()
    admin.get_by_role("button", name="Send the invitation").click()
    expect(admin.get_by_role("link", name=NEW_COLLEAGUE.name)).to_be_visible()

    invitation = mail.wait_for(NEW_COLLEAGUE.email, subject="Your account at Meadow Hosting")
    link = invitation.link("/link/")
    colleague = visitors.at(OWNER.tenant, link.removeprefix(system.origin(OWNER.tenant)))
    colleague.get_by_label("New password").fill("short")
    colleague.get_by_role("button", name="Set the password").click()
    expect(colleague.get_by_text(NEW_COLLEAGUE.name)).to_have_count(0)
    expect(colleague.locator("[aria-invalid=true]")).to_be_visible()
    colleague.get_by_label("New password").fill(NEW_COLLEAGUE.password)
    colleague.get_by_role("button", name="Set the password").click()
    expect(colleague.get_by_role("button", name=NEW_COLLEAGUE.name)).to_be_visible()
    colleague.goto(link)
    expect(colleague.get_by_role("heading", name="This link no longer works")).to_be_visible()
    colleague.goto(f"{system.origin(OWNER.tenant)}/desk/admin")
    expect(colleague.get_by_text("These settings are not yours to change")).to_be_visible()

    admin.get_by_role("link", name=NEW_COLLEAGUE.name).click()
    admin.get_by_role("button", name=f"End the access of {NEW_COLLEAGUE.name}").click()
    expect(admin.get_by_text(f"{NEW_COLLEAGUE.name} cannot sign in.")).to_be_visible()
    colleague.goto(f"{system.origin(OWNER.tenant)}/desk")
    expect(colleague.get_by_role("heading", name="Sign in to the desk")).to_be_visible()


def test_the_brand_changes_at_once_and_stays_readable(visitors: Visitors) -> None:
    guest = visitors.at(OWNER.tenant)
    admin = visitors.staff(OWNER, "/admin/brand")
    admin.get_by_label("Main colour", exact=True).fill("#ffe600")
    warning = admin.get_by_text("Hard to read:")
    expect(warning).to_contain_text("4.5 is needed")
    corrected = warning.locator(".num").inner_text()
    assert corrected != "#ffe600"
    admin.get_by_label("Name", exact=True).fill("Meadow & Sons")
    admin.get_by_role("button", name="Save").click()
    expect(guest.get_by_role("banner").get_by_role("link", name="Meadow & Sons")).to_be_visible()
    until(lambda: _token(guest, "--brand-text") == corrected, "the new colour, made readable")

    admin.get_by_label("Logo", exact=True).set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": _picture()}
    )
    logo = guest.get_by_role("banner").get_by_role("img", name="Meadow & Sons")
    expect(logo).to_be_visible()
    assert logo.evaluate("image => image.decode().then(() => image.naturalWidth)") == 64
    admin.get_by_role("button", name="Remove the logo").click()
    expect(logo).to_have_count(0)

    admin.get_by_label("Main colour", exact=True).fill("#1c5c2e")
    expect(admin.get_by_text("Readable:")).to_be_visible()
    admin.get_by_role("button", name="Save").click()
    until(lambda: _token(guest, "--brand-text") == "#1c5c2e", "the next colour, readable as it is")


def test_the_language_changes_at_once(visitors: Visitors, mail: Mailbox) -> None:
    guest = visitors.at(OWNER.tenant)
    expect(guest.get_by_role("heading", name="What do you need?")).to_be_visible()
    admin = visitors.staff(OWNER, "/admin/language")
    admin.get_by_label("Language", exact=True).select_option("nl")
    admin.get_by_role("button", name="Save").first.click()
    expect(guest.get_by_role("heading", name="Waarmee kunnen we u helpen?")).to_be_visible()
    assert guest.evaluate("document.documentElement.lang") == "nl"
    _offered(guest).first.click()
    guest.get_by_label("Onderwerp").fill("Een vraag")
    guest.get_by_label("Uw naam").fill("Joris Bos")
    guest.get_by_label("Uw e-mailadres").fill("joris@bos.example")
    guest.get_by_role("textbox").nth(1).fill("Doet u ook vijvers?")
    guest.locator("button[type=submit]").click()
    receipt = mail.wait_for("joris@bos.example", subject="Een vraag")
    assert "Hallo Joris" in receipt.text or "Beste Joris" in receipt.text


def _offered(portal: Page) -> Locator:
    return portal.locator("nav ul.departments a")


def _token(portal: Page, name: str) -> str:
    return str(portal.evaluate("name => getComputedStyle(document.documentElement).getPropertyValue(name)", name))


def _picture() -> bytes:
    """A small green PNG."""
    width, height = 64, 32
    rows = b"".join(b"\x00" + b"\x1c\x5c\x2e" * width for _ in range(height))

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
