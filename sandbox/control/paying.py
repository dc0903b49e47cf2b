"""What people and providers do about money, as calls: pay an invoice, see what came of it, give back."""

from aiohttp import web

from sandbox import payments
from sandbox.control.body import read_body
from sandbox.emulator import Emulator
from sandbox.errors import missing
from sandbox.views import checkout_view


class Paying:
    """One handler a call."""

    def __init__(self, home: Emulator) -> None:
        self._home = home

    def routes(self) -> list[web.RouteDef]:
        """What this part answers."""
        return [
            web.post("/sandbox/pay", self.pay),
            web.get("/sandbox/payments/{id}", self.payment),
            web.post("/sandbox/refund", self.refund),
        ]

    async def pay(self, request: web.Request) -> web.Response:
        """Tap Pay."""
        body = await read_body(request)
        person = self._home.world.person(body.number("from")).id
        place = body.place(self._home.world, person)
        begun = payments.pay(self._home, place, person, body.number("message_id"))
        return web.json_response({"payment": begun.id})

    async def payment(self, request: web.Request) -> web.Response:
        """What the bot answered, and the charge."""
        found = self._home.world.checkouts.get(request.match_info["id"])
        if found is None:
            raise missing(f"There is no payment {request.match_info['id']}.")
        return web.json_response(checkout_view(found, late=payments.late(self._home, found)))

    async def refund(self, request: web.Request) -> web.Response:
        """The provider gives a payment back."""
        payments.refund(self._home, (await read_body(request)).text("charge"))
        return web.json_response({})
