"""Reference data of this app, read from `advisors/content/`."""

from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from advisors.models import CertificateScheme, QuestionType
from portal import files

FOLDER = Path(__file__).resolve().parent.parent / "content"


def _rows(name: str) -> list[dict[str, Any]]:
    return list(files.read(FOLDER / f"{name}.yaml")[name])


def load(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Bring question types and certification schemes up to date; twice changes nothing.

    Runs as the owner of the tables after a migration, so there is no actor. Rows that left the
    files stay: old requests and certificates point at them.
    """
    if QuestionType._meta.db_table not in connections[using].introspection.table_names():
        return
    with transaction.atomic(using=using):
        for order, row in enumerate(_rows("question_types"), start=1):
            QuestionType.objects.using(using).update_or_create(
                key=row["key"], defaults={**row, "order": order}
            )
        for row in _rows("certificate_schemes"):
            CertificateScheme.objects.using(using).update_or_create(key=row["key"], defaults=row)
