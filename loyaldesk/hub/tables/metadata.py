"""Which tables does a hub have? Each module that keeps something adds its own to this list."""

from __future__ import annotations

import sqlalchemy as sa

__all__ = ["METADATA"]

# Named constraints: a migration can only change what has a name.
METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
