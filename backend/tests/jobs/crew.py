"""Workers as a supervisor keeps them: whoever is killed is started again at once."""

import random
import signal
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from backend.tests.jobs.conftest import System, eventually


@dataclass(kw_only=True)
class Crew:
    """Running workers of one system."""

    system: System
    settings: dict[str, str]
    stack: ExitStack
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    killed: int = 0

    def start_one(self) -> None:
        self.workers.append(self.stack.enter_context(self.system.worker(**self.settings)))

    def kill_one(self) -> None:
        """Kill any worker that works, not one that is still starting; another takes its place."""
        working = [each for each in self.workers if self.system.has_started(each)]
        victim = random.choice(working or self.workers)
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        self.workers.remove(victim)
        self.killed += 1
        self.start_one()

    async def all_started(self) -> None:
        async def started() -> bool:
            return all(self.system.has_started(each) for each in self.workers)

        await eventually(started)

    async def kill_amid(self, progress: Callable[[], Awaitable[int]], whole: int, kills: int, seconds: float) -> None:
        """Kill one at so many random points of the way from nothing to the whole, and return when the whole is done."""
        points = sorted(random.sample(range(1, whole), kills))

        async def done() -> bool:
            reached = await progress()
            while points and reached >= points[0]:
                points.pop(0)
                self.kill_one()
            return reached >= whole

        await eventually(done, seconds)
        assert not points


@contextmanager
def a_crew(system: System, workers: int, **settings: str) -> Iterator[Crew]:
    """So many workers, ended by SIGTERM when the block ends."""
    with ExitStack() as stack:
        crew = Crew(system=system, settings=settings, stack=stack)
        for _ in range(workers):
            crew.start_one()
        yield crew
