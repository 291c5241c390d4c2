"""The words for where a registration stands, and for what stands in its history."""

from eventmgr.i18n import _l, say
from eventmgr.registration.models import QuestionKind, Status
from eventmgr.settings import current_settings

STATUS_NAMES = {
    Status.CONFIRMED: _l("Confirmed"),
    Status.PENDING: _l("Not confirmed yet"),
    Status.WAITLISTED: _l("Waiting"),
    Status.INVITED: _l("Invited"),
    Status.CANCELLED: _l("Cancelled"),
    Status.DECLINED: _l("Declined"),
}

QUESTION_NAMES = {
    QuestionKind.TEXT: _l("Writing"),
    QuestionKind.CHOICE: _l("Choosing from a list"),
}

CHANGES = {
    "signed up": _l("Signed up"),
    "signed up again": _l("Signed up again"),
    "confirmed": _l("Address and place confirmed"),
    "address confirmed": _l("Address confirmed"),
    "cancelled": _l("Cancelled"),
    "promoted": _l("Moved up from the waiting list"),
    "details changed": _l("Details changed"),
    "letter sent again": _l("Letter sent again"),
    "feed renewed": _l("Address of the calendar renewed"),
    "feed stopped": _l("Calendar stopped"),
}


def group_name(slug: str) -> str:
    """Return the name of a stakeholder group, or its slug where there is no such group any more."""
    group = current_settings().group(slug)
    return say(group.name) if group else slug


def status_name(status: Status) -> str:
    """Return a status in the reader's language."""
    return str(STATUS_NAMES[status])


def change_name(what: str) -> str:
    """Return a line of the history in the reader's language."""
    return str(CHANGES.get(what, what))
