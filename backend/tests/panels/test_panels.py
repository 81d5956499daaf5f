"""The account password is what the hosting panel says it is, where the company wants that."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from backend.accounts.secret import Secret
from backend.database import rows, system_rows, value
from backend.errors import Refusal
from backend.panels import breaker
from backend.panels.connection import Kind, UseFor, panel_state, remove_panel, save_panel, try_panel
from backend.tests.factories import PASSWORD, a_contact, a_member, signed_in, within
from backend.tests.panels.hosted import AT_THE_PANEL, Hosted, a_hosted_company
from backend.tests.simulators.panel import SECRET, PanelSimulator
from backend.verification.tries import MOST_TRIES

WAYS_TO_FAIL = (
    "fails", "is no panel", "answers another thing", "is long", "redirects", "breaks off", "refuses us",
)  # fmt: skip


async def outcomes(hosted: Hosted) -> list[str]:
    with within(hosted.tenant):
        return [each[0] for each in await rows("select outcome from proof_attempts order by id")]


async def refused(hosted: Hosted, password: str) -> str:
    with pytest.raises(Refusal) as refusal:
        await hosted.proves(password)
    return refusal.value.code


@pytest.mark.parametrize("kind", ["whmcs", "generic"])
@pytest.mark.parametrize(
    ("use_for", "right", "wrong"),
    [
        ("panel", [AT_THE_PANEL], [PASSWORD, "something else"]),
        ("both", [AT_THE_PANEL, PASSWORD], ["something else"]),
        ("portal", [PASSWORD], [AT_THE_PANEL]),
    ],
)
async def test_the_password_that_counts_is_the_one_that_the_company_chose(
    panel: PanelSimulator, kind: Kind, use_for: UseFor, right: list[str], wrong: list[str]
) -> None:
    hosted = await a_hosted_company(panel, kind=kind, use_for=use_for)
    for password in wrong:
        assert await refused(hosted, password) == "proof_refused"
    for password in right:
        assert await hosted.proves(password) == "password"
    if use_for == "portal":
        assert panel.asked == []


async def test_the_generic_panel_is_told_whose_password_it_should_be_and_no_more(panel: PanelSimulator) -> None:
    hosted = await a_hosted_company(panel)
    await hosted.proves(AT_THE_PANEL)
    with within(hosted.tenant):
        number = await value("select number from clients where id = $1", hosted.owner.client_id)
    assert panel.asked == [{"email": hosted.owner.email, "password": AT_THE_PANEL, "client_number": number}]


async def test_what_is_typed_does_not_go_to_the_panel_for_who_may_not_approve(panel: PanelSimulator) -> None:
    hosted = await a_hosted_company(panel)
    member = await signed_in(await a_contact(hosted.tenant, "member", client=hosted.owner.client_id))
    panel.users[member.email] = "the member's own"
    with pytest.raises(Refusal) as refusal:
        await hosted.proves("the member's own", member)
    assert refusal.value.code == "proof_refused"
    with pytest.raises(Refusal):
        await hosted.proves("x" * 5000)
    assert panel.asked == []
    approver = await signed_in(await a_contact(hosted.tenant, "may_approve", client=hosted.owner.client_id))
    panel.users[approver.email] = "the approver's own"
    assert await hosted.proves("the approver's own", approver) == "password"


@pytest.mark.parametrize("mode", WAYS_TO_FAIL)
async def test_a_panel_that_fails_cannot_be_asked_and_the_try_does_not_count(panel: PanelSimulator, mode: str) -> None:
    hosted = await a_hosted_company(panel)
    panel.mode = mode
    for _ in range(MOST_TRIES + 2):
        assert await refused(hosted, AT_THE_PANEL) == "proof_unavailable"
    assert set(await outcomes(hosted)) == {"void"}
    breaker._breakers.clear()
    panel.mode = "right"
    assert await hosted.proves(AT_THE_PANEL) == "password"


async def test_a_whmcs_that_does_not_admit_us_is_no_wrong_password(panel: PanelSimulator) -> None:
    hosted = await a_hosted_company(panel, kind="whmcs", secret="another secret, also long")
    assert await refused(hosted, AT_THE_PANEL) == "proof_unavailable"
    with within(hosted.tenant), pytest.raises(Refusal) as refusal:
        await try_panel(hosted.admin)
    assert refusal.value.code == "panel_refuses_us"


async def test_a_wrong_own_password_counts_though_the_panel_is_away(panel: PanelSimulator) -> None:
    hosted = await a_hosted_company(panel, use_for="both")
    panel.mode = "fails"
    for _ in range(MOST_TRIES):
        assert await refused(hosted, "a guess at the own password") == "proof_unavailable"
    assert await refused(hosted, PASSWORD) == "proof_locked"
    assert await outcomes(hosted) == ["failed"] * MOST_TRIES


@pytest.mark.parametrize("mode", ["drips", "right"])
async def test_a_slow_panel_is_given_up_after_seconds(panel: PanelSimulator, mode: str) -> None:
    hosted = await a_hosted_company(panel)
    panel.mode, panel.seconds = mode, 0.0 if mode == "drips" else 30.0
    began = time.monotonic()
    assert await refused(hosted, AT_THE_PANEL) == "proof_unavailable"
    assert time.monotonic() - began < 9.5


async def test_a_panel_that_keeps_failing_is_left_alone_until_one_call_finds_it_back(
    panel: PanelSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosted = await a_hosted_company(panel)
    panel.mode = "is no panel"
    for _ in range(breaker.MOST_FAILURES):
        await refused(hosted, AT_THE_PANEL)
    panel.mode = "right"
    panel.asked.clear()
    assert await refused(hosted, AT_THE_PANEL) == "proof_unavailable"
    assert panel.asked == []
    with within(hosted.tenant):
        state = await panel_state(hosted.admin)
        assert state is not None
        assert (state.breaker.state, state.breaker.failures, state.breaker.last_code) == ("open", 5, "panel_answer")
    monkeypatch.setattr(breaker, "OPEN_SECONDS", 0.0)
    assert breaker.breaker_of(hosted.tenant.id).state == "half_open"
    assert await hosted.proves(AT_THE_PANEL) == "password"
    assert breaker.breaker_of(hosted.tenant.id).state == "closed"


async def test_the_breaker_of_one_company_is_not_that_of_another(panel: PanelSimulator) -> None:
    hosted = await a_hosted_company(panel)
    with PanelSimulator(mode="fails") as broken:
        other = await a_hosted_company(broken)
        for _ in range(breaker.MOST_FAILURES):
            await refused(other, AT_THE_PANEL)
    assert breaker.breaker_of(other.tenant.id).state == "open"
    assert await hosted.proves(AT_THE_PANEL) == "password"


@pytest.mark.parametrize("kind", ["whmcs", "generic"])
async def test_the_test_of_an_admin_finds_what_is_wrong(panel: PanelSimulator, kind: Kind) -> None:
    hosted = await a_hosted_company(panel, kind=kind)
    with within(hosted.tenant):
        await try_panel(hosted.admin)
        assert hosted.owner.email not in str(panel.asked)
        for mode, code in (
            ("believes anything", "panel_believes_anything"), ("fails", "panel_answer"), ("is long", "panel_answer"),
            ("redirects", "panel_redirects"), ("refuses us", "panel_refuses_us"),
        ):  # fmt: skip
            panel.mode = mode
            with pytest.raises(Refusal) as refusal:
                await try_panel(hosted.admin)
            assert refusal.value.code == code


async def test_a_certificate_for_nobody_is_not_believed(panel: PanelSimulator, tmp_path: Path) -> None:
    with PanelSimulator(certificate=self_signed(tmp_path)) as encrypted:
        hosted = await a_hosted_company(encrypted)
        with within(hosted.tenant), pytest.raises(Refusal) as refusal:
            await try_panel(hosted.admin)
    assert refusal.value.code == "panel_no_tls"
    assert encrypted.asked == []


async def test_what_we_show_the_panel_is_sealed_stays_where_it_was_given_for_and_goes_with_the_panel(
    panel: PanelSimulator,
) -> None:
    hosted = await a_hosted_company(panel)
    kept = str([dict(each) for each in await system_rows("select * from panel_connections")])
    assert SECRET not in kept
    with within(hosted.tenant):
        await save_panel(
            hosted.admin, panel="generic", url=f"{panel.address}/check", use_for="both", identifier="", secret=None
        )
        assert await hosted.proves(AT_THE_PANEL) == "password"
        with pytest.raises(Refusal) as refusal:
            await save_panel(
                hosted.admin, panel="generic", url="http://127.0.0.1:9/", use_for="both", identifier="", secret=None
            )
        assert (refusal.value.code, refusal.value.field) == ("required", "secret")
        await remove_panel(hosted.admin)
        assert await value("select count(*) from panel_connections") == 0
    assert await refused(hosted, AT_THE_PANEL) == "proof_refused"
    assert await hosted.proves(PASSWORD) == "password"


async def test_a_whmcs_keeps_what_we_show_it_when_something_else_is_changed(panel: PanelSimulator) -> None:
    hosted = await a_hosted_company(panel, kind="whmcs", use_for="portal")
    with within(hosted.tenant):
        await save_panel(hosted.admin, panel="whmcs", url=panel.address, use_for="panel", identifier="", secret=None)
        assert await hosted.proves(AT_THE_PANEL) == "password"
        for url, secret, field in (
            ("http://127.0.0.1:9", SECRET, "identifier"),
            (f"{panel.address}/x", None, "secret"),
        ):
            with pytest.raises(Refusal) as refusal:
                await save_panel(
                    hosted.admin,
                    panel="whmcs",
                    url=url,
                    use_for="panel",
                    identifier="",
                    secret=Secret(secret) if secret else None,
                )
            assert (refusal.value.code, refusal.value.field) == ("required", field)


async def test_nobody_but_an_admin_reads_changes_or_tries_the_panel(panel: PanelSimulator) -> None:
    hosted = await a_hosted_company(panel)
    lead = await signed_in(await a_member(hosted.tenant, "lead"))
    with within(hosted.tenant):
        for actor in (lead, hosted.owner, hosted.tenant.guest):
            assert await panel_state(actor) is None
            for denied in (
                save_panel(
                    actor, panel="generic", url=panel.address, use_for="both", identifier="", secret=Secret(SECRET)
                ),
                try_panel(actor),
                remove_panel(actor),
            ):
                with pytest.raises(Refusal):
                    await denied


@pytest.mark.parametrize(
    "url",
    ["", "panel.example", "ftp://panel.example/", "https://", "https://user:x@panel.example/", "https://panel.example/#x",
     "https://pan\u0430l.example/", "https://panel.example:99999/", "https://panel example/", "javascript:alert(1)", "https://x/" + "y" * 600],
)  # fmt: skip
async def test_what_is_no_address_of_a_panel_is_refused(panel: PanelSimulator, url: str) -> None:
    hosted = await a_hosted_company(panel)
    with within(hosted.tenant), pytest.raises(Refusal) as refusal:
        await save_panel(hosted.admin, panel="generic", url=url, use_for="both", identifier="", secret=Secret(SECRET))
    assert refusal.value.field == "url"


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody vouches for, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    at = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate, secret
