"""Settings and privacy: when to be disturbed, what is kept, all of it as a file, and being forgotten."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot import layout, notices
from bot.doings import changed
from bot.faces.base import Me
from bot.flows.base import Flow, nothing_about
from bot.scene import Scene, Tap
from bot.session import Session
from desk.actions.perform import perform
from desk.actions.personal import (
    Forgotten,
    Preferred,
    SetNotice,
    export,
    in_the_way,
)
from desk.disturbing import quiet_hours, wants
from desk.errors import NotFound, NotPossible
from desk.plain import plain
from desk.records import Estate, Json, Notice, Person, Role, Timer
from dialogs.names import estate_name
from dialogs.scripts.personal import hours_in_words
from locales.text import Lines, Text, Value, _

#: how long mail to somebody who is forgotten may take
SOON = timedelta(minutes=5)
NOTICES: Mapping[Notice, Text] = {
    Notice.ANNOUNCEMENTS: _("📢 Announcements"),
    Notice.FEES: _("💰 Reminders of fees"),
    Notice.SURVEYS: _("⭐️ How was it?"),
}


# ── settings ──


def show_settings(scene: Scene, person: Person, about: str) -> None:
    """What somebody may choose, and what is chosen; shown in place where it stands already."""
    text = Lines(
        (
            _("⚙️ <b>Your settings</b>"),
            "",
            _("Quiet hours: {hours}", hours=hours_in_words(quiet_hours(person, scene.estate))),
            _("In quiet hours nothing comes that can wait. Answers and emergencies always come."),
        )
    )
    rows = [[_switch(person, notice, label)] for notice, label in NOTICES.items()]
    rows.append([layout.begin(_("🌙 Quiet hours"), "quiet"), layout.begin(_("🌐 Language"), "language")])
    rows.append([layout.page(_("🔒 My data"), "privacy")])
    scene.show(person, "settings", text, rows, anew=about != "again")


def _switch(person: Person, notice: Notice, label: Text) -> Tap:
    """Says on or off, so that two taps count once."""
    on = wants(person, notice)
    words = _("✓ {what}", what=label) if on else _("✗ {what}", what=label)
    return layout.act(words, "notice", f"{notice}-{'off' if on else 'on'}")


def _notice(scene: Scene, person: Person, about: str) -> Value:
    name, _dash, how = about.partition("-")
    if name not in {*Notice} or how not in {"on", "off"}:
        raise NotFound
    result = perform(scene.session, person, SetNotice(notice=Notice(name), on=how == "on"), scene.now)
    if isinstance(result, Preferred):
        show_settings(scene, result.person, "again")
    return _("✅ Noted.")


def _preferred(scene: Scene, person: Person, result: Preferred) -> None:
    show_settings(scene, result.person, "")


# ── privacy ──


def show_privacy(scene: Scene, person: Person, about: str) -> None:
    """What is kept, why and how long, in plain words; and what can be done about it."""
    months = round(scene.estate.rules.privacy.words.days / 30.44)
    text = Lines(
        (
            _("🔒 <b>What we keep of you</b>"),
            "",
            _("• Your name, Telegram account and language, to answer you."),
            _("• Your homes, and until when, so that only you see what concerns them."),
            _("• Your requests with words and pictures, to deal with them and to prove it. Words and "
              "pictures are deleted {months} months after closing; what was done and when stays.",
              months=months),
            _("• Visitors, bills and payments, as long as their rules and the law say."),
            _("• Conversations and messages under way: 30 days."),
            "",
            _("The desk is run by {estate}; nobody else gets your data. Pictures are kept by Telegram.",
              estate=estate_name(scene.estate)),
            _("In charge: {names}.", names=_leaders(scene)),
        )
    )  # fmt: skip
    rows = [
        [layout.act(_("📄 All my data as a file"), "export")],
        [layout.page(_("🗑 Forget me…"), "forget")],
    ]
    scene.tell(person, text, rows)


def _leaders(scene: Scene) -> str:
    people = scene.people_in(Role.MANAGER) or scene.people_in(Role.OWNER)
    return ", ".join(one.name for one in people) or "—"


def _export(scene: Scene, person: Person, about: str) -> Value:
    send_export(scene, person, "")
    return _("📄 Here it comes.")


def send_export(scene: Scene, person: Person, about: str) -> None:
    """Everything that is kept about somebody, as a file."""
    from bot import flows  # every flow adds its part, this one among them

    told: dict[str, Json] = {"made_at": scene.now.isoformat()}
    for name, part in flows.EXPORTS.items():
        told[name] = part(scene.session, person, scene.now)
    content = json.dumps(told, ensure_ascii=False, indent=1)
    caption = _("📄 Everything we keep about you. Pictures are named in it by their number at Telegram.")
    scene.file(person, f"steward-{scene.now:%Y-%m-%d}.json", content, caption)


def show_forget(scene: Scene, person: Person, about: str) -> None:
    """Whether somebody can be forgotten now, and what is in the way."""
    if scene.session.people.staff_of(person.id, scene.now):
        return scene.tell(person, _("You work here. The office ends your post first; then I can forget you."))
    if waiting := in_the_way(scene.session, person):
        rows = [[layout.page(f"R-{one.number}", "request", f"{one.id}")] for one in waiting[:10]]
        text = _("Work on these requests has begun. Once they are closed, I can forget you.")
        return scene.tell(person, text, rows)
    return scene.tell(
        person,
        _("I delete your name, account, homes, words, pictures and settings. What was done when stays under "
          "a number. You are told what goes before anything happens."),
        [[layout.begin(_("🗑 Forget me…"), "forget")]],
    )  # fmt: skip


def _forgetting(scene: Scene, person: Person, about: str) -> Mapping[str, Json]:
    if scene.session.people.staff_of(person.id, scene.now) or in_the_way(scene.session, person):
        raise NotPossible
    return {}


def _forgotten(scene: Scene, person: Person, result: Forgotten) -> None:
    """The rest goes, too: what each flow keeps, the talks, and in a while the mail. Then one last word."""
    from bot import flows

    changed("person.forgotten", person=result.person.id)
    for change in result.cancelled:
        there: Estate = scene.session.estates.get(change.request.estate_id)
        notices.announce(scene.at(there), change)
    for forget in flows.FORGETS:
        forget(scene.session, result.person, scene.now)
    scene.session.privacy.drop_talks(result.person.id)
    scene.session.timers.set(_last_traces(result.person, scene.now))
    text = _("👋 You are forgotten. You can delete this chat now. If you write again, we begin anew.")
    scene.tell(result.person, text)


def _last_traces(person: Person, now: datetime) -> Timer:
    """When the mail goes: once the last word is out and the buttons of the talk are gone."""
    payload: dict[str, Json] = {"chat": person.telegram_id, "before": (now + SOON).isoformat()}
    return Timer(key=f"forgotten/{person.id}", kind="forgotten", due_at=now + SOON, payload=payload)


def _drop_mail(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    chat, before = payload.get("chat"), datetime.fromisoformat(str(payload.get("before")))
    if isinstance(chat, int):
        session.privacy.drop_mail(chat, before)


def _unfollow(session: Session, person: Person, now: datetime) -> None:
    for one in session.followers.by(person.id):
        session.followers.drop(one.request_id, person.id)


def more(scene: Scene, person: Person) -> list[list[Tap]]:
    """For everybody."""
    return [
        [layout.page(_("⚙️ Settings"), "settings")],
        [layout.page(_("🔒 My data"), "privacy")],
    ]


FLOW = Flow(
    begins={"quiet": nothing_about, "forget": _forgetting},
    endings={"quiet": _("✅ Noted."), "forget": _("✅ Done.")},
    tells={Preferred: _preferred, Forgotten: _forgotten},
    pages={
        "settings": show_settings,
        "privacy": show_privacy,
        "export": send_export,
        "forget": show_forget,
    },
    acts={"notice": _notice, "export": _export},
    exports={
        "desk": export,
        "conversations": lambda session, person, now: [
            plain(run) for run in (session.runs.open(person.id), session.runs.parked(person.id)) if run
        ],
        "follows": lambda session, person, now: [plain(one) for one in session.followers.by(person.id)],
    },
    timers={"forgotten": _drop_mail},
    forgets=_unfollow,
    more=more,
)
