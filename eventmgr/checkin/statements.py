"""The statements of a scan, put together once: that costs more than running them.

They name columns of tables, not attributes of classes, so that no object is loaded; run them with
`db.run`.
"""

import sqlalchemy as sa

from eventmgr.accounts.models import Key
from eventmgr.checkin.models import Admission, CheckIn
from eventmgr.programme.models import Event
from eventmgr.registration.models import Registration, Status

key = Key.__table__
event = Event.__table__
registration = Registration.__table__
admission = Admission.__table__
check_in = CheckIn.__table__
asked = sa.bindparam

DOOR = sa.select(
    event.c.slug,
    event.c.title,
    event.c.starts_at,
    event.c.ends_at,
    event.c.zone,
    event.c.status,
).where(event.c.id == asked("event_id"))

_TICKET = sa.select(registration.c.id, registration.c.event_id, registration.c.status)
TICKET_OF_CODE = _TICKET.where(registration.c.code_digest == asked("digest"))
TICKET_OF_SHORT_CODE = _TICKET.where(registration.c.short_code == asked("code"))
TICKET_OF_PERSON = _TICKET.where(
    registration.c.id == asked("registration_id"), registration.c.event_id == asked("event_id")
)

RESULT = (
    sa.select(
        check_in.c.event_id,
        check_in.c.outcome,
        check_in.c.scanned_at,
        registration.c.name,
        registration.c.organisation,
        registration.c.group,
        registration.c.cancelled_at,
        event.c.title,
        event.c.starts_at,
        event.c.zone,
        admission.c.day,
        admission.c.admitted_at,
        key.c.name.label("device"),
    )
    .select_from(
        check_in.outerjoin(registration, registration.c.id == check_in.c.registration_id)
        .outerjoin(event, event.c.id == registration.c.event_id)
        .outerjoin(admission, admission.c.registration_id == check_in.c.registration_id)
        .outerjoin(key, key.c.id == admission.c.device_id)
    )
    .where(check_in.c.nonce == asked("nonce"))
)
"""One row for each day on which the person was let in; one without a day where they never were."""

_PRESENT = (
    sa.select(sa.func.count())
    .select_from(admission.join(registration, registration.c.id == admission.c.registration_id))
    .where(
        admission.c.event_id == asked("event_id"),
        admission.c.day == asked("day"),
        registration.c.status == Status.CONFIRMED,  # else more could be here than are expected
    )
)
_EXPECTED = sa.select(sa.func.count()).where(
    registration.c.event_id == asked("event_id"), registration.c.status == Status.CONFIRMED
)
COUNT = sa.select(
    _PRESENT.scalar_subquery().label("present"), _EXPECTED.scalar_subquery().label("expected")
)
