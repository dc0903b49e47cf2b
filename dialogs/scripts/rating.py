"""Why a job was as good or as bad as its score says."""

from desk.actions.orders import Explain
from desk.view import DeskView
from dialogs.questions.choices import Option
from dialogs.talk import Talk
from locales.text import Text, _

#: a score from here on is praise
GOOD = 4


def reasons_for(score: int) -> dict[str, Text]:
    """The chips that fit a score."""
    if score >= GOOD:
        return {
            "fast": _("Fast"),
            "friendly": _("Friendly"),
            "clean": _("Clean work"),
            "informed": _("Well informed"),
        }
    return {
        "not_fixed": _("Not really fixed"),
        "slow": _("Too slow"),
        "quality": _("Poor quality"),
        "attitude": _("Attitude"),
        "mess": _("Left a mess"),
        "cost": _("Cost dispute"),
        "no_show": _("No-show / late"),
        "comms": _("Not kept informed"),
    }


def explain_score(talk: Talk, desk: DeskView) -> Explain:
    """Reason chips, then words if wished."""
    request = desk.request(talk.subject.get("request"))
    survey = desk.survey(request.id)
    chips = reasons_for(survey.score if survey and survey.score else GOOD)
    prompt = _("Why this score for R-{number}? Tap all that fits.", number=str(request.number))
    reasons = talk.tick("reasons", prompt, [Option(code, text, code) for code, text in chips.items()])
    words = talk.describe("words", _("Would you like to add a few words?"), optional=True)
    return Explain(request_id=request.id, reasons=reasons, words=words.words)
