"""The part of Flask-WTF that this project uses; the library ships no types."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup
from wtforms import Form

from .csrf import CSRFProtect as CSRFProtect

class FlaskForm(Form):
    def __init__(
        self,
        formdata: Any = ...,
        *,
        obj: object = ...,
        prefix: str = ...,
        data: Mapping[str, Any] | None = ...,
        meta: Mapping[str, Any] | None = ...,
        **kwargs: Any,
    ) -> None: ...
    def is_submitted(self) -> bool: ...
    def validate_on_submit(
        self, extra_validators: Mapping[str, Sequence[Any]] | None = ...
    ) -> bool: ...
    def hidden_tag(self, *fields: object) -> Markup: ...
