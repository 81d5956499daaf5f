"""A reader that does what its mail says: sleeps, dies, or has no memory left."""

import os
import sys
import time

from backend.mailboxes.incoming.reader import read_frame, write_frame

if __name__ == "__main__":
    while True:
        try:
            asked = read_frame(sys.stdin.buffer)
        except EOFError:
            break
        assert isinstance(asked, tuple)
        if asked[0] == b"sleep":
            time.sleep(60)
        elif asked[0] == b"die":
            os._exit(3)
        write_frame(sys.stdout.buffer, "MemoryError")
