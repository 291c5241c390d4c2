"""The demonstration: a programme of events, places and invented people that is always alive.

The texts are in `programme.toml` and `places.toml`; dates count from the day on which it is loaded.
"""

from eventmgr.demo.load import is_demonstration, is_loaded, load, office_account

__all__ = ["is_demonstration", "is_loaded", "load", "office_account"]
