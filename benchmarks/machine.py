"""What Linux tells of a process and of the machine; read from /proc, so that nothing has to be installed."""

import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def processor_seconds(pid: int) -> float:
    """What a process has used of the processors, all its threads together."""
    # the kernel numbers the clock of a process so: its pid inverted, and 2 for the processor's time
    return time.clock_gettime((~pid << 3) | 2)


def resident_bytes(pid: int) -> int:
    """How much memory a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * PAGE


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Busy:
    """Seconds that all processors together have worked since the machine's start, and when that was read."""

    seconds: float
    at: float

    @classmethod
    def now(cls) -> Self:
        """As it is now."""
        fields = [int(word) for word in Path("/proc/stat").read_text("ascii").split(maxsplit=9)[1:9]]
        idle = fields[3] + fields[4]
        return cls((sum(fields) - idle) / TICKS, time.monotonic())

    def cores_since(self, before: "Busy") -> float:
        """How many processors worked on the average between two readings."""
        return (self.seconds - before.seconds) / (self.at - before.at)
