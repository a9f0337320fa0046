"""The `yobidashi` command: reads what was typed and hands it to the room that does it."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from yobidashi import __version__
from yobidashi.settings import Settings, SettingsInvalid, table

USAGE = 2
"""Exit status for a wrong option or setting; 1 is for a fair, a server or a proof that fails."""

EXAMPLES = """
Examples:

[bold]yobidashi serve[/bold]  — the sample fair, on this machine

[bold]yobidashi serve fair.toml --host 0.0.0.0[/bold]  — your fair, open to the hall

[bold]yobidashi check fair.toml[/bold]  — every fault of a fair, with its line

[bold]yobidashi rehearse fair.toml --out rehearsal.html[/bold]  — hundreds of simulated days, before the day

[bold]yobidashi replay --day r6 --speed max[/bold]  — a whole day in a minute
"""

app = typer.Typer(
    name="yobidashi",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EXAMPLES,
)

audit = typer.Typer(no_args_is_help=True, help="The record of who saw or changed personal data.")
app.add_typer(audit, name="audit")


def main() -> None:
    """The console command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without Japanese still gets its list
    app()


def _settings_help() -> str:
    rows = "\n\n".join(f"[bold]{variable}[/bold] ({default}): {says}" for variable, default, says in table())
    return f"Settings from the environment, with their defaults; an option wins over its variable:\n\n{rows}"


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"yobidashi {__version__}")
        raise typer.Exit


@app.callback()
def yobidashi(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Tell the version and stop.")
    ] = False,
) -> None:
    """呼出: calls every party of a consultation fair once, in order, on every screen at the same moment."""


@app.command(epilog=_settings_help())
def serve(
    fairs: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FAIR.toml]...", help="The fairs to serve.", show_default="the sample fair"),
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on; 0.0.0.0 opens it to the hall.")] = None,
    port: Annotated[str | None, typer.Option(metavar="NUMBER", help="Port to listen on; 0 takes any free one.")] = None,
    processes: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="Server processes, all showing the same.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the server's own Redis keeps its data.")
    ] = None,
    demonstration: Annotated[
        bool | None, typer.Option(help="Let the fair's clock be set and the fair be emptied, for trials and replays.")
    ] = None,
) -> None:
    """Serve fairs until Ctrl-C. Without REDIS_URL it starts a Redis of its own; the queues survive a restart."""
    typed = {
        "HOST": host,
        "PORT": port,
        "YOBIDASHI_PROCESSES": processes,
        "YOBIDASHI_DATA": str(data) if data else None,
        "YOBIDASHI_FAIRS": os.pathsep.join(map(str, fairs)) if fairs else None,
        "YOBIDASHI_DEMONSTRATION": None if demonstration is None else str(int(demonstration)),
    }
    try:
        settings = Settings.from_environment({**os.environ, **{name: text for name, text in typed.items() if text}})
    except SettingsInvalid as fault:
        print(fault, file=sys.stderr)
        raise typer.Exit(USAGE) from None

    from yobidashi.serve import serve as run

    raise typer.Exit(run(settings))


@app.command()
def check(
    fairs: Annotated[list[Path] | None, typer.Argument(metavar="[FAIR.toml]...", help="The fairs to check.")] = None,
) -> None:
    """Check fairs against every minimum of the specification; each fault names its line, what was expected, what came."""
    from yobidashi.check import check as run
    from yobidashi.places import SAMPLE_FAIR

    raise typer.Exit(run(fairs or [SAMPLE_FAIR]))


@app.command()
def replay(
    url: Annotated[str, typer.Option(help="The running server.")] = "http://127.0.0.1:8000",
    fair: Annotated[str, typer.Option(metavar="SLUG", help="The fair to play; needless where there is one.")] = "",
    day: Annotated[
        str, typer.Option(help="The day to play: r6 is the sixth fair, 349 persons and 556 consultations.")
    ] = "r6",
    speed: Annotated[str, typer.Option(help="How much faster than the day itself, or max.")] = "max",
    screens: Annotated[int, typer.Option(min=1, max=1000, help="Screens that watch and are asked what they saw.")] = 8,
    seed: Annotated[int, typer.Option(help="The same seed plays the same day.")] = 6,
    reset: Annotated[bool, typer.Option("--reset", help="Empty the demonstration fair first.")] = False,
) -> None:
    """Play a whole day through a running demonstration server, as its visitors and staff would, and prove the outcome."""
    from yobidashi.replay.command import replay as run

    raise typer.Exit(run(url=url, fair=fair, day=day, speed=speed, screens=screens, seed=seed, reset=reset))


@app.command()
def rehearse(
    fair: Annotated[Path | None, typer.Argument(metavar="[FAIR.toml]", help="The fair to rehearse.")] = None,
    days: Annotated[int, typer.Option(min=2, max=5000, help="Days of each policy.")] = 200,
    seed: Annotated[int, typer.Option(help="The same seed plays the same days.")] = 1,
    persons: Annotated[int, typer.Option(min=1, max=5000, help="Persons who come on a day.")] = 349,
    policy: Annotated[
        list[str] | None,
        typer.Option(help="paper, tickets, fixed, offers, pool, or all to compare them.", show_default="pool"),
    ] = None,
    processes: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes that play.", show_default="one a processor")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE.html|.pdf", help="Where the report goes as well.")] = None,
    real: Annotated[
        str,
        typer.Option(metavar="URL", help="Play one day through this demonstration server instead, and empty it first."),
    ] = "",
) -> None:
    """Play many simulated days of a fair before the day: waits, who goes home unserved, seats and staff, what changes do."""
    from yobidashi.places import SAMPLE_FAIR
    from yobidashi.rehearsal.command import run, run_real

    if real:
        raise typer.Exit(run_real(fair or SAMPLE_FAIR, real, seed))
    raise typer.Exit(
        run(
            fair or SAMPLE_FAIR,
            days=days,
            seed=seed,
            processes=processes or os.cpu_count() or 1,
            persons=persons,
            out=out,
            policies=policy or ["pool"],
        )
    )


@app.command()
def dispose(
    fair: Annotated[Path, typer.Argument(metavar="FAIR.toml", help="The fair whose personal data are destroyed.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who carries it out, for the written record.")],
    approved_by: Annotated[str, typer.Option(metavar="NAME", help="Who approved it, for the written record.")],
    record: Annotated[Path, typer.Option(metavar="FILE.pdf", help="Where the written record goes.")] = Path(
        "disposal-record.pdf"
    ),
    data: Annotated[Path | None, typer.Option(metavar="FOLDER", help="The data folder, as for serve.")] = None,
) -> None:
    """Destroy a fair's personal data for good: key, records, files, then a search. Type it again to go on after a halt."""
    from yobidashi.console import dispose as run

    raise typer.Exit(run(_of_the_console(data), fair, by=by, approved_by=approved_by, record=record))


@app.command()
def rotate_key(
    fair: Annotated[Path, typer.Argument(metavar="FAIR.toml", help="The fair whose keys are replaced.")],
    data: Annotated[Path | None, typer.Option(metavar="FOLDER", help="The data folder, as for serve.")] = None,
) -> None:
    """Replace the keys of a fair's personal data while it runs. Type it again to go on after a halt."""
    from yobidashi.console import rotate_key as run

    raise typer.Exit(run(_of_the_console(data), fair))


@app.command()
def backup(
    fair: Annotated[Path, typer.Argument(metavar="FAIR.toml", help="The fair to back up.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where it goes.", show_default="the first of YOBIDASHI_BACKUPS, or here"),
    ] = None,
    data: Annotated[Path | None, typer.Option(metavar="FOLDER", help="The data folder, as for serve.")] = None,
) -> None:
    """Write a whole fair into one sealed file, as it is at one instant, while it runs. The keys are not in it."""
    from yobidashi.console import backup as run

    raise typer.Exit(run(_of_the_console(data), fair, out))


@app.command()
def restore(
    fair: Annotated[Path, typer.Argument(metavar="FAIR.toml", help="The fair to restore.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `yobidashi backup` wrote.")],
    further: Annotated[
        int, typer.Option(min=0, max=1000, help="How many numbers to leave out: they may have been given since.")
    ] = 50,
    data: Annotated[Path | None, typer.Option(metavar="FOLDER", help="The data folder, as for serve.")] = None,
) -> None:
    """Put a backup in the place of a fair in which nothing has happened yet, beside a running server or without one."""
    from yobidashi.console import restore as run

    raise typer.Exit(run(_of_the_console(data), fair, file, further))


@app.command()
def doctor(
    fair: Annotated[
        Path | None, typer.Argument(metavar="[FAIR.toml]", help="The fair whose screens are looked for.")
    ] = None,
    url: Annotated[str, typer.Option(metavar="URL", help="The server as browsers reach it, to look at that too.")] = "",
    data: Annotated[Path | None, typer.Option(metavar="FOLDER", help="The data folder, as for serve.")] = None,
) -> None:
    """Look at a venue: disk, keys, fonts, port, Redis and its durability, clocks, screens. What is ill ends with status 1."""
    from yobidashi.upkeep.doctor.command import doctor as run

    raise typer.Exit(run(_of_the_console(data), fair, url))


@app.command()
def owner_link(
    fair: Annotated[Path, typer.Argument(metavar="FAIR.toml", help="The fair that needs a chief.")],
    data: Annotated[Path | None, typer.Option(metavar="FOLDER", help="The data folder, as for serve.")] = None,
) -> None:
    """Print a link that makes another chief, once: for when no chief can sign in any more."""
    from yobidashi.console import owner_link as run

    raise typer.Exit(run(_of_the_console(data), fair))


@audit.command()
def verify(
    fair: Annotated[Path, typer.Argument(metavar="FAIR.toml", help="The fair whose audit record is proved.")],
    data: Annotated[Path | None, typer.Option(metavar="FOLDER", help="The data folder, as for serve.")] = None,
) -> None:
    """Prove that nothing in a fair's audit record was changed, put in, taken out or cut off."""
    from yobidashi.console import verify as run

    raise typer.Exit(run(_of_the_console(data), fair))


def _of_the_console(data: Path | None) -> Settings:
    try:
        return Settings.from_environment({**os.environ, **({"YOBIDASHI_DATA": str(data)} if data else {})})
    except SettingsInvalid as fault:
        print(fault, file=sys.stderr)
        raise typer.Exit(USAGE) from None
