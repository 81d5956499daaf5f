"""A worker as `python -m backend.cli worker` runs it, with the consumers of the tests beside the real ones."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from backend.jobs.consumers import EFFECTS
from backend.jobs.leases import Lease
from backend.jobs.worker import run
from backend.mailboxes.send import send_mail
from backend.settings import read_settings
from backend.tests.jobs.happenings import CONSUMERS

if __name__ == "__main__":
    effects = replace(
        EFFECTS,
        consumers={**EFFECTS.consumers, **CONSUMERS},
        send_mail=partial(send_mail, lease=timedelta(seconds=3)),
    )
    run(read_settings(), effects=effects, lease=Lease(first=3, most=6, back=0.5))
