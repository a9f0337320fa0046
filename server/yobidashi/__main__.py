"""`python -m yobidashi`: the same as the `yobidashi` command."""

from yobidashi.cli import main

main()
