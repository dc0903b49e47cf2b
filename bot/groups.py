"""The staff group: bound by /setup from an owner or manager, one topic a queue."""

from dataclasses import replace

from bot import cards
from bot.said import Chat, Membership, Moved
from bot.scene import Scene, Tap
from desk.lifecycle import LEADERS, OPEN
from desk.records import Estate, Person
from dialogs.names import estate_name
from locales.text import Text, Value, _

#: the standing that a bot has in a group which it may post to
INSIDE = frozenset({"member", "administrator", "restricted"})
#: more than any estate has open at once
MOST = 10_000


def _desk_of(scene: Scene, person: Person, chat: Chat | None = None) -> Scene | None:
    """The desk whose staff group this person may name: the one that this chat serves already, else one
    that has no group yet; None for everybody but owners and managers."""
    posts = scene.session.people.staff_of(person.id, scene.now)
    led = [scene.session.estates.get(post.estate_id) for post in posts if post.role in LEADERS]
    if chat is not None and scene.estate.staff_chat == chat.id:
        led = [estate for estate in led if estate.id == scene.estate.id]
    led.sort(key=lambda estate: estate.staff_chat is not None)
    return scene.at(led[0]) if led else None


def explain_setup(scene: Scene, person: Person) -> None:
    """How to connect the staff group, with a link that adds the bot as its administrator."""
    if _desk_of(scene, person) is None:
        return scene.tell(person, _("Only an owner or a manager can set up the staff group."))
    link = f"https://t.me/{scene.bot.username}?startgroup=setup&admin=manage_topics+pin_messages"
    text = _(
        "<b>Connect the staff group</b>\n"
        "1. Make a group for your staff, and switch topics on if you like one topic a team.\n"
        "2. Add me as an administrator who may manage topics: tap the button.\n"
        "I then make the topics and say so in the group. If not, write /setup there."
    )
    return scene.tell(person, text, [[Tap(_("➕ Add to the staff group"), url=link)]])


def setup(scene: Scene, person: Person, chat: Chat) -> None:
    """Binds this group, whatever was bound before."""
    desk = _desk_of(scene, person, chat)
    if desk is None:
        return scene.say_in_group(chat.id, _("Only an owner or a manager can set up the staff group."))
    return _connect(desk, chat)


def opened_by_link(scene: Scene, person: Person, chat: Chat) -> None:
    """The link that adds the bot says /start setup; mostly the group is bound by then."""
    desk = _desk_of(scene, person, chat)
    if desk is None or _awaits(desk.estate, chat):
        setup(scene, person, chat)


def _connect(scene: Scene, chat: Chat) -> None:
    """Makes a topic a queue where the group has topics, and posts what is open; bound before, it mends."""
    known = (scene.estate.staff_chat, scene.estate.staff_forum) == (chat.id, chat.forum)
    bound = scene if known else scene.at(_bound(scene, chat))
    for queue in scene.session.estates.queues(bound.estate.id):
        if chat.forum and queue.topic is None:
            bound.topic(chat.id, queue)
    bound.say_in_group(chat.id, _connected(estate_name(bound.estate), chat.forum))
    for request in scene.session.requests.find(bound.estate.id, states=OPEN, limit=MOST):
        if known:
            cards.show_card(bound, request)
        else:
            cards.post_card(bound, request)


def _bound(scene: Scene, chat: Chat) -> Estate:
    """The estate with this group; topics of another group are forgotten."""
    for queue in scene.session.estates.queues(scene.estate.id):
        scene.session.estates.save_queue(replace(queue, topic=None))
    return scene.session.estates.save(replace(scene.estate, staff_chat=chat.id, staff_forum=chat.forum))


def _awaits(estate: Estate, chat: Chat) -> bool:
    """Whether the estate has no group yet, or this one, whose topics were switched on or off."""
    if estate.staff_chat is None:
        return True
    return estate.staff_chat == chat.id and estate.staff_forum != chat.forum


def _connected(name: Value, forum: bool) -> Text:
    if forum:
        return _(
            "✅ This is now the staff group of {estate}. New requests appear in the topic of their queue.",
            estate=name,
        )
    return _("✅ This is now the staff group of {estate}. New requests appear here.", estate=name)


def came_in(scene: Scene, person: Person, chat: Chat, standing: Membership) -> None:
    """The bot was added by an owner or manager: the group is bound if none was yet. Put out and added
    again, by whomever, it posts what it could not post meanwhile."""
    served = scene.estate.staff_chat == chat.id and not _awaits(scene.estate, chat)
    if served and standing.entered and standing.status in INSIDE:
        return _catch_up(scene, chat)
    desk = _desk_of(scene, person, chat)
    if standing.status not in INSIDE or desk is None or not _awaits(desk.estate, chat):
        return None
    if chat.forum and not standing.can_manage_topics:
        text = _("Please make me an administrator who may manage topics, then write /setup here.")
        return scene.say_in_group(chat.id, text)
    return _connect(desk, chat)


def _catch_up(scene: Scene, chat: Chat) -> None:
    """Posts what is open and was never delivered to the group."""
    for request in scene.session.requests.find(scene.estate.id, states=OPEN, limit=MOST):
        if scene.session.outbox.message(scene.bot.id, chat.id, cards.card_key(request)) is None:
            cards.post_card(scene, request)


def moved(scene: Scene, chat: Chat, act: Moved) -> None:
    """The group became a supergroup: everything follows it."""
    scene.session.outbox.move_chat(chat.id, act.to)
