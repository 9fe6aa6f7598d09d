"""The audit log on a server of our own, by commands in processes of their own."""

import json
from pathlib import Path

from tests.deployment.processes import manage

SCRIPT = """
import json
from django.core.management import call_command
from django.db import DatabaseError, connection
from recruit.accounts.choices import Role
from recruit.accounts.operations import create_user
from recruit.audit.installing import ensure_installed
from recruit.audit.models import Entry

call_command("migrate", verbosity=0)
create_user(email="a@example.org", name="A", role=Role.RECRUITER)
made = Entry.objects.get(object_type="accounts.user")
refused = []
with connection.cursor() as cursor:
    for statement in (
        "UPDATE audit_entry SET actor_name = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "DROP TABLE audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    ):
        try:
            cursor.execute(statement)
        except DatabaseError:
            refused.append(statement.split()[0])
    cursor.execute("SELECT current_user, rolsuper FROM pg_roles"
                   " WHERE rolname = current_user")
    role = cursor.fetchone()
count = Entry.objects.count()
# A later migration changes the log as the application's role.
call_command("migrate", "audit", "zero", verbosity=0)
call_command("migrate", verbosity=0)
create_user(email="b@example.org", name="B", role=Role.RECRUITER)
# A start that was cut short between migrations and triggers.
with connection.cursor() as cursor:
    cursor.execute("DROP TRIGGER audit_insert ON accounts_user")
made_anew = ensure_installed()
create_user(email="c@example.org", name="C", role=Role.RECRUITER)
print(json.dumps({
    "actor": [made.via, made.actor_kind, made.actor_name],
    "refused": refused,
    "role": role,
    "count": count,
    "since": Entry.objects.filter(object_type="accounts.user").count(),
    "anew": [made_anew, ensure_installed()],
}))
"""


class TestServerOfOurOwn:
    def test_keeps_the_log_from_the_application(self, home: Path):
        finished = manage(home, "shell", "--no-imports", "-c", SCRIPT)

        assert finished.returncode == 0, finished.stderr[-2000:]
        told = json.loads(finished.stdout.splitlines()[-1])
        assert told == {
            "actor": ["command", "system", "shell"],
            "refused": ["UPDATE", "DELETE", "TRUNCATE", "DROP", "ALTER"],
            "role": ["recruit", False],
            "count": 1,
            "since": 2,
            "anew": [True, False],
        }
