"""What a pass shows at the gate: its code and its link, both made from the estate's own secret.

Nothing of them is kept but a keyed hash of the code (decision 0013): whoever reads a table or a log finds no
code to type, and the host can be shown the same code again.
"""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

#: how many digits a guard types
DIGITS = 6
#: of 43 characters; 22 are 132 bits
SIGNED = 22


def _mac(key: bytes, purpose: str) -> bytes:
    return hmac.new(key, purpose.encode(), sha256).digest()


def code(key: bytes, visitor_id: int, issue: int) -> str:
    """The code of a visitor's pass; another `issue` is another code."""
    drawn = int.from_bytes(_mac(key, f"code/{visitor_id}/{issue}"), "big")
    return f"{drawn % 10**DIGITS:0{DIGITS}}"


def code_hash(key: bytes, shown: str) -> str:
    """Under what a code is kept and found."""
    return _mac(key, f"hash/{shown}").hex()


def token(key: bytes, visitor_id: int, issue: int) -> str:
    """What the link in the QR code carries; at most 42 of Telegram's 64 characters `[A-Za-z0-9_-]`."""
    return f"{visitor_id}-{_signature(key, visitor_id, issue)}"


def _signature(key: bytes, visitor_id: int, issue: int) -> str:
    return urlsafe_b64encode(_mac(key, f"pass/{visitor_id}/{issue}")).decode()[:SIGNED]


def visitor_of(shown: str) -> int | None:
    """Whose pass a link claims to be, not checked yet; None for what is no link of ours."""
    number, _dash, _rest = shown.partition("-")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None


def genuine(key: bytes, shown: str, visitor_id: int, issue: int) -> bool:
    """Whether we made this link, for this very issue; takes as long for any wrong one."""
    return hmac.compare_digest(shown.encode(), token(key, visitor_id, issue).encode())
