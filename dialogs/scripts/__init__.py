"""The conversations, one module each, and the names by which runs remember them."""

from collections.abc import Callable, Mapping

from desk.view import DeskView
from dialogs.scripts.alarm import alarm
from dialogs.scripts.announcements import announce, prolong
from dialogs.scripts.complaints import complain, investigate
from dialogs.scripts.dispatching import appeal, assign, decline, merge, reject, transfer
from dialogs.scripts.feedback import decide, praise, reply, suggest
from dialogs.scripts.fees import dispute
from dialogs.scripts.household import (
    ask_in,
    end_link,
    home_code,
    invite,
    let_in,
    link,
    move_out,
    residents,
)
from dialogs.scripts.joining import change_language, join
from dialogs.scripts.my_requests import add_note, call_off, move_visit, refuse_cancel, reopen
from dialogs.scripts.outages import outage
from dialogs.scripts.personal import forget_me, quiet
from dialogs.scripts.questions import ask, edit_answer
from dialogs.scripts.rating import explain_score
from dialogs.scripts.repair import report_repair
from dialogs.scripts.services import order_service
from dialogs.scripts.sorting_out import sort_out
from dialogs.scripts.visitors import refuse_visitor, register_visitor, walk_up
from dialogs.scripts.work import answer_worker, ask_resident, finish, hold, not_fixed, release
from dialogs.talk import Talk

Script = Callable[[Talk, DeskView], object]

#: a run keeps the name, so a name never changes its meaning
SCRIPTS: Mapping[str, Script] = {
    "alarm": alarm,
    "repair": report_repair,
    "join": join,
    "language": change_language,
    "ask": ask_resident,
    "answer": answer_worker,
    "hold": hold,
    "release": release,
    "finish": finish,
    "not_fixed": not_fixed,
    "explain": explain_score,
    "dispute": dispute,
    "service": order_service,
    "complaint": complain,
    "investigate": investigate,
    "suggestion": suggest,
    "praise": praise,
    "reply": reply,
    "decide": decide,
    "question": ask,
    "sort_out": sort_out,
    "edit_answer": edit_answer,
    "announce": announce,
    "prolong": prolong,
    "visitor": register_visitor,
    "refuse_visitor": refuse_visitor,
    "walkup": walk_up,
    "outage": outage,
    "assign": assign,
    "transfer": transfer,
    "decline": decline,
    "reject": reject,
    "appeal": appeal,
    "merge": merge,
    "note": add_note,
    "move": move_visit,
    "call_off": call_off,
    "refuse_cancel": refuse_cancel,
    "reopen": reopen,
    "askin": ask_in,
    "letin": let_in,
    "link": link,
    "homecode": home_code,
    "invite": invite,
    "endlink": end_link,
    "moveout": move_out,
    "residents": residents,
    "quiet": quiet,
    "forget": forget_me,
}
