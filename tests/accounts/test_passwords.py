"""Which passwords are taken, and that looking for an account takes as long as finding none."""

from statistics import median
from time import thread_time

import pytest

from eventmgr.accounts import passwords
from eventmgr.accounts.errors import PasswordTellsWord, PasswordTooLong, PasswordTooShort

OWN = ("Olga", "Domaschk", "olga", "example", "StrategieWerkstatt", "Max")


@pytest.mark.parametrize("password", ["vier Worte in einer Reihe", "x" * 12, "ж" * 256, " " * 12])
def test_length_is_all_that_a_password_needs(password: str) -> None:
    passwords.check_password(password, known_words=OWN)


def test_eleven_characters_are_too_few() -> None:
    with pytest.raises(PasswordTooShort):
        passwords.check_password("x" * 11, known_words=OWN)


def test_257_characters_are_too_many() -> None:
    with pytest.raises(PasswordTooLong):
        passwords.check_password("x" * 257, known_words=OWN)


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("ich bin DOMASCHK, wer sonst", "Domaschk"),
        ("strategiewerkstatt-2026", "StrategieWerkstatt"),
        ("my example of a word", "example"),
    ],
)
def test_a_password_with_a_word_that_others_know_is_refused_and_named(
    password: str, word: str
) -> None:
    with pytest.raises(PasswordTellsWord) as refused:
        passwords.check_password(password, known_words=OWN)
    assert refused.value.word == word


def test_parts_of_a_name_that_occur_in_any_sentence_are_allowed() -> None:
    passwords.check_password("maximal zwölf Zeichen", known_words=OWN)


def test_a_password_is_stored_as_argon2id_at_the_chosen_cost() -> None:
    assert passwords.hashed("vier Worte in einer Reihe").startswith(
        "$argon2id$v=19$m=19456,t=2,p=1$"
    )


def test_only_the_right_password_is_right() -> None:
    stored = passwords.hashed("vier Worte in einer Reihe")
    found = [
        passwords.is_right("vier Worte in einer Reihe", stored),
        passwords.is_right("vier Worte in einer Reihe ", stored),
        passwords.is_right("vier Worte in einer Reihe", None),
        passwords.is_right("vier Worte in einer Reihe", "not a hash"),
    ]
    assert found == [True, False, False, False]


def test_a_hash_of_another_cost_is_to_be_made_anew() -> None:
    dearer = (
        "$argon2id$v=19$m=65536,t=3,p=4$"
        "c29tZXNhbHRzb21lc2FsdA$4pGu2CH2UxfQIbtcnqb3fJ2aBDTTDwJ+mp+rQHvWDsE"
    )
    found = passwords.needs_rehash(dearer), passwords.needs_rehash(passwords.hashed("x" * 12))
    assert found == (True, False)


def test_an_unknown_account_takes_as_long_as_a_known_one() -> None:
    stored = passwords.hashed("vier Worte in einer Reihe")
    passwords.is_right("", None)

    def seconds(of: str | None) -> float:
        started = thread_time()
        passwords.is_right("falsch geraten, leider", of)
        return thread_time() - started

    pairs = [(seconds(stored), seconds(None)) for _ in range(15)]
    known, unknown = (median(column) for column in zip(*pairs, strict=True))
    assert known == pytest.approx(unknown, rel=0.35)
