"""The wheel: built from this checkout, unpacked elsewhere, and run from there."""

import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from serving import environment, serving

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content, as an installation has it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("yobidashi-*.whl")
    with zipfile.ZipFile(wheel) as content:
        content.extractall(folder / "site")
    return folder / "site"


def test_it_carries_all_that_the_checkout_serves(site: Path) -> None:
    package = site / "yobidashi"
    for source, target in (("displays", "displays"), ("handhelds", "handhelds"), ("server/yobidashi", ".")):
        files = [path.relative_to(ROOT / source) for path in (ROOT / source).rglob("*") if path.is_file()]
        files = [path for path in files if "__pycache__" not in path.parts]
        assert files
        for path in files:
            assert (package / target / path).is_file(), path
    assert (package / "fair.toml").read_bytes() == (ROOT / "fair.toml").read_bytes()
    assert (package / "py.typed").is_file()


def test_it_carries_no_tests_and_the_licences_of_what_it_brings(site: Path) -> None:
    assert {path.name for path in site.iterdir() if path.suffix != ".dist-info"} == {"yobidashi"}
    (information,) = site.glob("*.dist-info")
    assert "Yobidashi contributors" in (information / "licenses" / "LICENSE").read_text()
    assert "yobidashi = yobidashi.cli:main" in (information / "entry_points.txt").read_text()
    for sheet in (site / "yobidashi/vendor").glob("*/*/*.css"):
        assert "Open Font License" in (sheet.parent / "LICENSE").read_text("utf-8")
    for package in ("lit-html", "@msgpack/msgpack", "qr", "@expo-google-fonts/biz-udpgothic"):
        assert (site / "yobidashi/vendor" / package / "LICENSE").is_file()


def test_it_runs_with_its_own_pages(site: Path, tmp_path: Path) -> None:
    where = [sys.executable, "-c", "from yobidashi import places; print(places.DISPLAYS, places.SAMPLE_FAIR)"]
    told = subprocess.run(
        where, capture_output=True, text=True, check=True, cwd=tmp_path, env=environment(PYTHONPATH=str(site))
    )
    assert told.stdout.split() == [str(site / "yobidashi/displays"), str(site / "yobidashi/fair.toml")]
    with serving("--data", str(tmp_path), PYTHONPATH=str(site)) as served:
        for path in ("/calls", "/reception", "/static/now/vendor/lit-html/lit-html.js", "/static/now/client/look.css"):
            with urllib.request.urlopen(served.url + path, timeout=10) as answer:
                assert answer.status == 200
        assert served.end()[0] == 0
