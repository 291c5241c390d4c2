"""The words for what the programme's enums name."""

from eventmgr.i18n import _l
from eventmgr.programme.models import SeriesKind

KIND_NAMES = {
    SeriesKind.DIALOGUE: _l("Dialogue"),
    SeriesKind.WORKSHOP: _l("Workshop"),
    SeriesKind.INNOCAMP: _l("InnoCamp"),
    SeriesKind.INNOSLAM: _l("InnoSlam"),
    SeriesKind.CONFERENCE: _l("Conference"),
}
"""What a series consists of, in the singular."""
