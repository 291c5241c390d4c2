from collections.abc import Iterable
from datetime import datetime

def rrulestr(s: str) -> Iterable[datetime]: ...
