from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recruit.applications.models import Application
from recruit.candidates.models import Candidate
from recruit.dashboard.forms import imports as import_forms
from recruit.imports.models import FileImport
from tests.dashboard.conftest import client_of, count_queries
from tests.factories import make_candidate, make_job, make_user
from tests.imports.sent import work_on
from tests.imports.workbooks import workbook

IMPORTS = "/imports/"
PEOPLE = (
    "external_id,name,email,skills\n"
    "1,Ada Novak,ada@example.org,Pruning; Grafting\n"
    "2,Bea Horvat,none,Pruning\n"
)
AS_GUESSED = {
    "column_0": "external_id",
    "column_1": "name",
    "column_2": "email",
    "column_3": "skills",
}


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "imports"


def send(client: Client, content: str | bytes = PEOPLE, **fields: str):
    raw = content.encode() if isinstance(content, str) else content
    sent = SimpleUploadedFile("people.csv", raw, content_type="text/csv")
    posted = {"kind": "candidates", "source": "old-ats", "file": sent, **fields}
    return client.post(IMPORTS, posted)


def sent(client: Client, content: str | bytes = PEOPLE) -> str:
    """Send a file; return the address of its page."""
    return str(send(client, content).headers["Location"])


def work() -> FileImport:
    return work_on(FileImport.objects.latest("created_at", "id").pk)


class TestSending:
    def test_shows_columns_guesses_and_first_rows(self, recruiting: Client):
        address = sent(recruiting)

        shown = recruiting.get(address).content.decode()
        assert "Ada Novak" in shown
        assert '<option value="external_id" selected>' in shown
        assert not Candidate.objects.exists()

    def test_takes_a_workbook(self, recruiting: Client):
        address = sent(recruiting, workbook(["Name"], ["Ada Novak"]))

        assert "xlsx" in recruiting.get(address).content.decode()

    @pytest.mark.parametrize("content", ["", "name\n", b"\x00\x01\x02"])
    def test_refuses_a_file_that_holds_nothing_to_import(
        self, recruiting: Client, uploads: Path, content: str | bytes
    ):
        page = send(recruiting, content)

        assert page.status_code == 422
        assert 'class="error"' in page.content.decode()
        assert not list(uploads.glob("*"))

    @pytest.mark.parametrize("fields", [{"kind": "moons"}, {"source": ""}])
    def test_marks_what_is_wrong_with_the_form(self, recruiting: Client, fields):
        assert send(recruiting, **fields).status_code == 422

    def test_names_the_command_for_a_file_too_large(
        self, recruiting: Client, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(import_forms, "LARGEST_UPLOAD", 10)

        page = send(recruiting)

        assert "import_candidates" in page.content.decode()


class TestColumns:
    def test_that_are_chosen_are_checked_by_the_worker(self, recruiting: Client):
        address = sent(recruiting)

        recruiting.post(f"{address}columns/", AS_GUESSED)
        during = recruiting.get(address).content.decode()
        work()
        after = recruiting.get(address).content.decode()

        assert "Every row is being checked" in during
        assert "would be created" in after
        assert "Row 3, email: “none” is not an e-mail address." in after
        assert not Candidate.objects.exists()

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"column_2": "name"}, "Another column means the same."),
            ({"column_1": ""}, "Say which column holds: Full name"),
            ({"column_3": "shoes"}, "shoes is not one of"),
        ],
    )
    def test_that_cannot_be_are_marked(self, recruiting: Client, changed, said):
        address = sent(recruiting)

        page = recruiting.post(f"{address}columns/", AS_GUESSED | changed)

        assert page.status_code == 422
        assert said in page.content.decode()

    def test_can_be_changed_after_a_check(self, recruiting: Client):
        address = sent(recruiting)
        recruiting.post(f"{address}columns/", AS_GUESSED)
        work()

        shown = recruiting.get(f"{address}columns/").content.decode()
        recruiting.post(f"{address}columns/", AS_GUESSED | {"column_2": ""})

        assert "What the columns mean" in shown
        assert work().rejected == 0

    def test_of_a_source_are_remembered(self, recruiting: Client):
        address = sent(recruiting, "Wer\nAda Novak\n")
        recruiting.post(f"{address}columns/", {"column_0": "name"})

        shown = recruiting.get(sent(recruiting, "Wer\nBea Horvat\n"))

        assert '<option value="name" selected>' in shown.content.decode()


class TestImporting:
    def test_lands_the_good_rows_and_gives_back_the_others(self, recruiting: Client):
        address = sent(recruiting)

        recruiting.post(f"{address}columns/", AS_GUESSED | {"import": ""})
        work()
        shown = recruiting.get(address).content.decode()
        rejected = recruiting.get(f"{address}rejected.csv")

        assert Candidate.objects.get().name == "Ada Novak"
        assert "rejected.csv" in shown
        assert "people.rejected.csv" in rejected.headers["Content-Disposition"]
        assert "Bea Horvat" in b"".join(rejected).decode("utf-8-sig")

    def test_begins_once_for_a_form_sent_twice(self, recruiting: Client):
        address = sent(recruiting)

        recruiting.post(f"{address}run/")
        again = recruiting.post(f"{address}run/", follow=True)

        assert "being imported already" in again.content.decode()

    def test_can_be_stopped_and_gone_on_with(self, recruiting: Client):
        address = sent(recruiting)
        recruiting.post(f"{address}run/")

        recruiting.post(f"{address}stop/")
        stopped = recruiting.get(address).content.decode()
        work()
        before = Candidate.objects.count()
        recruiting.post(f"{address}resume/")
        work()

        assert "The import is stopped" in stopped
        assert (before, Candidate.objects.count()) == (0, 1)

    def test_says_that_it_was_cut_off(self, recruiting: Client):
        address = sent(recruiting)
        FileImport.objects.update(state="importing")

        shown = recruiting.get(address).content.decode()

        assert "The import was cut off" in shown
        assert f"{address}resume/" in shown

    def test_says_that_no_worker_runs(self, recruiting: Client):
        address = sent(recruiting)
        recruiting.post(f"{address}run/")

        assert "worker is not running" in recruiting.get(address).content.decode()

    def test_is_removed_with_its_file(
        self, recruiting: Client, uploads: Path, django_capture_on_commit_callbacks
    ):
        address = sent(recruiting)

        with django_capture_on_commit_callbacks(execute=True):
            recruiting.post(f"{address}remove/")

        assert recruiting.get(address).status_code == 404
        assert not list(uploads.glob("*"))

    def test_hides_a_file_from_everybody_else(
        self, recruiting: Client, managing: Client
    ):
        address = sent(recruiting)
        colleague = client_of(make_user())

        for client in (colleague, managing):
            assert client.get(address).status_code == 404
            assert client.get(f"{address}rejected.csv").status_code == 404
            for step in ("columns", "run", "stop", "resume", "remove"):
                assert client.post(f"{address}{step}/").status_code == 404

    def test_has_no_rejected_rows_before_there_are_any(self, recruiting: Client):
        address = sent(recruiting)

        assert recruiting.get(f"{address}rejected.csv").status_code == 404

    def test_asks_no_more_of_the_database_for_more_rows(self, recruiting: Client):
        addresses = []
        for count in (1, 40):
            rows = "".join(f"Kim {n},none\n" for n in range(count))
            addresses.append(sent(recruiting, f"name,email\n{rows}"))
            recruiting.post(f"{addresses[-1]}run/")
            work()

        few, many = (count_queries(recruiting, address) for address in addresses)

        assert few == many

    def test_does_not_exist_for_a_hiring_manager(self, managing: Client):
        assert managing.get(IMPORTS).status_code == 404
        assert send(managing).status_code == 404


class TestApplications:
    def test_go_through_the_same_steps(self, recruiting: Client):
        job = make_job(requisition_code="GARDEN-1")
        person = make_candidate(source="old-ats", external_id="C-1")
        content = (
            "Candidate ID,Req,Current stage,Why not\n"
            "C-1,GARDEN-1,Interview,\nC-2,GARDEN-1,Interview,\n"
        )
        address = str(
            send(recruiting, content, kind="applications").headers["Location"]
        )

        shown = recruiting.get(address).content.decode()
        assert '<option value="candidate_external_id" selected>' in shown
        lacking = recruiting.post(f"{address}columns/", {"column_2": "stage"})
        assert lacking.status_code == 422
        chosen = {
            "column_0": "candidate_external_id",
            "column_1": "requisition_code",
            "column_2": "stage",
            "column_3": "disposition_reason",
        }
        recruiting.post(f"{address}columns/", chosen)
        assert work().state == "checked"
        assert not Application.objects.exists()
        recruiting.post(f"{address}run/")
        done = work()

        made = Application.objects.get()
        assert (done.state, done.created, done.rejected) == ("finished", 1, 1)
        assert (made.job, made.candidate, made.stage) == (job, person, "interview")
        page = recruiting.get(address).content.decode()
        assert "Row 3, candidate_external_id" in page

    def test_are_told_of_on_the_page(self, recruiting: Client):
        page = recruiting.get(IMPORTS).content.decode()

        assert "Columns for Applications" in page
        assert (
            "Needed: job / job_external_id / requisition_code,"
            " candidate / candidate_external_id." in page
        )
