"""A worker as `python -m backend.cli worker` runs it, with the consumers of the tests beside the real ones.

What a killed worker held comes back sooner than it would in earnest, but in the long run.
"""

import os
from dataclasses import replace
from datetime import timedelta
from functools import partial

from backend.jobs.consumers import EFFECTS
from backend.jobs.leases import Lease
from backend.jobs.worker import run
from backend.mailboxes.outgoing.send import send_mail
from backend.settings import read_settings
from backend.tests.jobs.happenings import CONSUMERS

if __name__ == "__main__":
    effects = replace(EFFECTS, consumers={**EFFECTS.consumers, **CONSUMERS})
    if os.environ.get("COUNTERSIGN_TEST_SIZE") == "long":
        run(read_settings(), effects=effects)
    else:
        hasty = replace(effects, send_mail=partial(send_mail, lease=timedelta(seconds=3)))
        run(read_settings(), effects=hasty, lease=Lease(first=3, most=6, back=0.5))
