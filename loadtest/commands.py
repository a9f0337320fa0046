"""Commands per second through the whole server: `python loadtest/commands.py [--concurrent 64]`.

Issues tickets by HTTP from many connections at once, Redis writing every command to disk before it answers
(``appendfsync always``). In interleaved rounds it does the same number of ``GET /healthz`` with the same connections: the
price of HTTP alone on this machine, against which the commands are given as a ratio.
"""

import argparse
import asyncio
import secrets
import statistics
from collections.abc import Awaitable, Callable
from time import perf_counter

import aiohttp

from server_process import serving


async def rate(act: Callable[[], Awaitable[None]], concurrent: int, count: int) -> float:
    """Give acts per second, ``concurrent`` at a time."""
    left = count

    async def worker() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            await act()

    began = perf_counter()
    await asyncio.gather(*(worker() for _ in range(concurrent)))
    return count / (perf_counter() - began)


async def measure(url: str, concurrent: int, count: int, rounds: int) -> tuple[list[float], list[float]]:
    """Give the rates of commands and of healthz, by round."""
    connector = aiohttp.TCPConnector(limit=concurrent)
    async with aiohttp.ClientSession(connector=connector) as http:
        async with http.get(f"{url}/api/fairs") as response:
            fair = (await response.json())["fairs"][0]["slug"]

        async def issue() -> None:
            body = {"command_id": secrets.token_hex(16), "size": 1, "queues": ["sapporo"]}
            async with http.post(f"{url}/api/fairs/{fair}/issue", json=body) as answer:
                await answer.read()
                assert answer.status == 200

        async def healthz() -> None:
            async with http.get(f"{url}/healthz") as answer:
                await answer.read()

        commands, floor = [], []
        for _ in range(rounds):
            floor.append(await rate(healthz, concurrent, count))
            commands.append(await rate(issue, concurrent, count))
            async with http.post(f"{url}/api/fairs/{fair}/reset", json={"command_id": secrets.token_hex(16)}) as answer:
                assert answer.status == 200
        return commands, floor


def main() -> None:
    """Measure and print medians over the rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--concurrent", type=int, default=64)
    parser.add_argument("--count", type=int, default=3_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with serving() as url:
        commands, floor = asyncio.run(measure(url, options.concurrent, options.count, options.rounds))
    ratios = [command / http for command, http in zip(commands, floor, strict=True)]
    print(
        f"{options.concurrent} at a time, {options.rounds} rounds: commands/s {statistics.median(commands):.0f} "
        f"({min(commands):.0f}–{max(commands):.0f}), healthz/s {statistics.median(floor):.0f}, "
        f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
    )


if __name__ == "__main__":
    main()
