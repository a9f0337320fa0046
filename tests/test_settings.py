"""What a server is told by its environment."""

from dataclasses import fields
from pathlib import Path

import pytest

from yobidashi import places
from yobidashi.settings import MOST_PROCESSES, Settings, SettingsInvalid, table


def test_an_empty_environment_gives_the_sample_fair_on_this_machine() -> None:
    assert Settings.from_environment({}) == Settings(
        host="127.0.0.1",
        port=8000,
        redis_url=None,
        data=Path("data"),
        fairs=(places.SAMPLE_FAIR,),
        demonstration=False,
        key_prefix="yobi",
        processes=1,
    )


def test_an_empty_variable_counts_as_unset() -> None:
    assert Settings.from_environment({"PORT": "", "REDIS_URL": " "}) == Settings()


def test_settings_survive_the_way_to_another_process(tmp_path: Path) -> None:
    settings = Settings(
        host="::",
        port=0,
        redis_url="unix:///tmp/a%20b.sock",
        data=tmp_path / "札幌",
        fairs=(tmp_path / "a.toml", tmp_path / "b.toml"),
        demonstration=True,
        key_prefix="t-1",
        keys=tmp_path / "keys",
        key="c2VjcmV0",
        processes=3,
        log="json",
        metrics=("::1", 9464),
        device_rate=0,
        backup_passphrase="open sesame!",
        notice_s=2.5,
    )
    assert "c2VjcmV0" not in repr(settings)
    assert "sesame" not in repr(settings)
    assert Settings.from_environment(settings.to_environment()) == settings
    assert Settings.from_environment(Settings().to_environment()).redis_url is None


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "８０００"),  # full-width digits, as a Japanese keyboard types them
        ("REDIS_URL", "localhost:6379"),
        ("REDIS_URL", "redis+sentinel://localhost:26379"),  # of which service?
        ("REDIS_URL", "redis+cluster://localhost:port"),
        ("YOBIDASHI_REPLICAS", "9"),
        ("YOBIDASHI_DEMONSTRATION", "maybe"),
        ("YOBIDASHI_PREFIX", "a{b}"),
        ("YOBIDASHI_LOG", "xml"),
        ("YOBIDASHI_METRICS", "9464"),
        ("YOBIDASHI_METRICS", "127.0.0.1:port"),
        ("YOBIDASHI_DEVICE_RATE", "many"),
        ("YOBIDASHI_SOCKETS", "-1"),
        ("YOBIDASHI_NOTICE", "61"),
        ("YOBIDASHI_NOTICE", "soon"),
        ("YOBIDASHI_GUIDE", "0"),
        ("YOBIDASHI_SWEEP", "0.4"),
        ("YOBIDASHI_PROCESSES", "0"),
        ("YOBIDASHI_PROCESSES", str(MOST_PROCESSES + 1)),
    ],
)
def test_a_bad_value_is_one_sentence_with_the_variable_in_it(variable: str, value: str) -> None:
    with pytest.raises(SettingsInvalid) as told:
        Settings.from_environment({variable: value})
    assert str(told.value).startswith(f"{variable} is {value!r}, but should be ")
    assert str(told.value).endswith(".")
    assert "\n" not in str(told.value)


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    """As container engines and systemd hand secrets over; the variable itself wins, and no other setting is read so."""
    file = tmp_path / "key"
    file.write_text("c2VjcmV0\n")
    assert Settings.from_environment({"YOBIDASHI_KEY_FILE": str(file)}).key == "c2VjcmV0"
    assert Settings.from_environment({"YOBIDASHI_KEY_FILE": str(file), "YOBIDASHI_KEY": "b3Blbg=="}).key == "b3Blbg=="
    assert Settings.from_environment({"YOBIDASHI_PREFIX_FILE": str(file)}).key_prefix == "yobi"
    with pytest.raises(SettingsInvalid, match=r"^YOBIDASHI_KEY_FILE is '\S+', which cannot be read: "):
        Settings.from_environment({"YOBIDASHI_KEY_FILE": str(tmp_path / "nowhere")})


def test_the_table_has_a_row_for_each_setting() -> None:
    assert [row[0] for row in table()] == [setting.metadata["variable"] for setting in fields(Settings)]
    assert all(default and says for _, default, says in table())
