"""The staff group: bound by /setup from an owner or manager, one topic a queue."""

from dataclasses import replace

from bot import cards
from bot.said import Chat, Membership, Moved
from bot.scene import Scene, Tap
from desk.records import Estate, Person, Role, State
from locales.text import Text, _

#: what was filed before the group was there is posted once it is
OPEN = tuple(state for state in State if state.open)
#: the standing that a bot has in a group which it may post to
INSIDE = frozenset({"member", "administrator", "restricted"})


def may_bind(scene: Scene, person: Person) -> bool:
    """Whether the person may say which group is the staff's."""
    return any(post.role in {Role.MANAGER, Role.OWNER} for post in scene.posts(person))


def explain_setup(scene: Scene, person: Person) -> None:
    """How to connect the staff group, with a link that adds the bot as its administrator."""
    if not may_bind(scene, person):
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
    """Binds this group: makes a topic a queue where it has topics, else posts to the group itself."""
    if not may_bind(scene, person):
        return scene.say_in_group(chat.id, _("Only an owner or a manager can set up the staff group."))
    bound = scene.at(_bound(scene, chat))
    queues = scene.session.estates.queues(bound.estate.id)
    if chat.forum:
        for queue in queues:
            if queue.topic is None:
                bound.topic(chat.id, queue)
    bound.say_in_group(chat.id, _connected(bound.estate.name, chat.forum))
    for request in scene.session.requests.find(bound.estate.id, states=OPEN):
        cards.show_card(bound, request, anew=True)
    return None


def _bound(scene: Scene, chat: Chat) -> Estate:
    """The estate with this group; topics of another group are forgotten."""
    estate = replace(scene.estate, staff_chat=chat.id, staff_forum=chat.forum)
    if (scene.estate.staff_chat, scene.estate.staff_forum) != (chat.id, chat.forum):
        for queue in scene.session.estates.queues(estate.id):
            scene.session.estates.save_queue(replace(queue, topic=None))
        scene.session.estates.save(estate)
    return estate


def _connected(name: str, forum: bool) -> Text:
    if forum:
        return _(
            "✅ This is now the staff group of {estate}. New requests appear in the topic of their queue.",
            estate=name,
        )
    return _("✅ This is now the staff group of {estate}. New requests appear here.", estate=name)


def came_in(scene: Scene, person: Person, chat: Chat, standing: Membership) -> None:
    """The bot was added by an owner or manager: the group is bound if none was yet."""
    if standing.status not in INSIDE or not may_bind(scene, person):
        return
    if scene.estate.staff_chat not in {None, chat.id}:
        return
    if chat.forum and not standing.can_manage_topics:
        scene.say_in_group(
            chat.id,
            _("Please make me an administrator who may manage topics, then write /setup here."),
        )
        return
    setup(scene, person, chat)


def moved(scene: Scene, chat: Chat, act: Moved) -> None:
    """The group became a supergroup: everything follows it."""
    scene.session.outbox.move_chat(chat.id, act.to)
