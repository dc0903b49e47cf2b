"""What the tests of the desk may ask for."""

import pytest

from tests.desk.office import Office


@pytest.fixture
def office() -> Office:
    """Two estates with their people, on a Monday morning."""
    return Office()
