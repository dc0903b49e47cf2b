"""The engine's errors, all of them mistakes in a script. The docstring is the message.

ScriptError
├── WentOn
├── AskedTwice
└── BadButton
"""


class ScriptError(Exception):
    """A conversation script broke a rule of the engine."""

    def __init__(self, what: str = "") -> None:
        super().__init__(f"{(type(self).__doc__ or '').strip()} {what}".strip())


class WentOn(ScriptError):
    """A script went on past a question that has no answer yet."""


class AskedTwice(ScriptError):
    """A script asked two questions of the same name in one run."""


class BadButton(ScriptError):
    """A button's question and key are no plain ASCII, or too long for Telegram's 64 bytes."""
