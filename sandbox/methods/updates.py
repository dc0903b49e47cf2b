"""How a bot gets its updates: getUpdates, setWebhook and what belongs to them."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from sandbox.delivery.webhook import Target
from sandbox.errors import bad_request
from sandbox.markup import is_loopback
from sandbox.methods.call import Call
from sandbox.params import Params
from sandbox.records import Json

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")

#: Carries out a method call for a bot; a webhook's answer may hold one.
Execute = Callable[[Any, str, Params], Awaitable[Any]]


async def get_updates(call: Call) -> list[Json]:
    """Long polling; the timeout is at most 50 seconds, a batch at most 100 updates."""
    line = call.home.line(call.bot.id)
    if line.webhook is None:
        line.mailbox.allow(call.params.listed("allowed_updates"))
    limit = min(max(call.params.integer("limit", 100), 1), 100)
    timeout = min(max(call.params.integer("timeout"), 0), 50)
    return await line.poll(call.params.integer("offset"), limit, timeout)


async def set_webhook(call: Call, execute: Execute) -> bool:
    """Push updates to an address; an empty one is deleteWebhook."""
    url = call.params.text("url").strip()
    if not url:
        return await delete_webhook(call)
    _check(url)
    secret = call.params.text("secret_token")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    line = call.home.line(call.bot.id)
    line.mailbox.allow(call.params.listed("allowed_updates"))
    if call.params.flag("drop_pending_updates"):
        line.mailbox.clear()
    connections = min(max(call.params.integer("max_connections", 40), 1), 100)
    ip_address = call.params.text("ip_address")
    target = Target(url=url, secret=secret, max_connections=connections, ip_address=ip_address)

    async def reply(body: Json) -> None:
        values = {key: value for key, value in body.items() if key != "method"}
        await execute(call.bot, str(body["method"]), Params(values))

    await line.hook(target, reply)
    return True


async def delete_webhook(call: Call) -> bool:
    """Back to polling."""
    line = call.home.line(call.bot.id)
    await line.unhook()
    if call.params.flag("drop_pending_updates"):
        line.mailbox.clear()
    return True


def get_webhook_info(call: Call) -> Json:
    """Where updates go, how many wait, and what went wrong last."""
    return call.home.line(call.bot.id).info()


def _check(url: str) -> None:
    """Telegram takes only HTTPS; the sandbox takes plain HTTP on loopback too."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if parts.scheme != "https" and not is_loopback(url):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


METHODS: Mapping[str, Callable[[Call], Any]] = {
    "deleteWebhook": delete_webhook,
    "getUpdates": get_updates,
    "getWebhookInfo": get_webhook_info,
}
