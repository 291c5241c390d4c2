"""The words for the papers that badges can be printed on."""

from eventmgr.i18n import _l

PAPER_NAMES = {
    "a4-a6": _l("A4 sheets with four badges each, to be cut to A6"),
    "a6": _l("A6 pages, one badge each"),
    "labels": _l("A4 sheets with ten labels each, 90 × 55 mm"),
}
"""By name of the layout."""
