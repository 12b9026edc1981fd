"""How a migration that is written in SQL is run."""

from pathlib import Path

from alembic import op

__all__ = ["run_script"]


def run_script(migration: str) -> None:
    """Run the statements of the file that stands beside a migration and ends in `.sql`."""
    execute = op.get_bind().exec_driver_sql
    for statement in Path(migration).with_suffix(".sql").read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            execute(statement)
