"""Who an entry of the audit log names, whichever way the write has come."""

import subprocess
import sys
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from psycopg import sql

from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role
from recruit.audit.context import written_by
from recruit.audit.models import Entry
from recruit.common.copying import copy_rows
from recruit.common.doing import SYSTEM, Doer, Doing, doing
from recruit.common.telling import writes
from recruit.deployment import worker
from recruit.imports.models import RememberedColumn
from recruit.notes.models import Tag
from recruit.notes.tagging import create_tag
from tests.admin.forms import address_of, filled
from tests.factories import ACTOR, NOW, make_candidate, make_job, make_user

pytestmark = pytest.mark.django_db

NEW = {"given_name": "A", "family_name": "B"}


def last(object_type: str = "candidates.candidate") -> Entry:
    entries = Entry.objects.filter(object_type=object_type, part="")
    return entries.order_by("-id")[0]


class TestApi:
    def test_names_the_token(self, recruiter):
        recruiter.post("/candidates", NEW, **{"X-Request-Id": "sync-1"})

        entry = last()
        assert (entry.via, entry.actor_kind) == ("api", "token")
        assert entry.actor_id == recruiter.token.pk
        assert entry.actor_name == "Nightly sync"
        assert entry.on_behalf_of_id is None
        assert entry.address == "127.0.0.1"
        assert entry.request_id == "sync-1"

    def test_names_both_where_it_acts_for_somebody(self, recruiter):
        user = make_user(name="Kim")

        recruiter.post("/candidates", NEW, **{"On-Behalf-Of": str(user.pk)})

        entry = last()
        assert entry.actor_id == recruiter.token.pk
        assert entry.on_behalf_of_id == user.pk
        assert entry.actor_name == "Kim through Nightly sync"

    def test_names_the_user_of_a_session(self, client):
        user = make_user(name="Kim 100% “Ö” o'Hara")
        client.force_login(user)

        client.post("/api/v1/candidates", NEW, content_type="application/json")

        entry = last()
        assert (entry.via, entry.actor_kind) == ("api", "user")
        assert (entry.actor_id, entry.actor_name) == (user.pk, user.name)

    def test_forgets_who_it_was_after_the_request(self, recruiter):
        recruiter.post("/candidates", NEW)

        make_candidate()

        assert last().actor_kind == "system"


class TestPage:
    def test_names_the_user_with_address_and_request(self, client, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        user = make_user()
        client.force_login(user)
        person = make_candidate()

        answer = client.post(
            f"/candidates/{person.pk}/activity/",
            {"text": "Called.", "new_id": str(UUID(int=7)), "job": ""},
            headers={"x-forwarded-for": "203.0.113.9"},
        )

        assert answer.status_code == 302, answer.content[:500]
        entry = last("notes.note")
        assert (entry.via, entry.actor_kind) == ("page", "user")
        assert entry.actor_id == user.pk
        assert entry.address == "203.0.113.9"
        assert entry.request_id == answer["X-Request-Id"]
        assert "text" not in (entry.after or {})

    def test_names_nobody_where_nobody_is_signed_in(self, client):
        user = make_user(password="a long pass phrase")
        sent = {"login": user.email, "password": "a long pass phrase"}

        client.post("/accounts/login/", sent)

        told = Entry.objects.filter(via="page")
        assert {one.actor_name for one in told} <= {"nobody signed in", user.name}


class TestAdminSite:
    def test_names_the_administrator(self, client):
        user = make_user(Role.ADMINISTRATOR)
        client.force_login(user)

        address = address_of("accounts/user")
        sent = filled(client, address)
        client.post(address, sent | {"email": "new@example.org", "name": "New"})

        entry = last("accounts.user")
        assert (entry.via, entry.actor_id) == ("admin", user.pk)
        assert (entry.after or {})["email"] == "new@example.org"
        assert "password" not in (entry.after or {})


class TestCommand:
    def test_is_named(self, monkeypatch):
        monkeypatch.setattr(sys, "argv", ["/srv/manage.py", "import_jobs", "x.csv"])

        make_job()

        entry = last("jobs.job")
        assert (entry.via, entry.actor_kind) == ("command", "system")
        assert entry.actor_name == "import_jobs"
        assert entry.address is None

    def test_may_write_in_somebodys_name(self):
        user = make_user()

        with written_by(Actor.of(user)):
            make_candidate()

        entry = last()
        assert (entry.via, entry.actor_id) == ("command", user.pk)


class TestTask:
    def test_is_named(self):
        class Context:
            class job:  # noqa: N801  as procrastinate calls it
                task_name = "recruit.imports.run"

        context: Any = Context
        worker._in_the_name_of_the_task(make_candidate, context, None)

        entry = last()
        assert (entry.via, entry.actor_kind) == ("task", "system")
        assert entry.actor_name == "recruit.imports.run"


class TestTelling:
    def test_reaches_rows_that_are_copied(self):
        row = RememberedColumn(
            kind="candidates", source="s", header_key="naam", field="name"
        )
        with doing(Doing("task", lambda: Doer(SYSTEM, "copying"))):
            copy_rows(RememberedColumn, [row])

        assert last("imports.rememberedcolumn").actor_name == "copying"

    @pytest.mark.parametrize("name", ["100% s", "%s %(x)s", "o'Hara\\", "Ö\u2028“", ""])
    def test_takes_any_name_with_and_without_parameters(self, name):
        make_job()
        statements: list[tuple[Any, Any]] = [
            ("UPDATE jobs_job SET department = 'a%b'", None),
            ("UPDATE jobs_job SET department = %s", ["c%d"]),
            ("UPDATE jobs_job SET department = %(to)s", {"to": "e%f"}),
            (sql.SQL("UPDATE jobs_job SET department = {}").format("g%h"), None),
            ("WITH x AS (SELECT 1) UPDATE jobs_job SET department = 'i'", None),
            (b"UPDATE jobs_job SET department = 'j%'", None),
        ]
        with (
            doing(Doing("task", lambda: Doer(SYSTEM, name))),
            connection.cursor() as cursor,
        ):
            for statement, parameters in statements:
                cursor.execute(statement, parameters)
                assert cursor.rowcount == 1
                assert last("jobs.job").actor_name == name

    def test_reaches_statements_that_run_many_times(self):
        make_job()
        with (
            doing(Doing("task", lambda: Doer(SYSTEM, "many"))),
            connection.cursor() as cursor,
        ):
            cursor.executemany("UPDATE jobs_job SET department = %s", [["a"], ["b"]])

        assert last("jobs.job").actor_name == "many"

    def test_gives_back_what_a_statement_returns(self):
        make_job()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE jobs_job SET department = 'a' RETURNING department")
            assert cursor.fetchall() == [("a",)]

    def test_outlives_a_savepoint_that_was_rolled_back(self):
        with doing(Doing("task", lambda: Doer(SYSTEM, "outer"))):
            with transaction.atomic():
                make_job()
                transaction.set_rollback(True)
            make_candidate()

        assert last().actor_name == "outer"

    @pytest.mark.parametrize(
        ("statement", "does"),
        [
            ("SELECT 1", False),
            ("  insert INTO x VALUES (1)", True),
            ("WITH a AS (SELECT 1) SELECT * FROM a", False),
            ("WITH a AS (DELETE FROM x RETURNING 1) SELECT 1", True),
            ("SAVEPOINT x", False),
            (b"DELETE FROM x", True),
            (sql.SQL("UPDATE {}").format(sql.Identifier("x")), True),
        ],
    )
    def test_knows_what_writes(self, statement, does):
        assert writes(statement) is does


@pytest.mark.django_db(transaction=True)
class TestTransactions:
    def test_do_not_leave_their_names_to_the_next(self):
        with doing(Doing("task", lambda: Doer(SYSTEM, "first"))):
            create_tag(name="a", actor=ACTOR, created_at=NOW)
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('recruit.audit', true)")
            assert cursor.fetchone()[0] in {"", None}

    def test_of_one_statement_are_told_too(self):
        create_tag(name="a", actor=ACTOR, created_at=NOW)

        with doing(Doing("task", lambda: Doer(SYSTEM, "alone"))):
            Tag.objects.update(name="b")

        assert last("notes.tag").actor_name == "alone"

    def test_by_another_program_are_told_as_its_roles(self):
        make_job()
        where = django_settings.DATABASES["default"]
        if not where["HOST"]:
            pytest.skip("the server needs a password")
        statement = "UPDATE jobs_job SET department = 'x'"
        arguments = {
            "host": where["HOST"],
            "port": where["PORT"],
            "user": where["USER"],
            "dbname": connection.settings_dict["NAME"],
        }
        code = (
            "import psycopg, sys\n"
            f"with psycopg.connect(**{arguments!r}) as c: c.execute({statement!r})"
        )
        subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603

        entry = last("jobs.job")
        assert (entry.via, entry.actor_kind) == ("sql", "system")
        assert entry.actor_name == where["USER"]
