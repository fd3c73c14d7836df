"""What the demonstration keeps about itself."""

from django.db import models


class Sample(models.Model):
    """One row says that this database holds the sample university, and with which size and dice it was made."""

    employees = models.PositiveIntegerField()
    years = models.PositiveSmallIntegerField()
    seed = models.IntegerField()
    today = models.DateField()

    def __str__(self) -> str:
        return f"{self.employees} employees, {self.years} years, seed {self.seed}, {self.today}"
