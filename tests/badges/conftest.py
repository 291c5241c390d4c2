"""The faces paper is set in; a clone without Node.js has not built them."""

from pathlib import Path

import pytest

from eventmgr.badges.fonts import BUILT


@pytest.fixture(scope="session")
def fonts() -> Path:
    """Return the folder of built fonts; without it a test of other scripts cannot be run."""
    if not any(BUILT.glob("FiraSans*.ttf")):
        pytest.skip("the fonts of paper are not built: run `make assets`")
    return BUILT
