"""/candidates/{id}/documents: texts and files, and their download."""

import hashlib
import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from recruit.accounts.choices import Scope
from recruit.api import downloads
from recruit.applications.blinding import hide_names
from recruit.applications.choices import Stage
from recruit.candidates.files import path_of, remove_left_behind
from recruit.candidates.media import DOCX, ODT
from recruit.candidates.models import Candidate, Document
from recruit.candidates.operations import erase_candidate
from recruit.common.ids import uuid7
from tests.api.caller import RANDOM, Caller, assert_problem, fields_in, version_in
from tests.factories import (
    ACTOR,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


def package(*names: str, mimetype: str = "") -> bytes:
    content = io.BytesIO()
    with ZipFile(content, "w") as zipped:
        if mimetype:
            zipped.writestr("mimetype", mimetype)
        for name in names:
            zipped.writestr(name, "<x/>")
    return content.getvalue()


WORD = ("[Content_Types].xml", "word/document.xml")
GOOD = {
    "application/pdf": PDF,
    DOCX: package(*WORD),
    ODT: package("content.xml", mimetype=ODT),
    "application/rtf": b"{\\rtf1 Roses}",
    "text/plain": "Roses for Zoë".encode(),
    "text/markdown": b"# Roses\n",
}


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def person(db) -> Candidate:
    return make_candidate()


def address(person: Candidate) -> str:
    return f"/candidates/{person.pk}/documents"


def send(
    caller: Caller, person: Candidate, body: bytes = PDF, kind: str = "application/pdf"
) -> Any:
    named = {"Content-Disposition": 'attachment; filename="CV of Kim.pdf"'}
    return caller.send(address(person), body, kind, **named)


def files_in(uploads: Path) -> list[Path]:
    return [one for one in uploads.rglob("*") if one.is_file()]


class TestFile:
    def test_is_kept_whole_under_the_id_of_its_row(self, recruiter, person, uploads):
        answer = send(recruiter, person)

        row = answer.json()
        assert (answer.status_code, version_in(answer)) == (201, 2)
        assert (row["title"], row["file_name"]) == ("CV of Kim.pdf", "CV of Kim.pdf")
        assert (row["media_type"], row["size"]) == ("application/pdf", len(PDF))
        assert row["digest"] == hashlib.sha256(PDF).hexdigest()
        assert row["text"] == ""
        (file,) = files_in(uploads)
        assert (file, file.read_bytes()) == (path_of(row["id"]), PDF)
        assert file.stat().st_mode & 0o777 == 0o600
        assert recruiter.get(f"{address(person)}/{row['id']}").json() == row

    @pytest.mark.parametrize("kind", GOOD)
    def test_may_be_of_each_kind(self, recruiter, person, kind):
        answer = recruiter.send(
            f"{address(person)}?title=Mine&kind=certificate", GOOD[kind], kind
        )

        row = answer.json()
        assert answer.status_code == 201, row
        assert (row["title"], row["kind"], row["media_type"]) == (
            "Mine",
            "certificate",
            kind,
        )

    def test_comes_in_a_form_too(self, recruiter, person):
        file = SimpleUploadedFile("../../etc/Résumé.pdf", PDF, "application/pdf")
        form = {"file": file, "title": "CV", "text": "Grew roses."}

        answer = recruiter.send(
            address(person), encode_multipart(BOUNDARY, form), MULTIPART_CONTENT
        )

        row = answer.json()
        assert answer.status_code == 201, row
        assert (row["title"], row["text"]) == ("CV", "Grew roses.")
        assert row["file_name"] == "Résumé.pdf"

    def test_is_read_where_it_is_plain_text(self, recruiter, person):
        row = send(recruiter, person, "Grew roses. Zoë".encode(), "text/plain").json()
        latin = send(recruiter, person, "Müller".encode("cp1252"), "text/plain").json()

        assert row["text"] == "Grew roses. Zoë"
        assert latin["text"] == "Müller"

    @pytest.mark.parametrize(
        ("kind", "body", "code"),
        [
            ("application/pdf", b"", "empty"),
            ("text/markdown", b"", "empty"),
            ("application/pdf", b"Not one", "content_mismatch"),
            ("application/pdf", b"MZ\x90\x00 %PDF-1.7", "program"),
            ("application/pdf", PDF + b"/Launch << /F (x) >>", "active_content"),
            ("application/pdf", PDF + b"/OpenAction /JavaScript", "active_content"),
            ("text/plain", b"#!/bin/sh\nrm -rf /", "program"),
            ("text/plain", b"\x7fELF\x02", "program"),
            ("text/plain", b"a\x00b", "content_mismatch"),
            ("text/plain", PDF, "content_mismatch"),
            ("application/rtf", b"{\\rtf1 {\\*\\objdata 01}}", "active_content"),
            (DOCX, package("content.xml"), "content_mismatch"),
            (DOCX, b"PK\x03\x04 broken", "content_mismatch"),
            (DOCX, package(*WORD, "word/vbaProject.bin"), "active_content"),
            (ODT, package(*WORD), "content_mismatch"),
            (ODT, package("content.xml", "Basic/x", mimetype=ODT), "active_content"),
        ],
    )
    def test_is_refused_if_it_is_no_document(
        self, recruiter, uploads, kind, body, code
    ):
        answer = send(recruiter, make_candidate(), body, kind)

        (error,) = assert_problem(answer, 400)["errors"]
        assert (error["field"], error["code"]) == ("file", code)
        assert not files_in(uploads)
        assert not Document.objects.exists()

    def test_is_refused_by_its_kind_or_size(self, recruiter, person, monkeypatch):
        assert_problem(send(recruiter, person, b"<p>", "text/html"), 415)
        octets = "application/octet-stream"
        known = send(recruiter, person, PDF, octets)  # by the name of the file
        assert known.json()["media_type"] == "application/pdf"
        monkeypatch.setattr("recruit.api.views.documents.Documents.most_bytes", 10)
        assert_problem(send(recruiter, person), 413)

    def test_is_refused_with_a_stale_version(self, recruiter, person, uploads):
        headers = {"If-Match": '"7"'}

        answer = recruiter.send(address(person), PDF, "application/pdf", **headers)

        assert_problem(answer, 412)
        assert not files_in(uploads)

    def test_is_taken_once_with_a_key(self, recruiter, person, uploads):
        key = {"Idempotency-Key": "cv-1"}

        first = recruiter.send(address(person), PDF, "application/pdf", **key)
        again = recruiter.send(address(person), PDF, "application/pdf", **key)

        assert first.json()["id"] == again.json()["id"]
        assert len(files_in(uploads)) == 1


class TestText:
    def test_is_added_changed_and_taken_away(self, recruiter, person):
        body = {"title": "CV", "text": "Grew roses."}

        row = recruiter.post(address(person), body).json()

        here = f"{address(person)}/{row['id']}"
        assert (row["file_name"], row["size"], row["digest"]) == (None, None, None)
        assert recruiter.patch(here, {"title": "Résumé"}).json()["title"] == "Résumé"
        (listed,) = recruiter.get(address(person)).json()["items"]
        assert listed["id"] == row["id"]
        assert "text" not in listed
        assert_problem(recruiter.get(f"{here}/download"), 404)
        assert recruiter.delete(here).status_code == 204
        assert not Document.objects.exists()

    def test_leaves_the_file_where_it_changes(self, recruiter, person, uploads):
        row = send(recruiter, person).json()
        here = f"{address(person)}/{row['id']}"

        changed = recruiter.patch(here, {"title": "CV", "text": "Read by hand."}).json()

        assert changed == {**row, "title": "CV", "text": "Read by hand."}
        assert len(files_in(uploads)) == 1
        assert fields_in(recruiter.patch(here, {"media_type": "text/plain"})) == [
            "media_type"
        ]

    def test_leaves_files_where_the_whole_part_is_stated(
        self, recruiter, person, uploads, django_capture_on_commit_callbacks
    ):
        kept, gone = (
            send(recruiter, person).json(),
            send(recruiter, person, GOOD[DOCX], DOCX).json(),
        )
        stated = {k: kept[k] for k in ("title", "kind", "media_type", "text")}

        with django_capture_on_commit_callbacks(execute=True):
            recruiter.patch(
                f"/candidates/{person.pk}",
                {"documents": [stated, {"title": "New", "text": ""}]},
            )

        rows = recruiter.get(address(person)).json()["items"]
        assert [row["size"] for row in rows if row["id"] == kept["id"]] == [len(PDF)]
        assert gone["id"] not in {row["id"] for row in rows}
        assert files_in(uploads) == [path_of(kept["id"])]


class TestRemoval:
    def test_of_the_document_takes_the_file(
        self, recruiter, person, uploads, django_capture_on_commit_callbacks
    ):
        row = send(recruiter, person).json()

        with django_capture_on_commit_callbacks(execute=True):
            recruiter.delete(f"{address(person)}/{row['id']}")

        assert not files_in(uploads)

    def test_of_the_person_takes_the_file(
        self, recruiter, person, uploads, django_capture_on_commit_callbacks
    ):
        send(recruiter, person)

        with django_capture_on_commit_callbacks(execute=True):
            erase_candidate(candidate_id=person.pk, actor=ACTOR, erased_at=NOW)

        assert not files_in(uploads)

    def test_of_what_killed_processes_have_left_waits_an_hour(
        self, recruiter, person, uploads
    ):
        row = send(recruiter, person).json()
        left = path_of(uuid7())
        left.parent.mkdir(parents=True, exist_ok=True)
        left.touch()
        unfinished = left.with_name(f"{left.name}.part")
        unfinished.touch()
        now = datetime.now(UTC)

        assert remove_left_behind(now=now) == 0
        assert remove_left_behind(now=now + timedelta(hours=2)) == 2
        assert files_in(uploads) == [path_of(row["id"])]
        Document.objects.all().delete()
        os.utime(path_of(row["id"]))
        assert remove_left_behind(now=now + timedelta(hours=2)) == 1


class TestDownload:
    def url_of(self, caller: Caller, person: Candidate, row: Any) -> str:
        answer = caller.get(f"{address(person)}/{row['id']}/download")
        assert answer.status_code == 200, answer.content
        url: str = answer.json()["url"]
        return url.removeprefix("http://testserver")

    def test_needs_no_token_and_is_never_shown_inline(self, recruiter, person):
        url = self.url_of(recruiter, person, send(recruiter, person).json())

        answer: Any = Client().get(url)

        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Disposition"] == 'attachment; filename="CV of Kim.pdf"'
        assert answer["Content-Type"] == "application/pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert "no-store" in answer["Cache-Control"]

    def test_is_over_after_some_minutes(self, recruiter, person, monkeypatch):
        monkeypatch.setattr(downloads, "VALID", timedelta(seconds=-2))
        url = self.url_of(recruiter, person, send(recruiter, person).json())

        problem = assert_problem(Client().get(url), 410)

        assert problem["errors"][0]["code"] == "download_expired"

    def test_is_for_what_was_signed_only(self, recruiter, person):
        url = self.url_of(recruiter, person, send(recruiter, person).json())

        assert_problem(Client().get(f"{url[:-2]}xy"), 404)
        assert_problem(Client().get("/api/v1/downloads/nothing"), 404)

    def test_finds_nothing_of_somebody_erased_meanwhile(
        self, recruiter, person, django_capture_on_commit_callbacks
    ):
        url = self.url_of(recruiter, person, send(recruiter, person).json())

        with django_capture_on_commit_callbacks(execute=True):
            erase_candidate(candidate_id=person.pk, actor=ACTOR, erased_at=NOW)

        assert_problem(Client().get(url), 404)


class TestRights:
    def test_need_scopes_of_their_own(self, recruiter, person):
        row = send(recruiter, person).json()
        scopes = [Scope.CANDIDATES_READ, Scope.CANDIDATES_WRITE, Scope.PROTECTED]
        caller = Caller(make_user(), scopes)

        assert_problem(caller.get(address(person)), 403)
        assert_problem(caller.get(f"{address(person)}/{row['id']}/download"), 403)
        assert_problem(send(caller, person), 403)
        (shown,) = caller.get(f"/candidates/{person.pk}").json()["documents"]
        assert (shown["title"], shown["text"]) == (row["title"], None)
        answer = caller.patch(f"/candidates/{person.pk}", {"documents": []})
        assert fields_in(answer) == ["documents"]

    def test_end_where_a_job_hides_names(self, recruiter, manager):
        job = make_job(hiring_manager=manager.user)
        person = make_application(job).candidate
        row = send(recruiter, person).json()
        here = f"{address(person)}/{row['id']}"
        assert manager.get(here).status_code == 200
        assert_problem(manager.delete(here), 403)

        hide_names(
            job_id=job.pk,
            reveal_stage=Stage.INTERVIEW,
            actor=ACTOR,
            changed_at=NOW,
        )

        for path in (address(person), here, f"{here}/download"):
            assert_problem(manager.get(path), 404)

    def test_are_those_to_the_person(self, recruiter, person):
        row = send(recruiter, person).json()
        other = make_candidate()

        assert_problem(recruiter.get(f"{address(other)}/{row['id']}/download"), 404)
        assert_problem(recruiter.delete(f"{address(other)}/{row['id']}"), 404)
        assert_problem(recruiter.get(f"{address(person)}/{RANDOM}/download"), 404)


class TestPage:
    def test_hands_the_file_out_to_who_sees_the_person(
        self, recruiter, manager, person, client
    ):
        row = send(recruiter, person).json()
        path = reverse("dashboard:document_file", args=[person.pk, row["id"]])
        client.force_login(recruiter.user)

        page = client.get(reverse("dashboard:candidate", args=[person.pk]))

        assert path in page.content.decode()
        answer = client.get(path)
        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Security-Policy"].startswith("sandbox")
        client.force_login(manager.user)
        assert client.get(path).status_code == 404
