"""What can be wrong with what a device sends."""


class NonceTaken(Exception):
    """The nonce of a scan was used at the door of another event."""


class NothingToUndo(Exception):
    """The scan to be undone let nobody in, or somebody was let in again since."""
