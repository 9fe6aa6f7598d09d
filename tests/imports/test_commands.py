import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from recruit.applications.models import Application
from recruit.candidates.models import Candidate
from recruit.events.models import Event
from recruit.imports import command
from recruit.jobs.models import Job
from tests.factories import make_candidate, make_job
from tests.imports.workbooks import workbook

pytestmark = pytest.mark.django_db

GOOD = "name,email\nKim,kim@x.org\n"
MIXED = GOOD + "Ann,none\n"
BAD = "name,email\nAnn,none\n"


@pytest.fixture
def run(tmp_path):
    """Run an import on the content of a file; return the exit code."""

    def run(content, *arguments, kind="candidates"):
        path = tmp_path / "people.csv"
        path.write_text(content)
        try:
            call_command(f"import_{kind}", str(path), *arguments)
        except SystemExit as ended:
            return ended.code
        except CommandError as error:
            return error.returncode
        return 0

    return run


class TestImportCommand:
    @pytest.mark.parametrize(
        ("content", "code"), [(GOOD, 0), (MIXED, 1), (BAD, 2), ("", 2), ("x\ny\n", 2)]
    )
    def test_tells_by_its_exit_code_what_landed(self, run, content, code):
        assert run(content) == code

    def test_is_content_where_all_is_there_already(self, run):
        run(GOOD)

        assert run(GOOD) == 0

    def test_prints_counts_reasons_and_ignored_columns(self, run, capsys):
        run(
            MIXED.replace("email", "email,hat", 1)
            .replace(".org", ".org,")
            .replace("none", "none,")
        )

        told = capsys.readouterr()
        assert "1 created, 0 changed, 0 unchanged, 1 rejected" in told.out
        assert "“none” is not an e-mail address." in told.err
        assert "“hat”" in told.err

    def test_writes_rejected_rows_beside_the_file(self, run, tmp_path):
        run(MIXED)

        written = (tmp_path / "people.rejected.csv").read_text(encoding="utf-8-sig")
        assert written.splitlines()[1].endswith(",Ann,none")

    def test_writes_rejected_rows_where_it_is_told(self, run, tmp_path):
        run(MIXED, "--rejected", str(tmp_path / "elsewhere.csv"))

        assert (tmp_path / "elsewhere.csv").exists()
        assert not (tmp_path / "people.rejected.csv").exists()

    def test_does_not_begin_where_rejected_rows_cannot_be_written(self, run, tmp_path):
        assert run(MIXED, "--rejected", str(tmp_path)) == 2
        assert run(MIXED, "--rejected", str(tmp_path / "no" / "folder.csv")) == 2
        assert run(MIXED, "--rejected", str(tmp_path / "people.csv")) == 2
        assert (tmp_path / "people.csv").read_text() == MIXED
        assert not Candidate.objects.exists()

    def test_names_the_source(self, run):
        run("id," + GOOD.replace("Kim", "1,Kim"), "--source", "greenhouse")

        assert Candidate.objects.get().source == "greenhouse"

    def test_writes_nothing_in_a_dry_run(self, run, capsys):
        assert run(MIXED, "--dry-run") == 1
        assert "nothing was written" in capsys.readouterr().out
        assert not Candidate.objects.exists()
        assert not Event.objects.exists()

    def test_names_itself_in_the_log(self, run):
        run(GOOD)

        assert Event.objects.get().actor_name == "import_candidates"

    def test_imports_jobs(self, run):
        assert run("title\nGardener\n", kind="jobs") == 0
        assert Job.objects.get().title == "Gardener"

    def test_says_that_the_database_went_away(self, run, monkeypatch):
        def lose(*args, **options):
            raise OperationalError("gone")

        monkeypatch.setattr(command, "run_import", lose)

        assert run(GOOD) == 1


class TestMapping:
    THEIRS = "Legal person,Electronic post,Title\nKim Ek,kim@x.org,Gardener\n"

    def test_says_what_columns_mean(self, run):
        mapped = ("--map", "Legal person=name", "--map", "Electronic post = email")

        assert run(self.THEIRS, *mapped) == 0
        person = Candidate.objects.get()
        assert (person.name, person.emails) == ("Kim Ek", ["kim@x.org"])

    def test_wins_over_what_a_header_would_mean(self, run):
        run(self.THEIRS, "--map", "legal_person=name", "--map", "Title=")

        assert Candidate.objects.get().headline == ""

    @pytest.mark.parametrize(
        ("mapped", "said"),
        [
            ("Legal person=shoes", "no field “shoes” of candidates; there are: ext"),
            ("Person=name", "no column “Person”; it has: Legal person"),
            ("Legal person", "does not read COLUMN=FIELD"),
            ("=name", "does not read COLUMN=FIELD"),
        ],
    )
    def test_that_means_nothing_is_refused(self, tmp_path, mapped, said):
        path = tmp_path / "people.csv"
        path.write_text(self.THEIRS)

        with pytest.raises(CommandError, match=said) as refusal:
            call_command("import_candidates", str(path), "--map", mapped)

        assert refusal.value.returncode == 2
        assert not Candidate.objects.exists()

    def test_to_one_field_twice_is_refused(self, run):
        mapped = ("--map", "Legal person=name", "--map", "Electronic post=name")

        assert run(self.THEIRS, *mapped) == 2

    def test_is_understood_of_a_workbook(self, tmp_path):
        path = tmp_path / "people.xlsx"
        path.write_bytes(workbook(["Who they are"], ["Kim Ek"]))

        call_command("import_candidates", str(path), "--map", "Who they are=name")

        assert Candidate.objects.get().name == "Kim Ek"


class TestImportApplications:
    def test_lands_and_names_what_it_refuses(self, run, capsys):
        job, person = make_job(), make_candidate()
        content = (
            "job,candidate,stage\n"
            f"{job.pk},{person.pk},interview\n"
            f"{job.pk},{person.pk},nowhere\n"
        )

        assert run(content, kind="applications") == 1

        told = capsys.readouterr()
        assert "1 created, 0 changed, 0 unchanged, 1 rejected" in told.out
        assert "Row 3, candidate:" in told.err
        assert Application.objects.get().transitions.get().actor_kind == "system"
