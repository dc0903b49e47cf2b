"""How keeping can fail."""


class Unavailable(Exception):
    """What is kept cannot be reached or written at the moment; nothing was changed. It is no fault of the
    work that was to be done, which may be tried again later."""


class Busy(Unavailable):
    """Somebody else is writing at the moment."""
