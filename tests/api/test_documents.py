"""/candidates/{id}/documents: texts and files."""

import hashlib
import os
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from recruit.candidates.files import path_of, remove_left_behind
from recruit.candidates.media import DOCX, ODT
from recruit.candidates.models import Document
from recruit.candidates.operations import erase_candidate
from recruit.common.ids import uuid7
from tests.api.caller import assert_problem, fields_in, version_in
from tests.api.documents import GOOD, PDF, WORD, address, files_in, package, send
from tests.factories import (
    ACTOR,
    NOW,
    make_candidate,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uploads")]


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

    @pytest.mark.parametrize(
        ("query", "title"),
        [
            ("", "CV"),
            ("?kind=cover_letter", "Cover letter"),
            ("?kind=other", "Document"),
            ("?title=Mine", "Mine"),
        ],
    )
    def test_without_a_name_is_called_after_its_kind(
        self, recruiter, person, query, title
    ):
        answer = recruiter.send(f"{address(person)}{query}", PDF, "application/pdf")

        assert (answer.status_code, answer.json()["title"]) == (201, title)

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
        refused = assert_problem(send(recruiter, person, b"<p>", "text/html"), 415)
        assert "multipart/form-data, application/pdf" in refused["detail"]
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
