import csv

import pytest
from django.db import IntegrityError, OperationalError

from recruit.candidates.models import Candidate
from recruit.candidates.operations import CandidateExists, save_profiles
from recruit.events.models import Event
from recruit.imports import candidates, landing, run
from recruit.imports.types import UnusableFile
from recruit.skills.models import Skill
from tests.imports.files import counts, imported, reasons, table

pytestmark = pytest.mark.django_db

MIXED = "name,email,skills\nKim,kim@x.org,Pruning\nAnn,none,\nLee,lee@x.org,Digging\n"


class TestRunImport:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_finds_delimiter_and_encoding(self, delimiter, encoding):
        rows = (["name", "skills"], ["Zoë Müller", "Pruning, Digging; Käserei"])

        result = imported(table(*rows, delimiter=delimiter).encode(encoding))

        assert (result.delimiter, result.created) == (delimiter, 1)
        person = Candidate.objects.with_skills().get()
        assert person.name == "Zoë Müller"
        assert [row.skill.name for row in person.skills.all()][-1] == "Käserei"

    def test_reads_the_encoding_that_is_named(self):
        imported("name\nŁukasz Żak\n".encode("cp1250"), encoding="cp1250")

        assert Candidate.objects.get().name == "Łukasz Żak"

    def test_reads_past_the_line_that_names_the_delimiter(self):
        assert counts(imported("sep=;\nname;email\nKim;k@x.org\n")) == (1, 0, 0, 0)

    def test_reports_columns_it_ignores(self):
        result = imported("name,shoe size,,hat\nKim,42,,M\n")

        assert result.ignored_headers == ("shoe size", "hat")

    def test_passes_over_blank_lines(self):
        assert counts(imported("name,email\n\nKim,\n,\n  ,\n")) == (1, 0, 0, 0)

    def test_lands_good_rows_beside_bad_ones(self, monkeypatch):
        monkeypatch.setattr(run, "BATCH_ROWS", 2)

        result = imported(MIXED)

        assert counts(result) == (2, 0, 0, 1)

    def test_tells_how_far_it_is(self):
        heard = []

        imported(MIXED, progress=lambda **progress: heard.append(progress))

        assert heard == [{"rows": 3, "bytes_read": len(MIXED)}]

    @pytest.mark.parametrize("source", ["", " ", "x" * 101])
    def test_refuses_a_source_without_a_name(self, source):
        with pytest.raises(UnusableFile, match="source"):
            imported(MIXED, source=source)


class TestDryRun:
    def test_says_the_same_and_writes_nothing(self):
        tried = imported(MIXED, dry_run=True)

        assert not Candidate.objects.exists()
        assert not Skill.objects.exists()
        assert not Event.objects.exists()
        done = imported(MIXED)
        assert (counts(tried), reasons(tried)) == (counts(done), reasons(done))


class TestConflict:
    def test_with_a_concurrent_create_costs_no_row(self, monkeypatch):
        save = save_profiles
        answers = iter([CandidateExists("x"), IntegrityError("x")])

        def save_unless_taken(**arguments):
            for refusal in answers:
                raise refusal
            return save(**arguments)

        monkeypatch.setattr(candidates, "save_profiles", save_unless_taken)

        assert counts(imported("name\nKim\nLee\n")) == (2, 0, 0, 0)

    def test_that_stays_rejects_its_row(self, monkeypatch):
        save = save_profiles

        def save_others(*, writes, **arguments):
            if any(w.profile.fields["family_name"] == "Kim" for w in writes):
                raise CandidateExists("Somebody has this id.")
            return save(writes=writes, **arguments)

        monkeypatch.setattr(candidates, "save_profiles", save_others)

        result = imported("name\nKim\nLee\n")

        assert reasons(result) == ["Row 2: Somebody has this id."]
        assert result.created == 1


@pytest.mark.django_db(transaction=True)
class TestLostDatabase:
    def test_is_waited_for(self, monkeypatch):
        monkeypatch.setattr(landing, "PAUSES", (0.0, 0.0))
        save = save_profiles
        losses = iter([OperationalError("gone"), OperationalError("gone")])

        def save_when_back(**arguments):
            for loss in losses:
                raise loss
            return save(**arguments)

        monkeypatch.setattr(candidates, "save_profiles", save_when_back)

        assert counts(imported("id,name\n1,Kim\n2,Lee\n")) == (2, 0, 0, 0)

    def test_is_said_when_it_does_not_come_back(self, monkeypatch):
        monkeypatch.setattr(landing, "PAUSES", (0.0,))

        def lose(**arguments):
            raise OperationalError("gone")

        monkeypatch.setattr(candidates, "save_profiles", lose)

        with pytest.raises(OperationalError):
            imported("name\nKim\n")


class TestRejectedRows:
    def rejected(self, tmp_path, content, **options):
        path = tmp_path / "rejected.csv"
        imported(content, rejected_to=path, **options)
        return path

    def rows(self, path, delimiter=","):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.reader(lines, delimiter=delimiter))

    def test_have_the_reason_first_and_are_as_they_were(self, tmp_path):
        path = self.rejected(tmp_path, "name;note;email\nAnn;a,b;none\n")

        assert self.rows(path, ";") == [
            ["reason", "name", "note", "email"],
            ["Row 2, email: “none” is not an e-mail address.", "Ann", "a,b", "none"],
        ]

    @pytest.mark.parametrize("start", ["=", "+", "-", "@"])
    def test_run_no_formula(self, tmp_path, start):
        cell = f"{start}cmd|' /C calc'!A0"

        path = self.rejected(tmp_path, table(["name", cell], [cell, cell, "more"]))

        header, row = self.rows(path)
        assert header[2] == f"'{cell}"
        assert row[1:] == [f"'{cell}", f"'{cell}", "more"]

    def test_can_be_mended_and_imported(self, tmp_path):
        path = self.rejected(tmp_path, "name,phone,email\nAnn,+49 30,none\n")
        mended = path.read_bytes().replace(b",none", b",ann@x.org")

        result = imported(mended)

        assert counts(result) == (1, 0, 0, 0)
        assert Candidate.objects.get().phones == ["+49 30"]

    def test_leave_no_file_where_there_are_none(self, tmp_path):
        path = self.rejected(tmp_path, MIXED)

        self.rejected(tmp_path, "name\nKim\n")

        assert not path.exists()

    def test_never_overwrite_another_file(self, tmp_path):
        path = tmp_path / "rejected.csv"
        path.write_text("name\nKim\n")

        with pytest.raises(UnusableFile, match="left as it is"):
            self.rejected(tmp_path, MIXED)

        assert path.read_text() == "name\nKim\n"
        assert not Candidate.objects.exists()

    def test_hold_a_row_of_undecodable_bytes(self, tmp_path):
        content = b"name,summary\n" + "Zoë Ek,é\n".encode() * 60 + b"Jos\xe9,\n"

        path = self.rejected(tmp_path, content)

        assert "bytes that are not in the encoding" in self.rows(path)[-1][0]
