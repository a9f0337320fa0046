"""nginx and Caddy with the very configurations of `docker/`, on ports of this machine; brought by apt where that is possible."""

import asyncio
import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chromium import install, is_debian_and_ours

DOCKER = Path(__file__).parents[2] / "docker"
NAME = "fair.example.jp"
"""The name in the configurations; nobody's, and led to this machine by the tests alone."""
PACKAGES = {"nginx": "nginx-light", "caddy": "caddy"}
READY_S = 20.0


@dataclass(frozen=True)
class Front:
    """A running reverse proxy."""

    kind: str
    https: int
    """Its port."""
    roots: Path
    """The certificate that browsers must trust."""

    @property
    def url(self) -> str:
        return f"https://{NAME}:{self.https}"


def program(kind: str) -> str:
    """Give the proxy's program; the test that needs it is left out where it cannot be had."""
    if shutil.which(kind) is None and is_debian_and_ours():
        install(PACKAGES[kind])
    found = shutil.which(kind)
    if found is None:
        if is_debian_and_ours():
            pytest.fail(f"{kind} could not be installed")
        pytest.skip(f"{kind} is not installed, and only root on Debian can bring it: apt-get install {PACKAGES[kind]}")
    return found


@asynccontextmanager
async def front(kind: str, servers: Mapping[str, int], ports: tuple[int, int], folder: Path) -> AsyncIterator[Front]:
    """Run nginx or Caddy before ``servers`` (address → port) on ``ports`` (HTTP, HTTPS), with its files in the empty ``folder``."""
    make = _nginx if kind == "nginx" else _caddy
    command, environment, roots = make(program(kind), servers, ports, folder)
    log = (folder / "said").open("wb")
    process = await asyncio.create_subprocess_exec(*command, env={**os.environ, **environment}, stdout=log, stderr=log)
    try:
        await _until_it_answers(process, ports[0])
        if kind == "caddy":
            roots.write_bytes(await _root_certificate(ports[0]))
        yield Front(kind, ports[1], roots)
    finally:
        process.terminate()
        await process.wait()
        log.close()


def _nginx(
    program: str, servers: Mapping[str, int], ports: tuple[int, int], folder: Path
) -> tuple[list[str], dict[str, str], Path]:
    roots = _make_certificates(folder)
    text = (DOCKER / "nginx" / "yobidashi.conf").read_text("utf-8")
    places = [f"{address}:{port}" for address, port in servers.items()]
    for theirs, ours in {
        "server 127.0.0.1:8001 ": f"server {places[0]} ",
        "server 127.0.0.1:8002 ": f"server {places[1]} ",
        "listen 80;": f"listen 127.0.0.1:{ports[0]};",
        "listen 443 ": f"listen 127.0.0.1:{ports[1]} ",
        "/etc/yobidashi/tls/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/",
    }.items():
        assert theirs in text, theirs
        text = text.replace(theirs, ours)
    (folder / "yobidashi.conf").write_text(text, "utf-8")
    kept = "".join(
        f"{what}_temp_path {folder}/{what};\n" for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}\npid {folder}/pid;\ndaemon off;\nerror_log {folder}/nginx.log;\nworker_processes 1;\n"
        f"events {{ worker_connections 2048; }}\nhttp {{\n{kept}include {folder}/yobidashi.conf;\n}}\n"
    )
    return [program, "-e", f"{folder}/nginx.log", "-c", f"{folder}/nginx.conf"], {}, roots


def _caddy(
    program: str, servers: Mapping[str, int], ports: tuple[int, int], folder: Path
) -> tuple[list[str], dict[str, str], Path]:
    """Every server answers to one name, as in the network of a compose file; only this process sees the names so."""
    if os.geteuid() != 0:
        pytest.skip("only root can give Caddy a list of names of its own")
    hosts = folder / "hosts"
    hosts.write_text("127.0.0.1 localhost\n" + "".join(f"{address} server\n" for address in servers))
    (port,) = set(servers.values())
    environment = {
        "YOBIDASHI_NAME": NAME,
        "YOBIDASHI_SERVER_PORT": str(port),
        "HTTP_PORT": str(ports[0]),
        "HTTPS_PORT": str(ports[1]),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    run = f"{program} run --adapter caddyfile --config {DOCKER / 'caddy' / 'Caddyfile'}"
    inside = f"mount --bind {hosts} /etc/hosts && exec {run}"
    return ["unshare", "--mount", "sh", "-c", inside], environment, folder / "root.crt"


async def _until_it_answers(process: asyncio.subprocess.Process, port: int) -> None:
    async with asyncio.timeout(READY_S), aiohttp.ClientSession() as http:
        while process.returncode is None:
            try:
                async with http.get(
                    f"http://127.0.0.1:{port}/", headers={"Host": NAME}, allow_redirects=False
                ) as answer:
                    assert answer.status == 308, answer.status
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.to_thread(lambda: None)
    raise AssertionError("the proxy ended before it answered")


async def _root_certificate(port: int) -> bytes:
    """As a handheld of the hall gets it."""
    async with asyncio.timeout(READY_S), aiohttp.ClientSession() as http:
        while True:
            async with http.get(f"http://127.0.0.1:{port}/root.crt", headers={"Host": NAME}) as answer:
                if answer.status == 200:  # it is made after the start
                    assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
                    return await answer.read()


def _make_certificates(folder: Path) -> Path:
    """An authority and a certificate of it for `NAME` and localhost; gives the authority's."""
    now = datetime.now(UTC)

    def builder(name: str, issuer: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(days=1))
        )

    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = builder("test root", "test root", root_key).add_extension(x509.BasicConstraints(True, None), True)
    names = x509.SubjectAlternativeName([x509.DNSName(NAME), x509.DNSName("localhost")])
    leaf = builder(NAME, "test root", key).add_extension(names, False)
    roots = folder / "root.crt"
    roots.write_bytes(root.sign(root_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    (folder / "fair.pem").write_bytes(leaf.sign(root_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    (folder / "fair.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return roots


def installed(command: str, *arguments: str) -> "subprocess.CompletedProcess[str] | None":
    """Run a program where it is installed; None where it is not."""
    if shutil.which(command) is None:
        return None
    return subprocess.run([command, *arguments], capture_output=True, text=True, check=False, timeout=60)


def versions(text: str) -> list[str]:
    """Give the versions that a program's answer names."""
    return re.findall(r"\d+\.\d+\.\d+", text)
