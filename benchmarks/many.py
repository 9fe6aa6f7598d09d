"""A hundred thousand people for the lists of the API: made once, and kept."""

import sys

from django.core.management import call_command
from django.db import connection, transaction

from benchmarks.figures import say
from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.accounts.operations import create_user
from recruit.candidates.models import (
    Candidate,
    CandidateLanguage,
    CandidateSkill,
    Document,
    Education,
    Experience,
)
from recruit.common.ids import uuid7

EMAIL = "bench-many@example.org"
SEED = 2_000
MANY = 100_000
PARTS = (CandidateSkill, Experience, Education, CandidateLanguage, Document)


def recruiter_of_many() -> User:
    """Return an account that sees them, after making them the first time."""
    if not Candidate.objects.exists():
        say(f"loading {SEED:,} candidates")
        call_command(
            "load_large_demo",
            "--random-vectors",
            candidates=SEED,
            jobs=20,
            applications=500,
            stdout=sys.stderr,
        )
    say(f"copying them until there are {MANY:,}")
    while (missing := MANY - Candidate.objects.count()) > 0:
        _copy(min(missing, SEED))
    with connection.cursor() as cursor:  # which autovacuum comes to minutes later
        cursor.execute("ANALYZE")
    return User.objects.filter(email=EMAIL).first() or create_user(
        email=EMAIL, name="Bench", role=Role.RECRUITER, password=None
    )


@transaction.atomic
def _copy(number: int) -> None:
    """Copy people with all their parts; nothing is indexed."""
    originals = Candidate.objects.exclude(external_id="").order_by("pk")[:number]
    twins = [(one, uuid7()) for one in originals.values_list("pk", flat=True)]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE twins (id uuid, twin uuid) ON COMMIT DROP")
        with cursor.copy("COPY twins FROM STDIN") as copy:
            for twin in twins:
                copy.write_row(twin)
        fresh = {"id": "twins.twin", "external_id": "''"}
        cursor.execute(_insert(Candidate, "id", fresh))
        for part in PARTS:
            fresh = {"id": "gen_random_uuid()", "candidate_id": "twins.twin"}
            cursor.execute(_insert(part, "candidate_id", fresh))


def _insert(model: type, key: str, fresh: dict[str, str]) -> str:
    table = model._meta.db_table  # type: ignore[attr-defined]
    columns = [one.column for one in model._meta.concrete_fields]  # type: ignore[attr-defined]
    values = (fresh.get(column, f'original."{column}"') for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    return (
        f'INSERT INTO "{table}" ({named}) SELECT {", ".join(values)}'  # noqa: S608
        f' FROM "{table}" original JOIN twins ON twins.id = original."{key}"'
    )
