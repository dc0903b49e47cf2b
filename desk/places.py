"""Where a home is: its building and its floor, as given or as its code tells."""

from desk.records import Home


def building_of(home: Home) -> str:
    """The building that a home is in; homes in one building share corridors, lifts and pipes."""
    return home.building or home.code.partition("-")[0]


def floor_of(home: Home) -> int | None:
    """The floor, where it is given or the door's number tells: 1203 is on the twelfth."""
    if home.floor is not None:
        return home.floor
    door = home.code.rpartition("-")[2]
    return int(door[:-2]) if door.isascii() and door.isdigit() and 3 <= len(door) <= 5 else None
