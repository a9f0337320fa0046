"""Starts the server that a benchmark measures: the real one, with its own Redis, in a folder of its own."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """Run `yobidashi serve` as a demonstration and give its address; everything is gone afterwards."""
    environment = {name: value for name, value in os.environ.items() if name not in {"HOST", "PORT"}}
    with tempfile.TemporaryDirectory(prefix="yobi-") as data:
        command = [
            sys.executable,
            "-m",
            "yobidashi",
            "serve",
            "--demonstration",
            "--port",
            "0",
            "--data",
            data,
            *options,
        ]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if found := re.search(r"http://[0-9.]+:\d+", line):
                    yield found[0]
                    break
            else:
                raise SystemExit("the server ended without an address")
        finally:
            process.terminate()
            process.wait()
