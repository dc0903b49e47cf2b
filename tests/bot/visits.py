"""What the tests of visitors share: an estate's rules, a registration, the link in a pass."""

import re
from dataclasses import replace
from typing import Any

from bot.said import Command
from desk.records import Rules
from desk.records.rules import VisitorRules
from desk.records.visitors import Visitor
from tests.bot.counter import Counter, Guest

QUICK = ("once", "now", "4h", "1", "~skip", "family", "~send")


def allows(counter: Counter, **rules: Any) -> None:
    """The estate's rules from now on."""
    counter.estate = replace(counter.estate, rules=Rules(visitors=VisitorRules(**rules)))
    counter.write(lambda work: work.estates.save(counter.estate))


def expects(host: Guest, name: str = "Grandma", keys: tuple[str, ...] = QUICK) -> Visitor:
    """Registers somebody, from the first word to Send."""
    host.says("/visitor", name)
    host.picks(*keys)
    return newest(host)


def newest(host: Guest) -> Visitor:
    """The visitor registered last."""
    return host.counter.read(lambda work: work.visitors.of_host(host.id)[0])


def seen(counter: Counter, visitor: Visitor) -> Visitor:
    """The visitor as they are now."""
    return counter.read(lambda work: work.visitors.get(visitor.id))


def code_in(text: str) -> str:
    """The six digits."""
    found = re.search(r"\b\d{6}\b", text)
    assert found, text
    return found[0]


def link_of(host: Guest) -> str:
    """The start parameter in the newest QR code."""
    pictures = [post.picture for post in host.posts() if post.picture]
    qr = pictures[-1]["qr"]
    assert isinstance(qr, dict)
    url = str(qr["data"])
    assert url.startswith("https://t.me/steward_bot?start=pass-")
    return url.partition("start=")[2]


def opens(who: Guest, link: str) -> str:
    """Scans the QR code; what they read then."""
    who.news()
    who.does(Command("start", link))
    return who.news()
