"""What an installation chooses, and the key that it makes for itself."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from eventmgr.settings import EmptySecretKey, load_settings


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://events.example.org/", "https://events.example.org"),
        ("https://events.example.org", "https://events.example.org"),
        ("http://localhost:8000//", "http://localhost:8000"),
    ],
)
def test_an_address_ends_without_a_slash(tmp_path: Path, written: str, kept: str) -> None:
    assert load_settings(data_dir=tmp_path, public_url=written).public_url == kept


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    first, second = load_settings(data_dir=folder), load_settings(data_dir=folder)
    assert (len(first.secret_key), first.secret_key) == (64, second.secret_key)
    assert [path.name for path in folder.iterdir()] == ["secret_key"]
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600


def test_processes_that_start_at_once_have_one_whole_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wait for the other right after opening: nobody may find a key half written."""
    together = Barrier(2)
    real_open = os.open

    def slow_open(path: Path, flags: int, mode: int) -> int:
        descriptor = real_open(path, flags, mode)
        together.wait(5)
        return descriptor

    monkeypatch.setattr("os.open", slow_open)
    with ThreadPoolExecutor(2) as pool:
        starts = [pool.submit(load_settings, data_dir=tmp_path) for _ in range(2)]
        keys = {start.result().secret_key for start in starts}
    assert [len(key) for key in keys] == [64]


@pytest.mark.parametrize("content", ["", "\n"])
def test_an_empty_key_is_refused_and_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret_key").write_text(content, encoding="ascii")
    with pytest.raises(EmptySecretKey, match=r"secret_key is empty: put the secret key back"):
        load_settings(data_dir=tmp_path)


def test_a_key_that_was_written_by_hand_may_end_its_line(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("mine\n", encoding="ascii")
    assert load_settings(data_dir=tmp_path).secret_key == "mine"
