"""The list of effects is whole."""

import importlib
import pkgutil

import backend
from backend.events import LIVE, Event
from backend.jobs.consumers import CONSUMERS


def all_events() -> list[type[Event]]:
    for module in pkgutil.walk_packages(backend.__path__, "backend."):
        if module.name.endswith(".events"):
            importlib.import_module(module.name)
    found, waiting = [], list(Event.__subclasses__())
    while waiting:
        event = waiting.pop()
        waiting += event.__subclasses__()
        if ".tests." not in event.__module__:
            found.append(event)
    return found


def test_every_consumer_that_an_event_names_has_a_handler() -> None:
    events = all_events()
    assert {event.__module__ for event in events} >= {"backend.tickets.events", "backend.tenants.events"}
    named = {(event.__name__, consumer) for event in events for consumer in event.consumers if consumer != LIVE}
    assert {consumer for _, consumer in named if consumer not in CONSUMERS} == set()
    assert set(CONSUMERS) - {consumer for _, consumer in named} == set()
