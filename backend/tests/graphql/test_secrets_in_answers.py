"""What was typed to prove something is nowhere in an answer or a log, however badly it was sent."""

import json
import logging
from typing import Any

import pytest
from litestar import Litestar

from backend.tests.client import a_browser
from backend.tests.graphql.documents import operation
from backend.tests.graphql.world import a_world

SECRET = "hunter2-4817"
PROVE = operation("Mutation.prove").document
OPEN = operation("Mutation.openTicket").document
USE = operation("Mutation.useLink").document
KEY = operation("Mutation.connectStripe").document
SIGNING = operation("Mutation.setStripeWebhookSecret").document
DIGITS = operation("Mutation.setClientCard").document
PANEL = operation("Mutation.saveHostingPanel").document
SHOWN = {"panel": "GENERIC", "url": "http://127.0.0.1:9/", "useFor": "BOTH", "identifier": "x"}
REQUEST = {"subject": "Slow", "body": "It is slow."}
PROOF = {"method": "PASSWORD", "secret": SECRET}

SENT: list[tuple[str, dict[str, Any]]] = [
    (PROVE, {"number": 1, "proof": PROOF}),
    (PROVE, {"number": 1, "proof": {"method": "CARD", "secret": SECRET * 100}}),
    (PROVE, {"number": 1, "proof": {"method": "PASSWORD", "secret": [SECRET]}}),
    (PROVE, {"number": 1, "proof": {"method": "PASSWORD", "secret": {"is": SECRET}}}),
    (PROVE, {"number": 1, "proof": {"method": SECRET, "secret": "x"}}),
    (PROVE, {"number": 1, "proof": {"secret": SECRET}}),
    (PROVE, {"number": 1, "proof": {**PROOF, "sekret": "x"}}),
    (PROVE, {"number": 1, "proof": {**PROOF, "secreta": "x"}}),
    (PROVE, {"number": 1, "proof": SECRET}),
    (PROVE, {"number": SECRET, "proof": PROOF}),
    (PROVE, {"proof": PROOF}),
    (PROVE, {"number": 1, "proof": PROOF, "further": SECRET}),
    (OPEN, {"input": {**REQUEST, "proof": PROOF}}),
    (OPEN, {"input": {**REQUEST, "departmentId": "x", "proof": PROOF, "unknown": 1}}),
    (OPEN, {"input": [PROOF]}),
    (USE, {"token": "x", "password": SECRET}),
    (USE, {"token": "x", "password": [SECRET]}),
    (USE, {"token": "x" * 5000, "password": SECRET}),
    (KEY, {"key": SECRET, "matchByEmail": True}),
    (KEY, {"key": f"sk_live_{SECRET}", "matchByEmail": True}),
    (KEY, {"key": [SECRET], "matchByEmail": SECRET}),
    (SIGNING, {"secret": SECRET}),
    (SIGNING, {"secret": {"is": SECRET}}),
    (DIGITS, {"clientNumber": 1, "lastFour": SECRET}),
    (DIGITS, {"clientNumber": SECRET, "lastFour": [SECRET]}),
    (PANEL, {"input": {**SHOWN, "secret": SECRET}}),
    (PANEL, {"input": {**SHOWN, "secret": [SECRET]}}),
    (PANEL, {"input": {**SHOWN, "panel": SECRET, "secret": "x"}}),
    (f'mutation {{ prove(number: 1, proof: {{method: PASSWORD, secret: "{SECRET}"}}) {{ nothing }} }}', {}),
    (f'mutation {{ prove(number: "x", proof: {{method: PASSWORD, secret: ["{SECRET}"]}}) {{ __typename }} }}', {}),
    (f'mutation {{ prove(number: 1, proof: {{method: PASSWORD, sekret: "{SECRET}"}}) {{ __typename }} }}', {}),
    (f'mutation {{ prove(number: 1, proof: "{SECRET}") {{ __typename }} }}', {}),
    (f'mutation {{ prove(number: 1, proof: {{method: PASSWORD, secret: "{SECRET}", more: 1}}) {{ __typename }} }}', {}),
    (f'mutation {{ prove(number: 1, proof: {{method: "{SECRET}", secret: "x"}}) {{ __typename }} }}', {}),
]  # fmt: skip


@pytest.mark.parametrize("role", ["guest", "contact", "admin"])
async def test_a_secret_that_fails_stands_in_no_answer_and_no_log(
    app: Litestar, role: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    world = await a_world(proved=False)
    actor = world.people[role]
    caplog.set_level(logging.DEBUG)
    async with a_browser(app, world.tenant) as browser:
        if actor is not None:
            await browser.carry_on(actor)
        for document, variables in SENT:
            for name in ("number", "department"):
                key = "number" if name == "number" else "departmentId"
                holder = variables if name == "number" else variables.get("input", {})
                if isinstance(holder, dict) and holder.get(key) in (1, "x"):
                    holder[key] = world.refs[name]
            answer = await browser.post("/graphql", {"query": document, "variables": variables})
            assert SECRET not in answer.text, (document, variables)
            assert "Something went wrong" not in answer.text
    written = capfd.readouterr()
    assert SECRET not in written.out + written.err
    assert SECRET not in caplog.text


async def test_signing_in_with_a_bad_body_repeats_nothing(app: Litestar, capfd: pytest.CaptureFixture[str]) -> None:
    world = await a_world(proved=False)
    bodies: list[Any] = [
        {"email": "a@b.example", "password": SECRET}, {"email": "a@b.example", "password": [SECRET]},
        {"email": SECRET, "password": SECRET * 200}, {"password": SECRET}, [SECRET], SECRET,
        {"email": {"x": SECRET}, "password": 5},
    ]  # fmt: skip
    async with a_browser(app, world.tenant) as browser:
        for body in bodies:
            answer = await browser.post_raw("/session", json.dumps(body))
            assert answer.status_code in (400, 401), answer.text
            assert answer.json()["message"]
            assert SECRET not in answer.text
        broken = await browser.post_raw("/session", f'{{"email": "a@b.example", "password": "{SECRET}')
        assert broken.status_code == 400
        assert SECRET not in broken.text
    assert SECRET not in "".join(capfd.readouterr())


async def test_a_value_of_the_wrong_shape_is_refused_by_its_place_and_type(app: Litestar) -> None:
    world = await a_world(proved=False)
    told = {
        "Variable '$proof' has invalid value at .secret: String cannot represent a non string value.": {**PROOF, "secret": [1]},
        "Variable '$proof' has invalid value: Expected value of type 'ProofInput' to be an object.": SECRET,
        "Variable '$proof' has invalid value: Expected value of type 'ProofInput' to include required field 'method'.": {"secret": "x"},
        "Variable '$proof' has invalid value: Expected value of type 'ProofInput' not to include unknown field 'sekret'. "
        "Did you mean 'secret'.": {**PROOF, "sekret": "x"},
        "Variable '$proof' has invalid value at .method: That value does not exist in 'ProofMethod' enum.": {**PROOF, "method": "X"},
    }  # fmt: skip
    async with a_browser(app, world.tenant) as browser:
        for message, proof in told.items():
            answer = await browser.raw(PROVE, number=1, proof=proof)
            assert [each["message"] for each in answer["errors"]] == [message]
