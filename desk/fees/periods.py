"""Months, as bills name them: 2026-11."""

import re
from datetime import date, timedelta


def is_period(text: str) -> bool:
    """Whether a text names a month."""
    return re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", text) is not None


def first_day(period: str) -> date:
    """The day that a month begins with."""
    return date.fromisoformat(f"{period}-01")


def last_day(period: str) -> date:
    """The day that a month ends with."""
    return (first_day(period) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def period_of(day: date) -> str:
    """The month that a day is in."""
    return f"{day:%Y-%m}"


def before(period: str) -> str:
    """The month before."""
    return period_of(first_day(period) - timedelta(days=1))
