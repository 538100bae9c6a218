import pytest
from django.db import connection

from partners.models import Institution, Name


@pytest.fixture
def thousands(db):
    """3,000 institutions, and the planner knows."""
    institutions = Institution.objects.bulk_create(
        Institution(code=f"u-{number}", country="KZ", city="Алматы") for number in range(3000)
    )
    Name.objects.bulk_create(
        Name(institution=row, text=f"Университет {row.pk * 7919 % 3001:04}", language="ru", is_primary=True)
        for row in institutions
    )
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('institution_search'::regclass)")
        cursor.execute("ANALYZE partners_institution")
