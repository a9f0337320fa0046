"""What every table of a fair's file is: frozen, strict about types, closed to keys it does not know."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """A table of the file."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")
