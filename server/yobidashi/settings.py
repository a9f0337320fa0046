"""The settings of one server, read once from the environment; nothing else in the package reads it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from yobidashi import places
from yobidashi.setting_values import (
    read_endpoint,
    read_log_form,
    read_names,
    read_paths,
    read_port,
    read_prefix,
    read_redis_url,
    read_switch,
    seconds,
    whole,
    write_endpoint,
    write_path,
    write_paths,
    write_switch,
)

MOST_PROCESSES = 64
MOST_REPLICAS = 8
MOST_A_SECOND = 100_000
MOST_SOCKETS = 1_000_000
LONGEST_NOTICE_S = 60
GUIDE_S_BOUNDS = (0.1, 30)
SWEEP_S_BOUNDS = (0.5, 60)
FILE = "_FILE"
"""With this behind its name, the variable of a secret names a file that holds it, so that it stands in no list of settings."""


class SettingsInvalid(ValueError):
    """A setting that cannot be used; `str()` is one sentence with the variable's name."""


def _setting(
    variable: str,
    says: str,
    parse: Callable[[str], Any],
    write: Callable[[Any], str],
    default: Any,
    *,
    secret: bool = False,
) -> Any:
    return field(
        default=default,
        repr=not secret,
        metadata={"variable": variable, "says": says, "parse": parse, "write": write, "secret": secret},
    )


def _limit(most: int) -> Callable[[str], int]:
    return whole(0, most, f"a number from 0 to {most} (0: no limit)")


@dataclass(frozen=True, slots=True)
class Settings:
    """What one server is told from outside. Each field is one environment variable, named and explained below it."""

    host: str = _setting(
        "HOST",
        "address to listen on; 0.0.0.0 or :: opens the server to the hall's network",
        str,
        str,
        "127.0.0.1",
    )
    port: int = _setting("PORT", "port to listen on; 0 takes any free one", read_port, str, 8000)
    names: tuple[str, ...] = _setting(
        "YOBIDASHI_NAMES",
        "names by which browsers reach this server, separated by commas; its addresses and the machine's own name are known",
        read_names,
        ",".join,
        (),
    )
    redis_url: str | None = _setting(
        "REDIS_URL",
        "the Redis or Valkey (7.0 or newer) to use: redis://, rediss://, unix://, redis+sentinel://host:port,…/service or "
        "redis+cluster://host:port,…; without it the server starts one of its own",
        read_redis_url,
        str,
        None,
    )
    replicas: int = _setting(
        "YOBIDASHI_REPLICAS",
        "replicas that must have what a command did before it is answered; as many as each master has, so that no failover loses it",
        whole(0, MOST_REPLICAS, f"a number of replicas from 0 to {MOST_REPLICAS}"),
        str,
        0,
    )
    data: Path = _setting(  # noqa: RUF009 - it is dataclasses.field, as above
        "YOBIDASHI_DATA", "folder of the server's own Redis and its log", Path, write_path, Path("data")
    )
    fairs: tuple[Path, ...] = _setting(
        "YOBIDASHI_FAIRS",
        "fair.toml files to serve, separated by colons; without it the sample fair",
        read_paths,
        write_paths,
        (places.SAMPLE_FAIR,),
    )
    demonstration: bool = _setting(
        "YOBIDASHI_DEMONSTRATION",
        "1: the fair's clock may be set and the fair emptied, for trials and replays; never on the day itself",
        read_switch,
        write_switch,
        False,
    )
    key_prefix: str = _setting(
        "YOBIDASHI_PREFIX",
        "first part of every key in Redis, so that deployments can share one",
        read_prefix,
        str,
        "yobi",
    )
    keys: Path = _setting(  # noqa: RUF009
        "YOBIDASHI_KEYS",
        "folder of the keys that open personal data; on another disk than the data, never in the same backup",
        Path,
        write_path,
        Path("keys"),
    )
    key: str | None = _setting(
        "YOBIDASHI_KEY",
        "instead of the folder: one secret, 32 bytes or more in base64, from which every fair's keys are made; "
        "YOBIDASHI_KEY_FILE names a file that holds it",
        str,
        str,
        None,
        secret=True,
    )
    backups: tuple[Path, ...] = _setting(
        "YOBIDASHI_BACKUPS",
        "folders that hold copies of data, keys or logs, separated by colons: a disposal removes keys there and searches them",
        read_paths,
        write_paths,
        (),
    )
    processes: int = _setting(
        "YOBIDASHI_PROCESSES",
        "server processes on this machine, all showing the same fairs",
        whole(1, MOST_PROCESSES, f"a number of processes from 1 to {MOST_PROCESSES}"),
        str,
        1,
    )
    notice_s: float = _setting(
        "YOBIDASHI_NOTICE",
        "seconds a server that is told to end still serves while /readyz answers 503, for load balancers that ask it",
        seconds(0, LONGEST_NOTICE_S),
        "{:g}".format,
        0.0,
    )
    guide_s: float = _setting(
        "YOBIDASHI_GUIDE",
        "seconds between two looks at what a fair's parties wait and what is to be offered: how old advice may be",
        seconds(*GUIDE_S_BOUNDS),
        "{:g}".format,
        5.0,
    )
    sweep_s: float = _setting(
        "YOBIDASHI_SWEEP",
        "seconds within which a socket that stands is closed to a badge or device that was revoked",
        seconds(*SWEEP_S_BOUNDS),
        "{:g}".format,
        15.0,
    )
    log: str = _setting(
        "YOBIDASHI_LOG", "how it writes its log: lines, or json (an object a line)", read_log_form, str, "lines"
    )
    metrics: tuple[str, int] | None = _setting(
        "YOBIDASHI_METRICS",
        "address and port where Prometheus reads figures, like 127.0.0.1:9464; of several processes each takes the next port",
        read_endpoint,
        write_endpoint,
        None,
    )
    device_rate: int = _setting(
        "YOBIDASHI_DEVICE_RATE",
        "requests a second of one enrolled device or one visitor's link, in each process; twenty seconds' worth at once",
        _limit(MOST_A_SECOND),
        str,
        50,
    )
    address_rate: int = _setting(
        "YOBIDASHI_ADDRESS_RATE",
        "requests a second of everybody else behind one network address, likewise; a whole hall may share one",
        _limit(MOST_A_SECOND),
        str,
        300,
    )
    address_sockets: int = _setting(
        "YOBIDASHI_ADDRESS_SOCKETS",
        "open sockets from one network address, in each process, enrolled devices not counted",
        _limit(MOST_SOCKETS),
        str,
        2_000,
    )
    sockets: int = _setting(
        "YOBIDASHI_SOCKETS",
        "open sockets of one process; the next are told to come back later",
        _limit(MOST_SOCKETS),
        str,
        20_000,
    )
    backup_passphrase: str | None = _setting(
        "YOBIDASHI_BACKUP_PASSPHRASE",
        "what seals and opens backups, 12 characters or more; without it the command asks for it",
        str,
        str,
        None,
        secret=True,
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Reads the settings; a variable that is unset or empty leaves the default.

        Raises:
            SettingsInvalid: a variable holds something else than what it is for.
        """
        given: dict[str, Any] = {}
        for setting in fields(cls):
            variable: str = setting.metadata["variable"]
            text = environment.get(variable, "").strip()
            if not text and setting.metadata["secret"]:
                text = _in_file(variable + FILE, environment.get(variable + FILE, "").strip())
            if not text:
                continue
            try:
                given[setting.name] = setting.metadata["parse"](text)
            except ValueError as wanted:
                raise SettingsInvalid(f"{variable} is {text!r}, but should be {wanted}.") from None
        return cls(**given)

    def to_environment(self) -> dict[str, str]:
        """The same settings as environment variables, for the server processes; paths are made absolute."""
        values = ((setting, getattr(self, setting.name)) for setting in fields(self))
        return {
            setting.metadata["variable"]: setting.metadata["write"](value) if value is not None else ""
            for setting, value in values
        }


def _in_file(variable: str, path: str) -> str:
    """What stands in the file that `variable` names; nothing where it names none."""
    try:
        return Path(path).read_text("utf-8").strip() if path else ""
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsInvalid(f"{variable} is {path!r}, which cannot be read: {fault}.") from None


def table() -> list[tuple[str, str, str]]:
    """Every setting as (variable, default, what it is), for `--help` and the README."""
    shown = {"REDIS_URL": "its own Redis", "YOBIDASHI_FAIRS": "the sample fair", "YOBIDASHI_DATA": "./data"}
    shown |= {"YOBIDASHI_NAMES": "its addresses, its own name", "YOBIDASHI_KEYS": "./keys"}
    shown |= {"YOBIDASHI_KEY": "files in that folder", "YOBIDASHI_BACKUPS": "none", "YOBIDASHI_METRICS": "nowhere"}
    shown |= {"YOBIDASHI_BACKUP_PASSPHRASE": "asked for"}
    rows = []
    for setting in fields(Settings):
        variable = setting.metadata["variable"]
        default = shown.get(variable) or setting.metadata["write"](setting.default)
        rows.append((variable, default, setting.metadata["says"]))
    return rows
