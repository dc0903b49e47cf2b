"""Copies of a moment in memory, so that every branch goes on from where it branches off."""

from copy import copy, deepcopy
from dataclasses import replace

from sandbox.delivery.mailbox import Mailbox
from sandbox.emulator import Emulator
from sandbox.views import Views
from sandbox.wire import Wire
from sandbox.world import World
from storage.memory import MemoryDatabase


def fork_store(store: MemoryDatabase) -> MemoryDatabase:
    """The same tables; a transaction copies what it changes."""
    twin = MemoryDatabase()
    twin._committed = store._committed
    return twin


def fork_town(ours: Emulator, twin: Emulator) -> None:
    """The same people, groups and messages; messages are never changed in place."""
    twin.world = _world(ours.world)
    twin.wire, twin.views = Wire(twin.world), Views(twin.world)
    twin.events.last = ours.events.last
    for bot in ours.lines:
        _mailbox(ours.line(bot).mailbox, twin.line(bot).mailbox)


def _mailbox(ours: Mailbox, twin: Mailbox) -> None:
    twin._last_id = ours._last_id


def _world(ours: World) -> World:
    twin = copy(ours)
    twin.people, twin.taps = dict(ours.people), dict(ours.taps)
    twin.groups = {number: replace(one, members=dict(one.members), topics=dict(one.topics))
                   for number, one in ours.groups.items()}  # fmt: skip
    twin.private = {place: replace(chat) for place, chat in ours.private.items()}
    twin.messages = {place: dict(messages) for place, messages in ours.messages.items()}
    twin._message_ids, twin._numbers = dict(ours._message_ids), deepcopy(ours._numbers)
    twin.files = copy(ours.files)
    twin.files._by_id, twin.files._by_path = dict(ours.files._by_id), dict(ours.files._by_path)
    return twin
