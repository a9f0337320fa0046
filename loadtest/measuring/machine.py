"""This machine: its CPUs, its processes, and how a benchmark keeps server and client apart."""

import os
import resource
import shutil
import signal
import time
from pathlib import Path
from typing import Final

SERVER_CPU: Final = 0
CLIENT_CPU: Final = 1

FILES_MAX: Final = 20_000
"""Open files that a process may have here: 10,000 sockets and what is beside them."""


REST_MAX_S: Final = 120.0
REST_LOOK_S: Final = 6.0
"""Longer than the guide's round, so that each look sees it work at least once."""

AT_REST: Final = 0.1
"""Of a CPU; less than that is what a server does for ever."""


def prepare() -> None:
    """Let this process and those it starts open `FILES_MAX` files, or as many as the machine allows; end by SIGTERM as by Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # also where a shell's background has Ctrl-C ignored
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_MAX if most == resource.RLIM_INFINITY else min(FILES_MAX, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def pinned(command: list[str], cpu: int | None) -> list[str]:
    """Give the command that runs on one CPU alone; as it is, without one or where the machine has but one."""
    if cpu is None or cpu not in os.sched_getaffinity(0) or not shutil.which("taskset"):
        return command
    return ["taskset", "-c", str(cpu), *command]


def children_of(pid: int) -> dict[int, str]:
    """Give the processes below ``pid``, each with its words."""
    found: dict[int, str] = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found[child] = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
            found |= children_of(child)
    return found


def cpu_s(*pids: int) -> float:
    """Give the CPU seconds that processes have taken since they began."""
    ticks = 0
    for pid in pids:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(after_name[11]) + int(after_name[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def busy_s() -> float:
    """Give the CPU seconds that all processes of the machine have taken since it began."""
    user, nice, system, _, _, irq, soft = map(int, Path("/proc/stat").read_text().split(maxsplit=8)[1:8])
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")


def rest(*pids: int) -> None:
    """Wait until processes have nothing left to do: what they still work on would be counted to what is measured next."""
    ends = time.monotonic() + REST_MAX_S
    before = cpu_s(*pids)
    while time.monotonic() < ends:
        time.sleep(REST_LOOK_S)
        now = cpu_s(*pids)
        if now - before < REST_LOOK_S * AT_REST:
            return
        before = now
