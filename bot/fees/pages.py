"""What residents see of fees: what is owed, a bill line by line, the public table, receipts."""

from bot import layout
from bot.fees import reading, words
from bot.scene import Scene, Tap
from desk.fees import accounts
from desk.fees.accounts import Account, today_at
from desk.fees.bills import Bill, differences
from desk.fees.computing import public
from desk.fees.money import ZERO
from desk.fees.periods import period_of
from desk.records import Person
from desk.records.fees import Payment
from dialogs.fees import Naming, month
from dialogs.names import estate_name
from locales.text import EMPTY, Joined, Lines, Money, Text, Titles, Value, _, _n

#: how many months and payments a list shows, and how many lines and reasons a message
MONTHS, PAYMENTS, LINES, REASONS = 12, 12, 14, 8
NONE = _("There are no bills for {home} yet.")


def show_fees(scene: Scene, person: Person, about: str) -> None:
    """What a home owes, and its months; who has several homes says which."""
    homes = accounts.homes_of(scene.session, person, scene.now)
    if not homes:
        return scene.tell(
            person, _("Fees are shown to those who own or rent a home. You are not linked to one as such.")
        )
    if not about and len(homes) > 1:
        rows = [[layout.page(Joined(("🏠", one.code), " "), "fees", f"{one.id}")] for one in homes]
        return scene.tell(person, _("Which home is it about?"), rows)
    found = reading.account(scene, person, about or f"{homes[0].id}")
    return _fees(reading.at(scene, found), person, found)


def _fees(scene: Scene, person: Person, found: Account) -> None:
    head = _("💰 <b>Fees of {home}</b>", home=found.home.code)
    if not found.bills:
        text = Lines((head, "", Text(NONE.id, {"home": found.home.code})))
        return scene.tell(person, text, _elsewhere(found))
    text = Lines((head, "", *standing(scene, found), "", how_to_pay(scene, found)))
    recent = found.bills[-MONTHS:][::-1]
    rows = [[_month(one, found)] for one in recent]
    return scene.tell(person, text, [*pay_row(scene, found, recent[0]), *rows, *_elsewhere(found)])


def standing(scene: Scene, found: Account) -> list[Value]:
    """What is to be paid, what of it is late, what is disputed, what was paid in advance."""
    late = found.overdue(today_at(scene.estate, scene.now))
    told: list[Value] = [_("✅ Nothing is to be paid.")]
    if found.open:
        told = [_("To pay: <b>{amount}</b>", amount=Money(found.open, found.currency))]
    if late:
        told.append(_("⏰ Overdue: {amount}", amount=Money(late, found.currency)))
    if found.disputed:
        told.append(
            _(
                "⚖️ In dispute, not to be paid until it is settled: {amount}",
                amount=Money(found.disputed, found.currency),
            )
        )
    if found.ahead:
        told.append(_("Paid in advance: {amount}", amount=Money(found.ahead, found.currency)))
    return told


def how_to_pay(scene: Scene, found: Account) -> Value:
    """The estate's own words, for whoever owes something."""
    told = scene.estate.rules.fees.instructions
    return Lines((_("<b>How to pay</b>"), Titles(told))) if told and found.open else EMPTY


def can_be_paid(scene: Scene, found: Account) -> bool:
    """Whether there is a provider, and a currency to name it."""
    return scene.bot.takes_payments and bool(found.currency)


def pay_row(scene: Scene, found: Account, bill: Bill) -> list[list[Tap]]:
    """The button that pays a month and all before it, where that can be done here."""
    amount = found.open_through(bill.period)
    if not amount or not can_be_paid(scene, found):
        return []
    label = _("💳 Pay {amount}", amount=Money(amount, found.currency))
    return [[layout.act(label, "fee_pay", f"{found.home.id}/{bill.period}")]]


def _elsewhere(found: Account) -> list[list[Tap]]:
    receipts = [layout.page(_("🧾 Receipts"), "receipts", f"{found.home.id}")] if found.payments else []
    return [[*receipts, layout.page(_("📊 Tariffs"), "tariffs", f"{found.home.estate_id}")]]


def _month(bill: Bill, found: Account) -> Tap:
    mark = "✅" if bill.settled else "⚖️" if not bill.open else "📄"
    label = Joined((f"{mark}", month(bill.period), "·", Money(bill.total, found.currency)), " ")
    return layout.page(label, "fee_bill", f"{found.home.id}/{bill.period}")


def show_bill(scene: Scene, person: Person, about: str) -> None:
    """One month: every line with how it is computed, and why it is not what it was the month before."""
    named = reading.bill(scene, person, about)
    found, bill = named.account, named.account.bill(named.period)
    scene = reading.at(scene, found)
    naming = Naming(scene.session.fees.tariffs(scene.estate.id))
    shown = bill.lines[named.past : named.past + LINES]
    entries = [
        words.entry(one, naming, found.currency, disputed=accounts.in_dispute(scene.session, one))
        for one in shown
    ]
    ends = named.past + LINES >= len(bill.lines)
    summary = [*_total(found, bill), *_compared(found, bill, naming)] if ends else []
    head = _("📄 <b>Bill for {month}</b> · {home}", month=month(bill.period), home=found.home.code)
    more = [] if ends else [[_more(found, bill, named.past + LINES)]]
    scene.tell(person, Lines((head, "", *entries, *summary)), [*more, *_bill_rows(scene, found, bill)])


def _more(found: Account, bill: Bill, past: int) -> Tap:
    rest = len(bill.lines) - past
    label = _n("{n} more line", "{n} more lines", rest)
    return layout.page(label, "fee_bill", f"{found.home.id}/{bill.period}/{past}")


def _total(found: Account, bill: Bill) -> list[Value]:
    total = _("<b>Total: {amount}</b>", amount=Money(bill.total, found.currency))
    if bill.settled:
        return ["", total, _("✅ Paid")]
    owed: Value = _(
        "To pay: <b>{amount}</b>, by {day}", amount=Money(bill.open, found.currency), day=bill.due
    )
    disputed = _(
        "⚖️ In dispute, not to be paid until it is settled: {amount}",
        amount=Money(bill.disputed, found.currency),
    )
    owed = Lines((owed, with_earlier(found, bill)))
    return ["", total, owed if bill.open else EMPTY, disputed if bill.disputed else EMPTY]


def with_earlier(found: Account, bill: Bill) -> Value:
    """What the button pays, where months before are open, too: money covers the oldest first."""
    amount = found.open_through(bill.period)
    if amount == bill.open:
        return EMPTY
    return _("Together with earlier months: {amount}", amount=Money(amount, found.currency))


def _compared(found: Account, bill: Bill, naming: Naming) -> list[Value]:
    """Why it differs from the month before; nothing for the first bill."""
    last = found.lines_before(bill.period)
    if not last:
        return []
    reasons = differences(bill.lines, last, found.currency)
    if not reasons:
        return ["", _("The same as the month before.")]
    change = sum((one.amount for one in reasons), ZERO)
    largest = sorted(reasons, key=lambda one: -abs(one.amount))
    rest = len(reasons) - REASONS
    return [
        "",
        _("<b>Against the month before: {amount}</b>", amount=words.signed(change, found.currency)),
        *(words.reason(one, naming, found.currency) for one in largest[:REASONS]),
        _n("and {n} more", "and {n} more", rest) if rest > 0 else EMPTY,
    ]


def _bill_rows(scene: Scene, found: Account, bill: Bill) -> list[list[Tap]]:
    about = f"{found.home.id}/{bill.period}"
    free = any(not accounts.in_dispute(scene.session, one) for one in bill.lines)
    dispute = [[layout.begin(_("⚖️ Dispute a line"), "dispute", about)]] if free else []
    return [
        *pay_row(scene, found, bill),
        *dispute,
        [layout.page(_("💰 All fees"), "fees", f"{found.home.id}")],
    ]


def show_tariffs(scene: Scene, person: Person, about: str) -> None:
    """The public table, for everybody."""
    if about:
        scene = scene.at(scene.session.estates.get(layout.number(about)))
    found = public(scene.session.fees.tariffs(scene.estate.id), today_at(scene.estate, scene.now))
    head = _("📊 <b>Tariffs of {estate}</b>", estate=estate_name(scene.estate))
    if not found:
        return scene.tell(person, Lines((head, "", _("The estate has not published any yet."))))
    naming, currency = Naming(found), scene.estate.currency
    entries = [
        _(
            "{fee}: <b>{price}</b>, since {day}",
            fee=naming.tariff(one),
            price=Joined((Money(one.price, currency, exact=True), one.measure), " / ")
            if one.measure
            else Money(one.price, currency, exact=True),
            day=month(period_of(one.since)) if one.since.day == 1 else one.since,
        )
        for one in found[:40]
    ]
    return scene.tell(person, Lines((head, "", *entries)))


def show_receipts(scene: Scene, person: Person, about: str) -> None:
    """What was paid for a home, the newest first."""
    homes = accounts.homes_of(scene.session, person, scene.now)
    if not about and not homes:
        return show_fees(scene, person, "")
    found = reading.account(scene, person, about or f"{homes[0].id}")
    scene = reading.at(scene, found)
    if not found.payments:
        return scene.tell(person, _("No payment for {home} has reached us yet.", home=found.home.code))
    rows = [[_payment(one, found.currency)] for one in found.payments[-PAYMENTS:][::-1]]
    return scene.tell(person, _("🧾 <b>Payments for {home}</b>", home=found.home.code), rows)


def _payment(payment: Payment, currency: str) -> Tap:
    label = Joined((words.receipt_number(payment), payment.at.date(), Money(payment.amount, currency)), " · ")
    return layout.page(label, "receipt", f"{payment.id}")


def show_receipt(scene: Scene, person: Person, about: str) -> None:
    """One payment, with a number to quote."""
    payment = scene.session.fees.payment(layout.number(about))
    home = accounts.home_of(scene.session, person, payment.home_id, scene.now)
    scene = scene.at(scene.session.estates.get(home.estate_id))
    text, rows = receipt(scene, payment, home.code)
    scene.tell(person, text, rows)


def _moved(payment: Payment) -> list[Value]:
    """When, and how."""
    if payment.amount < 0:
        return [_("Given back: {when}", when=payment.at)]
    return [
        _("Received: {when}", when=payment.at),
        _("Paid by: {method}", method=words.method(payment.method)),
    ]


def receipt(scene: Scene, payment: Payment, home: str) -> tuple[Value, list[list[Tap]]]:
    """A payment as its payer keeps it."""
    number = words.receipt_number(payment)
    title = _("🧾 <b>Receipt {number}</b>", number=number)
    if payment.amount < 0:
        title = _("↩️ <b>Refund {number}</b>", number=number)
    amount = Money(abs(payment.amount), scene.estate.currency)
    text = Lines(
        (
            title,
            "",
            _("Amount: <b>{amount}</b>", amount=amount),
            _("Home: {home}", home=home),
            *_moved(payment),
            _("Reference: <code>{reference}</code>", reference=payment.reference.removeprefix("refund:")),
            estate_name(scene.estate),
        )
    )
    rows = [
        [layout.copy(number)],
        [layout.page(_("💰 All fees"), "fees", f"{payment.home_id}")],
    ]
    return text, rows
