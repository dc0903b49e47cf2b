"""Sums of money: `Decimal`, rounded half up to the smallest coin, whole coins at Telegram's border."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

#: currencies whose smallest coin is not a hundredth (ISO 4217), by its number of digits
_DIGITS: Final = {
    **dict.fromkeys(("CLP", "ISK", "JPY", "KRW", "PYG", "RWF", "UGX", "VND", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
ZERO: Final = Decimal(0)


def digits(currency: str) -> int:
    """How many digits after the point a sum in this currency has."""
    return _DIGITS.get(currency, 2)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """To the smallest coin, halves away from zero: as everybody with a pocket calculator does it."""
    return amount.quantize(Decimal(1).scaleb(-digits(currency)), ROUND_HALF_UP)


def is_round(amount: Decimal, currency: str) -> bool:
    """Whether it can be paid in coins."""
    return rounded(amount, currency) == amount


def minor(amount: Decimal, currency: str) -> int:
    """In the smallest coin, as Telegram counts; the sum must be round."""
    return int(rounded(amount, currency).scaleb(digits(currency)))


def major(coins: int, currency: str) -> Decimal:
    """A number of the smallest coins as a sum."""
    return Decimal(coins).scaleb(-digits(currency))
