from collections.abc import Callable
from typing import Self

class LazyString(str):
    """Behaves like the text it becomes in the reader's language."""

    def __new__(cls, func: Callable[..., str], *args: object, **kwargs: object) -> Self: ...
