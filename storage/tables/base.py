"""What every table is made with."""

from sqlalchemy import Column, ColumnElement, Index, MetaData, TextClause

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def partial(name: str, *columns: Column[object], where: TextClause, unique: bool = False) -> Index:
    """An index over only the rows that meet a condition, on both databases."""
    condition: ColumnElement[bool] | TextClause = where
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)
