"""Readable addresses that are never given twice."""

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from eventmgr.db import db
from eventmgr.programme.models import Event, Person, Region, Series, Venue
from eventmgr.programme.search import folded

LONGEST = 70
RESERVED = frozenset({"new"})
"""What stands in an address of the desk in the place of a slug."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


Kind = type[Event] | type[Series] | type[Venue] | type[Person] | type[Region]


def free_slug(kind: Kind, text: str) -> str:
    """Return the text as part of an address, with a number where it is taken."""
    words = folded(text.translate(_UMLAUTS)).encode("ascii", "ignore").decode()
    base = "-".join(words.replace("@", " ").replace(".", " ").replace("_", " ").split())[
        :LONGEST
    ].strip("-")
    base = base or kind.__tablename__
    column: InstrumentedAttribute[str] = kind.slug
    taken = set(
        db.session.scalars(sa.select(column).where(column.startswith(base, autoescape=True)))
    )
    taken |= RESERVED
    if base not in taken:
        return base
    return next(
        slug for number in range(2, len(taken) + 3) if (slug := f"{base}-{number}") not in taken
    )
