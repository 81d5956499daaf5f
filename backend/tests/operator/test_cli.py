"""The command itself: bad input and trouble that can be expected end in a sentence."""

import os
import socket
from pathlib import Path

from backend.tests.operator.conftest import Databases, Place


async def test_the_clock_moves_ahead_and_says_so(databases: Databases, tmp_path: Path) -> None:
    place = await databases.make(tmp_path)
    ran = await place.cli("clock", "advance", "1d12h")
    assert ran.code == 0
    assert "Business time is now" in ran.out
    assert (await place.cli("clock", "advance", "90m")).code == 0
    assert (await place.look("select offset_ms from clock"))[0]["offset_ms"] == (37 * 60 + 30) * 60_000


async def test_the_clock_stands_still_in_production(demo: Place) -> None:
    ran = await demo.cli("clock", "advance", "24h", environment="production")
    assert ran.code == 1
    assert "cannot be moved" in ran.err


async def test_what_is_no_duration_is_refused(demo: Place) -> None:
    for nonsense in ("24", "soon", "-1h", "1y", "99999999999999999999d", ""):
        assert (await demo.cli("clock", "advance", "--", nonsense)).code == 1, nonsense


async def test_an_empty_database_is_migrated_once(databases: Databases, tmp_path: Path) -> None:
    place = await databases.make(tmp_path, template=None)
    assert "not migrated" in (await place.cli("worker")).err
    assert "Applied 0001_foundation" in (await place.cli("migrate")).out
    assert "up to date" in (await place.cli("migrate")).out


async def test_roles_that_may_not_be_made_are_printed_as_sql(demo: Place) -> None:
    nobody = demo.urls.app.replace("countersign_app:", "someone_else:")
    ran = await demo.cli("migrate", database_url=nobody)
    assert ran.code == 1
    assert 'create role "someone_else" login' in ran.err


async def test_a_database_that_is_away_is_a_sentence_without_its_password(demo: Place) -> None:
    away = "postgresql://somebody:very-secret@127.0.0.1:1/nothing"
    for verb in (
        ["migrate"],
        ["worker"],
        ["web"],
        ["mail-listener"],
        ["demo"],
        ["clock", "advance", "1h"],
        ["backup", "x"],
    ):
        ran = await demo.cli(*verb, database_url=away, owner_database_url=away, system_database_url=away, port="0")
        assert ran.code == 1, verb
        assert "cannot be reached" in ran.err
        assert "very-secret" not in ran.out + ran.err


async def test_a_wrong_password_is_a_sentence(demo: Place) -> None:
    wrong = demo.urls.owner.replace("@", "x@")
    ran = await demo.cli("migrate", owner_database_url=wrong)
    assert ran.code == 1
    assert "does not let us in" in ran.err


async def test_a_port_that_is_taken_is_a_sentence(demo: Place) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ran = await demo.cli("web", port=str(other.getsockname()[1]))
    assert ran.code == 1
    assert "COUNTERSIGN_PORT" in ran.err


async def test_settings_that_cannot_be_read_are_named(demo: Place) -> None:
    ran = await demo.cli("doctor", port="many")
    assert ran.code == 1
    assert "COUNTERSIGN_PORT" in ran.err


async def test_without_servers_a_verb_says_how_to_start(demo: Place, tmp_path: Path) -> None:
    ran = await demo.cli(
        "doctor", data_dir=str(tmp_path), database_url="", owner_database_url="", system_database_url="", redis_url=""
    )
    assert ran.code == 1
    assert "npm start" in ran.err


async def test_an_unknown_verb_lists_those_there_are(demo: Place) -> None:
    ran = await demo.cli("explode")
    assert ran.code == 2
    assert "doctor" in ran.err


async def test_a_reader_who_has_seen_enough_is_no_trouble(demo: Place) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = await demo.cli("demo", stdout=writing)
    os.close(writing)
    assert ran.code == 141
    assert ran.err == ""
