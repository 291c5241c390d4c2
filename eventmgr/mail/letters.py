"""What a letter is before it is sent: a template, an address, a language and JSON-ready facts."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Letter:
    """A letter to enqueue. The context is JSON: strings, numbers, lists and dicts of them.

    Reserved names in the context: `calendar` (text of an iCalendar object), `calendar_method`
    (PUBLISH or CANCEL) and `qr` (text of a QR symbol shown in the letter as image `cid:qr`).
    """

    key: str
    template: str
    to_address: str
    language: str
    to_name: str = ""
    about: str = ""
    context: dict[str, Any] = field(default_factory=dict)
