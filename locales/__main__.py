"""The translators' tools: `python -m locales update | check | pseudo`."""

import argparse
import sys
from pathlib import Path

from locales import check, pseudo, update
from locales.extract import texts
from locales.languages import HERE

ROOT = HERE.parent


def main(arguments: list[str]) -> int:
    """Runs one tool and returns the exit code."""
    asked = _parser().parse_args(arguments)
    tools = {"update": _update, "check": _check, "pseudo": _pseudo}
    said, code = tools[asked.tool](asked)
    sys.stdout.write(f"{said.rstrip()}\n")
    return code


def _update(asked: argparse.Namespace) -> tuple[str, int]:
    changed = update.update(asked.root, asked.folder)
    return f"changed: {', '.join(changed)}" if changed else "nothing to change", 0


def _check(asked: argparse.Namespace) -> tuple[str, int]:
    report = check.check(asked.root, asked.folder)
    return str(report), 1 if report.faults else 0


def _pseudo(asked: argparse.Namespace) -> tuple[str, int]:
    if asked.into:
        return f"written: {pseudo.write(asked.root, asked.into)}", 0
    return update.rendered(pseudo.catalogue(texts(asked.root))).decode(), 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m locales", description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout with the sources")
    parser.add_argument(
        "--folder", type=Path, default=HERE, help="the folder with a folder for each language"
    )
    tools = parser.add_subparsers(dest="tool", required=True)
    tools.add_parser("update", help="bring the catalogues in step with the code")
    tools.add_parser("check", help="list what is wrong with the texts; exit 1 if anything is")
    made_up = tools.add_parser("pseudo", help="print a made-up language, or write it into a folder")
    made_up.add_argument("into", type=Path, nargs="?", help="such as locales/, to try it in the bot")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
