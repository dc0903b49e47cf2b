"""Which commands a person sees: the narrowest scope that has any, in their language first."""

import json

from sandbox.records import ADMINISTRATORS, Json, Place
from sandbox.world import World


def commands_for(world: World, place: Place, person: int) -> list[Json]:
    """The commands that Telegram's app would offer in that chat, of all bots there."""
    bots = [world.bots[place.bot]] if place.private else world.bots_in(world.groups[place.chat])
    languages = (world.people[person].language_code.partition("-")[0], "")
    keys = [(scope, language) for scope in _scopes(world, place, person) for language in languages]
    found: list[Json] = []
    for bot in bots:
        found += next((bot.commands[key] for key in keys if bot.commands.get(key)), [])
    return found


def _scopes(world: World, place: Place, person: int) -> list[str]:
    """Telegram's order, from the narrowest to the widest."""
    chat = json.dumps({"chat_id": place.chat, "type": "chat"}, sort_keys=True)
    if place.private:
        return [chat, "all_private_chats", "default"]
    administrator = world.member(world.groups[place.chat], person).status in ADMINISTRATORS
    one = json.dumps({"chat_id": place.chat, "type": "chat_member", "user_id": person}, sort_keys=True)
    admins = json.dumps({"chat_id": place.chat, "type": "chat_administrators"}, sort_keys=True)
    narrow = [one, admins, chat] if administrator else [one, chat]
    return [*narrow, *(["all_chat_administrators"] if administrator else []), "all_group_chats", "default"]
