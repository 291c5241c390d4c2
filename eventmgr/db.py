"""Tables, columns and the unit of work; everything SQL stands on this room.

Both databases are meant at all times: SQLite in the data folder (one process, WAL) and PostgreSQL.
"""

import enum
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(sa.types.TypeDecorator[datetime]):
    """A moment in time: aware in Python, UTC in the database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuse naive values, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(  # the names are SQLAlchemy's
        self,
        value: Any,  # noqa: ANN401 - the driver's
        dialect: sa.Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """Give an aware UTC value, also where the database has no zones."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def stored_enum(kind: type[enum.StrEnum]) -> sa.Enum:
    """Store an enum by its value in a plain text column with a CHECK constraint."""
    return sa.Enum(
        kind,
        native_enum=False,
        values_callable=lambda members: [member.value for member in members],
        length=20,
        name=kind.__name__.lower(),
        create_constraint=True,
    )


Content = dict[str, str]
"""A text by language code; shown with fallback (see `eventmgr.i18n.say`)."""


class Base(DeclarativeBase):
    """Every table: an integer key, predictable constraint names, typed columns."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: Instant(),
            dict[str, str]: sa.JSON(),
            dict[str, Any]: sa.JSON(),
            list[str]: sa.JSON(),
            str: sa.Text(),
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True)


db = SQLAlchemy(model_class=Base)

_TOGETHER = {"isolation_level": "READ COMMITTED"}
"""Options of a connection to PostgreSQL whose statements are one transaction; see `init_db`."""

_sqlite_writer = threading.Lock()
"""SQLite has one writer; queueing here is fair, its busy handler is not (p95 6-10 times better)."""


@contextmanager
def transaction() -> Iterator[None]:
    """One unit of work: commit on success, roll back on any exception.

    Reads made before it are let go, so that the work starts on fresh rows; on SQLite it takes the
    write lock at once (BEGIN IMMEDIATE), so that it can never fail half-way for want of it.
    """
    db.session.rollback()  # before queueing: who waits must not keep a connection others need
    if is_sqlite():
        with _sqlite_writer:
            yield from _unit_of_work(begin_immediate=True)
    else:
        yield from _unit_of_work(**_TOGETHER)


def _unit_of_work(**options: Any) -> Iterator[None]:  # noqa: ANN401 - SQLAlchemy's
    try:
        db.session.connection(execution_options=options)
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def connect() -> sa.Connection:
    """Open a connection beside the session; what it is told is one transaction until it commits."""
    connection = db.engine.connect()
    return connection if is_sqlite() else connection.execution_options(**_TOGETHER)


def is_sqlite() -> bool:
    """Whether the present app stands on SQLite."""
    return db.engine.dialect.name == "sqlite"


def run(statement: sa.Executable, /, **values: object) -> sa.CursorResult[Any]:
    """Execute a statement in the session's transaction; rows come back, no objects.

    For the hot paths: there a statement is put together once, at the top of its module, because
    that takes longer than running it.
    """
    return db.session.connection().execute(statement, values)


def insert_once(mapped: type[Base], /, **values: object) -> int | None:
    """Insert a row and return its key; None where a unique column says it is there already."""
    key: int | None = run(_insert_once(mapped, db.engine.dialect.name), **values).scalar()
    return key


@cache
def _insert_once(mapped: type[Base], dialect: str) -> sa.Executable:
    """`INSERT … ON CONFLICT DO NOTHING`, which both databases know but spell in two classes."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    table = cast("sa.Table", mapped.__table__)
    return insert(table).on_conflict_do_nothing().returning(table.c.id)


def init_db(app: Flask) -> None:
    """Bind the database of the app's settings and teach SQLite its manners."""
    db.init_app(app)
    with app.app_context():
        engine = db.engine
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _configure_sqlite)
            sa.event.listen(engine, "begin", _begin_sqlite)
        else:
            # Reading sees what is committed, statement by statement, with a transaction or without.
            # Without, there is no ROLLBACK at its end, at which psycopg drops what it has prepared.
            engine.update_execution_options(isolation_level="AUTOCOMMIT")


def _configure_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's begin decides, not the driver
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # a confirmed seat survives a power cut
        "foreign_keys=ON",
        "busy_timeout=30000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    immediate = connection.get_execution_options().get("begin_immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
