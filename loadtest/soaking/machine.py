"""One process that may be killed, paused and starved, and that comes back as a service manager would bring it back."""

import asyncio
import os
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

RESTART_S: Final = 0.2
"""Between a process's end and its next start; systemd's own default is half of it."""
END_S: Final = 10.0
"""How long a process may take to end before it is killed."""


class Machine:
    """A process with a name and a log, started again whenever it ends, until `stop`."""

    def __init__(self, name: str, command: Sequence[str | Path], settings: Mapping[str, str], log: Path) -> None:
        """Describe it; `start` starts it. ``settings`` stand beside the environment that is there."""
        self.name = name
        self.log = log
        self.starts = 0
        self.command = command
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._wanted = True

    async def start(self) -> None:
        """Start it, and keep it running from now on."""
        self._keeper = asyncio.create_task(self._keep(), name=f"keep {self.name}")
        while self._process is None:
            await asyncio.sleep(RESTART_S / 10)
            if self._keeper.done():
                self._keeper.result()

    async def stop(self) -> None:
        """End it for good."""
        self._wanted = False
        self.send(signal.SIGCONT)
        self.send(signal.SIGTERM)
        if self._keeper is not None:
            _, running = await asyncio.wait({self._keeper}, timeout=END_S)
            if running:
                self.send(signal.SIGKILL)
                await self._keeper

    def send(self, number: signal.Signals) -> None:
        """Send it a signal; a process that has just ended does not mind."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(number)

    async def _keep(self) -> None:
        while self._wanted:
            with self.log.open("ab") as log:
                self._process = await asyncio.create_subprocess_exec(
                    *self.command,
                    env=os.environ | dict(self._settings),
                    stdout=log,
                    stderr=log,
                    stdin=asyncio.subprocess.DEVNULL,
                    start_new_session=True,  # Ctrl-C ends the soak, which ends these
                )
            self.starts += 1
            await self._process.wait()
            if self._wanted:
                await asyncio.sleep(RESTART_S)
