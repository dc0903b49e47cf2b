"""Code that nobody calls: vulture, without the parameters of a Protocol, which are nobody's fault.

    python -m tests.architecture.dead_code

Unused parameters and variables are ruff's business; this looks for functions, classes, methods,
properties and lines that nothing reaches. What a library calls is named under [tool.vulture].
"""

import sys
import tomllib

from vulture import Vulture

from tests.architecture.house import ROOT

KINDS = {"function", "class", "method", "property", "import", "unreachable_code"}


def dead_code() -> list[str]:
    """One line for each piece of code that can go."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["vulture"]
    vulture = Vulture(ignore_names=settings["ignore_names"], ignore_decorators=settings["ignore_decorators"])
    vulture.scavenge([ROOT / path for path in settings["paths"]])
    return [item.get_report() for item in vulture.get_unused_code(min_confidence=60) if item.typ in KINDS]


if __name__ == "__main__":
    found = dead_code()
    print("\n".join(found) or "No dead code.")  # noqa: T201
    sys.exit(bool(found))
