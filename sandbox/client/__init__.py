"""A small synchronous client of the control API, for tests and demos. Standard library only.

sandbox = Sandbox("http://127.0.0.1:8081")
bot = sandbox.bot("1:secret", "steward_bot", "Steward")
ada = sandbox.person("Ada")
ada.open(bot)
sandbox.wait(lambda: ada.last().text)
ada.tap("Repair").answer()
"""

from sandbox.client.calling import Sandbox
from sandbox.client.groups import Bot, Group
from sandbox.client.people import Payment, Person, Tapped
from sandbox.client.seen import Answer, Message, SandboxError, read_message

__all__ = [
    "Answer",
    "Bot",
    "Group",
    "Message",
    "Payment",
    "Person",
    "Sandbox",
    "SandboxError",
    "Tapped",
    "read_message",
]
