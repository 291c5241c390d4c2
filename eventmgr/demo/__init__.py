"""The demonstration: a programme of events, places and invented people that is always alive.

The texts are in `programme.toml` and `places.toml`; dates count from the day on which it is loaded.
"""

from eventmgr.demo.load import is_loaded, load
from eventmgr.demo.office import door_token, is_demonstration, office_account, office_link

__all__ = [
    "door_token",
    "is_demonstration",
    "is_loaded",
    "load",
    "office_account",
    "office_link",
]
