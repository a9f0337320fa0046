"""Work in a process of its own, which begins with the whole package already imported: such a start costs next to nothing."""

import multiprocessing
from collections.abc import Callable

NEEDED = ["__main__", "yobidashi.cli", "yobidashi.serve", "yobidashi.app", "yobidashi.live.socket", "yobidashi.console"]
LOADED_LATE = ["uvloop", "uvicorn.lifespan.on", "uvicorn.loops.uvloop", "uvicorn.protocols.http.httptools_impl"]
"""What uvicorn imports by name, when it starts."""

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([*NEEDED, *LOADED_LATE])


def outcomes(work: Callable[..., None], *arguments: tuple[object, ...], timeout_s: float = 40) -> list[int | None]:
    """Do ``work`` with each of ``arguments``, all at once; give how each ended: 0, or a signal's number below 0.

    None: it did not end in time, and was killed.
    """
    processes = [FORKS.Process(target=work, args=each) for each in arguments]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout_s)
    ended = [process.exitcode for process in processes]
    for process in processes:
        process.kill()
        process.join()
        process.close()
    return ended
