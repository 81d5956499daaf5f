"""What something costs in time of the processor: waiting and noise do not count, hashing beside the process does."""

import sys
import time

from backend.accounts import passwords

_SCHEDULED = 2  # Of the clocks of a process, the one that counts to the nanosecond.


def cpu_seconds() -> float:
    """Time of the processor that this process has used so far, and on Linux those that hash passwords for it."""
    hashing = [each.pid for each in passwords._started] if sys.platform == "linux" else []
    return time.process_time() + sum(time.clock_gettime((~pid << 3) | _SCHEDULED) for pid in hashing)
