"""What an installation may choose, with defaults that are right for production.

Order: the defaults below, then `config.py` of the working folder (or the file that EVENTMGR_CONFIG
names), then the environment. Names in `config.py` are the fields below in capitals.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from pathlib import Path
from runpy import run_path
from typing import Any

from flask import current_app

Content = dict[str, str]


class EmptySecretKey(Exception):
    """The file of the secret key holds none: tickets and links could be made by anybody."""

    def __init__(self, path: Path) -> None:
        """Say which file, and what to do."""
        super().__init__(
            f"{path} is empty: put the secret key back from your backup, "
            "or delete the file so that a new key is made."
        )


@dataclass(frozen=True)
class Group:
    """A stakeholder group that people sign up as; shape and colour mark it on badges."""

    slug: str
    name: Content
    shape: str = "circle"
    colour: str = "#1766b8"


@dataclass(frozen=True)
class Settings:
    """The choices of one installation."""

    programme_name: Content
    programme_subtitle: Content
    claim: Content
    about: Content
    organiser_name: str
    organiser_address: str
    organiser_email: str
    organiser_phone: str
    privacy_contact: str
    enforcement_body: str
    groups: tuple[Group, ...]
    public_url: str = "http://localhost:8000"
    """Scheme and host of every printed or mailed link, without a slash at the end."""
    calendar_domain: str = "eventmgr.example"
    """Right-hand side of every UID; must never change."""
    mail_url: str = "mailbox:"
    """`smtp://user:password@host:587?starttls=1`, `smtps://…`, or `mailbox:` (kept and shown)."""
    mail_from: str = "programme@eventmgr.example"
    data_dir: Path = Path("data")
    database_url: str = ""
    secret_key: str = ""
    demo: bool = False
    hold: timedelta = timedelta(hours=48)
    """How long a place is held until the address is confirmed."""
    sign_ups_per_hour: int = 120
    """How many sign-ups one network may send, so that no machine takes all places; 0: any number.

    A whole office, or everybody in a hall, may stand behind one address.
    """
    keep_people: timedelta = timedelta(days=730)
    """How long after an event names and addresses are kept, as the privacy notice says."""
    letter_lease: timedelta = timedelta(seconds=60)
    """How long a worker may hold a letter before another takes it over."""
    run_worker: bool = True
    """Deliver letters inside the web process; switch off where `eventmgr worker` runs."""
    trusted_proxies: int = 0
    """How many reverse proxies stand before it; only their word on a reader's address counts."""
    default_zone: str = "Europe/Berlin"
    cookie_secure: bool = field(init=False, default=False)
    testing: bool = False
    engine_options: dict[str, Any] = field(default_factory=dict)
    """Passed to SQLAlchemy's create_engine; tests share one connection that way."""

    def __post_init__(self) -> None:
        """Derive what follows from other choices."""
        object.__setattr__(self, "public_url", self.public_url.rstrip("/"))
        object.__setattr__(self, "cookie_secure", self.public_url.startswith("https://"))
        if not self.database_url:
            path = (self.data_dir / "eventmgr.sqlite").resolve()
            object.__setattr__(self, "database_url", f"sqlite:///{path}")

    def group(self, slug: str) -> Group | None:
        """Return the stakeholder group of that slug, if there still is one."""
        return next((group for group in self.groups if group.slug == slug), None)


_ENVIRONMENT = {
    "public_url": "PUBLIC_URL",
    "database_url": "DATABASE_URL",
    "mail_url": "MAIL_URL",
    "mail_from": "MAIL_FROM",
    "secret_key": "SECRET_KEY",
    "calendar_domain": "CALENDAR_DOMAIN",
}


def load_settings(**overrides: Any) -> Settings:  # noqa: ANN401 - any field of Settings
    """Read the settings of this installation and create its secret key at the first start."""
    from_file = _from_config_file()
    from_environment = {
        name: os.environ[variable]
        for name, variable in _ENVIRONMENT.items()
        if os.environ.get(variable)
    }
    if "DATA_DIR" in os.environ:
        from_environment["data_dir"] = os.environ["DATA_DIR"]
    if "RUN_WORKER" in os.environ:
        overrides.setdefault("run_worker", os.environ["RUN_WORKER"] == "1")
    if "TRUSTED_PROXIES" in os.environ:
        overrides.setdefault("trusted_proxies", int(os.environ["TRUSTED_PROXIES"]))
    if "SIGN_UPS_PER_HOUR" in os.environ:
        overrides.setdefault("sign_ups_per_hour", int(os.environ["SIGN_UPS_PER_HOUR"]))
    if "DEMO" in os.environ:
        overrides.setdefault("demo", os.environ["DEMO"] == "1")
    values: dict[str, Any] = {**from_file, **from_environment, **overrides}
    values["data_dir"] = Path(values.get("data_dir", "data"))
    settings = Settings(**values)
    return settings if settings.secret_key else replace(settings, secret_key=_stored_key(settings))


def _from_config_file() -> dict[str, Any]:
    path = Path(os.environ.get("EVENTMGR_CONFIG", "config.py"))
    if not path.exists():
        path = Path(__file__).parent.parent / "config.py"
    known = {item.name for item in fields(Settings) if item.init}
    return {
        name.lower(): value for name, value in run_path(str(path)).items() if name.lower() in known
    }


def _stored_key(settings: Settings) -> str:
    """Return the key in the data folder; only its owner may read it, for it can make tickets."""
    path = settings.data_dir / "secret_key"
    if not path.exists():
        _write_key(path)
    key = path.read_text(encoding="ascii").strip()
    if not key:
        raise EmptySecretKey(path)
    return key


def _write_key(path: Path) -> None:
    """Put a whole key in its place at once; of two processes that start together the first wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()


def current_settings() -> Settings:
    """Return the settings of the present app."""
    settings: Settings = current_app.extensions["settings"]
    return settings
