"""The `eventmgr` command: accounts, and the key that belongs to a database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from eventmgr import cli, create_app, server
from eventmgr.accounts import history, service, sessions
from eventmgr.db import db, transaction
from eventmgr.settings import load_settings
from tests.databases import Database

EMAIL = "olga@example.org"
PASSWORD = "vier Worte in einer Reihe"
Command = Callable[..., Result]


@pytest.fixture
def command(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return what runs a command on a database of its own, without becoming a server."""
    monkeypatch.setenv("DATABASE_URL", database.fresh_url())
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(server, "serve", lambda *_where, **_more: None)

    def run(*words: str, typed: str = "") -> Result:
        return CliRunner().invoke(cli.main, words, input=typed)

    return run


def signed_in(token: str = "") -> str:
    """Sign Olga in, or say by whom this token is held now."""
    app = create_app(load_settings())
    with app.app_context():
        if not token:
            account = service.account_by_email(EMAIL)
            assert account is not None
            with transaction():
                token = service.sign_in(account.id, agent="test")
        else:
            found = sessions.organiser_of(token)
            token = found.name if found else "nobody"
        _let_go()
    return token


def _let_go() -> None:
    db.session.remove()
    db.engine.dispose()


def test_a_new_password_signs_all_browsers_out(command: Command) -> None:
    assert command("user", EMAIL, "--name", "Olga", "--password", PASSWORD).exit_code == 0
    token = signed_in()
    assert signed_in(token) == "Olga"
    assert command("user", EMAIL, "--name", "Olga", "--password", PASSWORD * 2).exit_code == 0
    assert signed_in(token) == "nobody"


def test_a_password_is_asked_for_where_none_is_given(command: Command) -> None:
    answer = command("user", EMAIL, typed=f"Olga\n{PASSWORD}\n{PASSWORD}\n")
    assert (answer.exit_code, answer.output.endswith(f"{EMAIL} may sign in.\n")) == (0, True)


def test_a_disabled_account_is_signed_out_and_opens_with_nothing(command: Command) -> None:
    command("user", EMAIL, "--name", "Olga", "--password", PASSWORD)
    token = signed_in()
    answer = command("user", EMAIL, "--disable")
    assert answer.output == f"{EMAIL} may no longer sign in, and is signed out everywhere.\n"
    assert signed_in(token) == "nobody"
    with create_app(load_settings()).app_context():
        assert service.account_with_password(EMAIL, PASSWORD) is None
        account = service.account_by_email(EMAIL)
        assert account is not None
        lines = history.changes_of("account", account.id)
        assert [(line.what, line.actor) for line in lines] == [
            ("disabled", "cli"),
            ("saved", "cli"),
        ]
        _let_go()
    command("user", EMAIL, "--name", "Olga", "--password", PASSWORD)
    assert signed_in(signed_in()) == "Olga"


def test_an_account_that_is_not_there_is_not_disabled(command: Command) -> None:
    answer = command("user", "nobody@example.org", "--disable")
    assert (answer.exit_code, answer.output) == (
        1,
        "Error: There is no account of nobody@example.org.\n",
    )


def test_another_key_is_refused_until_it_is_accepted(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [command("serve").exit_code for _start in range(2)] == [0, 0]
    monkeypatch.setenv("SECRET_KEY", "another")
    answers = [command(name) for name in ("serve", "worker")]
    assert [(answer.exit_code, "Put the old key back" in answer.output) for answer in answers] == [
        (1, True),
        (1, True),
    ]
    assert command("accept-key", "--yes").exit_code == 0
    assert command("serve").exit_code == 0


def test_an_empty_key_is_refused_in_words(command: Command, tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("", encoding="ascii")
    answer = command("serve")
    assert (answer.exit_code, "secret_key is empty" in answer.output) == (1, True)


def test_a_server_waits_for_a_database_that_is_not_upgraded(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite'}")
    answer = command("serve")
    assert (answer.exit_code, "The database is not ready" in answer.output) == (0, True)
