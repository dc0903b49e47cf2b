"""The desk's errors. The docstring is the default message.

DeskError
├── NotFound
├── Conflict
└── Refused
    ├── NotAllowed
    ├── NotPossible
    ├── BadCode
    ├── TooOften
    └── Rejected
"""


class DeskError(Exception):
    """The desk could not do this."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or "").strip())


class NotFound(DeskError):
    """There is no such record."""


class Conflict(DeskError):
    """Somebody else changed it first; read it again."""


class Refused(DeskError):
    """The rules of the desk do not allow this."""


class NotAllowed(Refused):
    """This person has no right to do this."""


class NotPossible(Refused):
    """This cannot be done in the present state of the request."""


class BadCode(Refused):
    """This code is unknown, used or expired."""


class TooOften(Refused):
    """This was asked too often; it takes a day until it can be asked again."""


class Rejected(Refused):
    """One answer no longer holds; it is asked again, the others stay."""

    def __init__(self, question: str, message: str = "") -> None:
        super().__init__(message)
        #: the step of the conversation that is open again
        self.question = question
