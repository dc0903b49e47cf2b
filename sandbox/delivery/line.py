"""One bot's line: its mailbox, its long poll and, if set, its webhook."""

from collections.abc import Callable

from sandbox.clock import Clock
from sandbox.delivery.mailbox import Mailbox
from sandbox.delivery.polling import Poller
from sandbox.delivery.webhook import Reply, Target, Webhook
from sandbox.errors import conflict
from sandbox.records import Json

_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class Line:
    """Polling and webhook exclude each other; the mailbox is the same for both."""

    def __init__(self, clock: Clock, touched: Callable[[], None]) -> None:
        self._clock = clock
        self.mailbox = Mailbox(clock, touched)
        self.webhook: Webhook | None = None
        self._poller = Poller(self.mailbox)

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:
        """getUpdates."""
        if self.webhook:
            raise conflict(_WEBHOOK_ACTIVE)
        return await self._poller.poll(offset, limit, timeout)

    async def hook(self, target: Target, reply: Reply) -> None:
        """setWebhook: what waits is pushed to the new address."""
        await self.unhook()
        self._poller.end("terminated by setWebhook request")
        self.webhook = Webhook(target, self.mailbox, self._clock, reply)
        self.webhook.start()

    async def unhook(self) -> None:
        """deleteWebhook."""
        webhook, self.webhook = self.webhook, None
        if webhook:
            await webhook.close()

    async def close(self) -> None:
        """Hang up: nobody waits on this line any more."""
        self._poller.release()
        await self.unhook()

    def info(self) -> Json:
        """getWebhookInfo."""
        info: Json = {
            "url": "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.mailbox.waiting()),
        }
        if self.mailbox.allowed:
            info["allowed_updates"] = sorted(self.mailbox.allowed)
        if self.webhook:
            target, trouble = self.webhook.target, self.webhook.trouble
            info |= {"url": target.url, "max_connections": target.max_connections}
            info |= {"ip_address": target.ip_address} if target.ip_address else {}
            if trouble.message:
                info |= {"last_error_date": trouble.date, "last_error_message": trouble.message}
        return info
