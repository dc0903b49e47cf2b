"""An estate's own kinds: switched off, renamed, sent elsewhere, added."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import given, strategies as st

from desk.catalogue import _catalogue, _Key, catalogue
from desk.records import Place, Priority, Queue, Terms
from desk.records.kinds import EstateKind
from desk.routing import queue_of
from desk.taxonomy import group_codes, kinds
from tests.desk.office import Office


def keep(office: Office, kind: EstateKind) -> EstateKind:
    """The estate says so."""
    return office.write(lambda work: work.kinds.save(kind))


def test_without_kinds_of_its_own_an_estate_has_the_taxonomy(office: Office):
    found, again = (office.read(lambda work: catalogue(work, office.lotus.id)) for _ in range(2))
    assert found.kinds == kinds()
    assert found is again


def test_who_pays_and_where_it_is_follow_from_the_group():
    assert {kinds()[code].terms.kind for code in ("plumber", "moving")} == {"paid"}
    assert kinds()["w_meter"].terms.kind == "warranty"
    assert kinds()["leak"].terms == Terms()
    places = [kinds()[code].place for code in ("leak", "stopped", "manhole", "rubbish", "pests")]
    assert places == [Place.HOME, Place.BUILDING, Place.GROUNDS, Place.BUILDING, Place.HOME]


def test_off_renamed_and_added(office: Office):
    estate = office.lotus.id
    for kind in (
        EstateKind(estate_id=estate, code="tv", off=True),
        EstateKind(estate_id=estate, code="leak", title={"en": "Drip"}, solve=timedelta(hours=4)),
        EstateKind(
            estate_id=estate,
            code="piano",
            group="paid",
            title={"en": "Move a piano"},
            queue="electrical",
            priority=Priority.URGENT,
            terms=Terms(kind="paid", amount=Decimal(300)),
        ),
    ):
        keep(office, kind)
    found = office.read(lambda work: catalogue(work, estate))
    assert "tv" not in found.kinds
    leak, piano = found.kinds["leak"], found.kinds["piano"]
    assert (leak.names, leak.solve, leak.priority) == ({"en": "Drip"}, timedelta(hours=4), Priority.NORMAL)
    assert (piano.group, piano.terms.amount, piano.priority) == ("paid", Decimal(300), Priority.URGENT)
    assert {kind.code for kind in found.named} == {"leak", "piano"}


def test_a_group_with_nothing_left_is_not_shown():
    own = tuple(_Key(EstateKind(estate_id=1, code=code, off=True)) for code in ("internet", "tv", "connect"))
    assert "network" not in {group.code for group in _catalogue(own).groups}


@given(st.sets(st.sampled_from(sorted(kinds())), max_size=40))
def test_what_is_off_is_nowhere_and_all_else_stays(off: set[str]):
    found = _catalogue(tuple(_Key(EstateKind(estate_id=2, code=code, off=True)) for code in sorted(off)))
    assert {*found.kinds} == {*kinds()} - off
    assert {group.code for group in found.groups} <= group_codes()
    assert all(group.kinds for group in found.groups)


def test_a_kind_goes_where_the_estate_says():
    first, second = (
        Queue(id=number, estate_id=1, code=code, title={}, kinds=(code,))
        for number, code in ((1, "plumbing"), (2, "paid"))
    )
    leak = kinds()["leak"]
    assert queue_of(leak, (first, second)) == first
    rerouted, added = (
        _catalogue((_Key(EstateKind(estate_id=3, code=code, group=group, queue=queue)),)).kinds[code]
        for code, group, queue in (("leak", "", "paid"), ("piano", "paid", ""))
    )
    assert queue_of(rerouted, (first, second)) == second
    assert queue_of(added, (first, second)) == second
