import fcntl
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recruit.candidates.models import Candidate
from recruit.dashboard.forms import imports as import_forms
from tests.dashboard.conftest import client_of
from tests.factories import make_user

IMPORTS = "/imports/"
PEOPLE = (
    "external_id,name,email,skills\n"
    "1,Ada Novak,ada@example.org,Pruning; Grafting\n"
    "2,Bea Horvat,none,Pruning\n"
)


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "imports"


def send(client: Client, text: str | bytes = PEOPLE, **fields: str):
    content = text.encode() if isinstance(text, str) else text
    sent = SimpleUploadedFile("people.csv", content, content_type="text/csv")
    posted = {"kind": "candidates", "source": "old-ats", "file": sent, **fields}
    return client.post(IMPORTS, posted)


class TestSending:
    def test_shows_the_first_rows_and_writes_nothing(self, recruiting: Client):
        answer = send(recruiting)

        shown = recruiting.get(answer.headers["Location"]).content.decode()
        assert "Ada Novak" in shown
        assert "not an e-mail address" in shown
        assert not Candidate.objects.exists()

    @pytest.mark.parametrize(
        "content", ["", "name\n", "shoe size,colour\n4,red\n", b"\x00\x01\x02"]
    )
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


class TestImporting:
    def test_imports_the_good_rows_and_gives_back_the_others(self, recruiting: Client):
        address = send(recruiting).headers["Location"]

        recruiting.post(f"{address}run/")
        shown = recruiting.get(address).content.decode()
        rejected = recruiting.get(f"{address}rejected.csv")

        assert Candidate.objects.get().name == "Ada Novak"
        assert "rejected.csv" in shown
        assert "attachment" in rejected.headers["Content-Disposition"]
        assert "Bea Horvat" in b"".join(rejected).decode("utf-8-sig")

    def test_checks_all_rows_without_writing(self, recruiting: Client):
        address = send(recruiting).headers["Location"]

        recruiting.post(f"{address}run/", {"dry_run": "yes"})
        shown = recruiting.get(address).content.decode()

        assert "would be created" in shown
        assert "The first rows" in shown
        assert not Candidate.objects.exists()

    def test_imports_once_for_a_form_sent_twice(self, recruiting: Client):
        address = send(recruiting, "name\nAda Novak\n").headers["Location"]

        recruiting.post(f"{address}run/")
        again = recruiting.post(f"{address}run/")

        assert again.status_code == 302
        assert Candidate.objects.count() == 1

    def test_is_refused_while_another_process_is_at_the_file(
        self, recruiting: Client, uploads: Path
    ):
        address = send(recruiting, "name\nAda Novak\n").headers["Location"]
        (sent,) = uploads.glob("*/sent.csv")

        with sent.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            refused = recruiting.post(f"{address}run/", follow=True)
            during = Candidate.objects.count()
        # That process was killed: what it held is free again.
        recruiting.post(f"{address}run/")

        assert "just now" in refused.content.decode()
        assert (during, Candidate.objects.count()) == (0, 1)

    def test_hides_a_file_from_everybody_else(
        self, recruiting: Client, managing: Client
    ):
        address = send(recruiting).headers["Location"]
        colleague = client_of(make_user())

        for client in (colleague, managing):
            assert client.get(address).status_code == 404
            assert client.post(f"{address}run/").status_code == 404
            assert client.get(f"{address}rejected.csv").status_code == 404

    def test_has_no_rejected_rows_before_there_are_any(self, recruiting: Client):
        address = send(recruiting).headers["Location"]

        assert recruiting.get(f"{address}rejected.csv").status_code == 404

    def test_does_not_exist_for_a_hiring_manager(self, managing: Client):
        assert managing.get(IMPORTS).status_code == 404
        assert send(managing).status_code == 404
