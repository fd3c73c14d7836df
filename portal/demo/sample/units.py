"""Faculties and departments."""

from portal.demo.sample.world import World
from portal.organisation.models import Department, Faculty


def make(world: World) -> None:
    """Make the units of `content/university.yaml`; the codes of faculties are fixed."""
    for row in world.words("university")["faculties"]:
        names = {"name_nl": row["name_nl"], "name_en": row["name_en"]}
        faculty = Faculty.objects.create(code=row["code"], is_service=row["is_service"], **names)
        world.faculties[faculty.code] = faculty
        for part in row["departments"]:
            department = Department.objects.create(
                faculty=faculty, code=part["code"], name_nl=part["name_nl"], name_en=part["name_en"]
            )
            world.departments[department.code] = department
            world.kinds[department.code] = part["kind"]
