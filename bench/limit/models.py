from django.db import models


class Row(models.Model):
    """As wide as a row of a list is."""

    name = models.CharField(max_length=100, db_index=True)
    city = models.CharField(max_length=100)
    country = models.CharField(max_length=100)
    state = models.CharField(max_length=20)
    points = models.DecimalField(max_digits=6, decimal_places=2)
    changed = models.DateField()

    class Meta:
        app_label = "limit"

    def __str__(self) -> str:
        return self.name
