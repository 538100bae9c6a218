import pytest

from mobility.people.tests.factories import UniversityFactory


@pytest.fixture(autouse=True)
def university(db):
    """Whose name stands on every memo and order."""
    UniversityFactory()
