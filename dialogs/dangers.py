"""What each danger is called, and what somebody in it is told to do: short, for who is afraid."""

from collections.abc import Mapping

from locales.text import Text, _

TITLES: Mapping[str, Text] = {
    "fire": _("🔥 Fire or smoke"),
    "gas": _("💨 Smell of gas"),
    "lift": _("🛗 Trapped in a lift"),
    "flood": _("💧 Burst pipe, flood"),
    "sparks": _("⚡️ Sparks, electric shock"),
    "person": _("🚑 Somebody is hurt or ill"),
    "violence": _("🚨 Violence, break-in"),
    "falling": _("🧱 Something falls or may fall"),
    "manhole": _("🕳 Open manhole, hole in the ground"),
    "other": _("🆘 Something else"),
}

ADVICE: Mapping[str, Text] = {
    "fire": _(
        "• Leave by the stairs, never by the lift.\n"
        "• Close doors behind you. Stay low under the smoke.\n"
        "• Warn the neighbours if you can do so safely.\n"
        "• No way out? Close the door, seal the gaps, show yourself at a window."
    ),
    "gas": _(
        "• Touch no switch. No flame, no lift, no phone inside.\n"
        "• Open the windows. Turn off the gas if you can reach the tap.\n"
        "• Leave, and take everybody with you.\n"
        "• Call from outside."
    ),
    "lift": _(
        "• Stay calm. There is enough air.\n"
        "• Press the alarm button in the lift.\n"
        "• Do not force the doors. Do not climb out.\n"
        "• Keep away from the doors and wait for us."
    ),
    "flood": _(
        "• Turn off the water at the main tap.\n"
        "• Water near sockets? Switch off the power, but only if you stand dry.\n"
        "• Keep out of the water. Do not take the lift.\n"
        "• Warn the neighbours below."
    ),
    "sparks": _(
        "• Do not touch it, nor anything wet.\n"
        "• Switch off the power if you can do so safely.\n"
        "• It burns? No water on it. Leave and close the door.\n"
        "• Somebody got a shock? Power off first, then touch them."
    ),
    "person": _(
        "• Call the ambulance and stay on the line.\n"
        "• No breath? Press hard and fast on the middle of the chest.\n"
        "• Bleeding? Press a cloth on the wound.\n"
        "• Do not move who has fallen. Stay with them."
    ),
    "violence": _(
        "• Get to a safe place and lock the door.\n"
        "• Do not face them. Do not follow them.\n"
        "• Keep quiet, and call the police as soon as it is safe."
    ),
    "falling": _(
        "• Step well back from the building.\n"
        "• Keep others away, children first.\n"
        "• Do not stand below to take pictures."
    ),
    "manhole": _(
        "• Keep away from the edge, and keep children away.\n"
        "• Warn others from a distance.\n"
        "• Somebody fell in? Do not climb after them: the air below can kill."
    ),
    "other": _("• Get to a safe place first.\n• Warn others if you can do so safely.\n• Call for help."),
}

#: why an alarm is called off, as the audit trail keeps it
MISTAKE = _("It was a mistake")
ELSEWHERE = _("It is in another estate")
