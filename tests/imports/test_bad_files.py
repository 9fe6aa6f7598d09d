import os

import pytest

from recruit.candidates.models import Candidate
from recruit.imports import run
from recruit.imports.records import MOST_CHARACTERS
from recruit.imports.run import run_import
from recruit.imports.types import ImportKind, UnusableFile
from tests.factories import ACTOR, NOW
from tests.imports.files import counts, imported, jobs_imported, reasons, table

pytestmark = pytest.mark.django_db


def imported_from(path):
    return run_import(path, kind=ImportKind.CANDIDATES, actor=ACTOR, imported_at=NOW)


class TestUnusableFile:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "is empty"),
            (b"\n\n", "is empty"),
            (b"\xef\xbb\xbf", "is empty"),
            (b"name,email\n", "header and no rows"),
            (b"name,email\n,\n\n", "header and no rows"),
            (b"name^email\nKim^k@x.org\n", r"no column .*it reads: name\^email"),
            (b"Kim,k@x.org\nLee,l@x.org\n", "it reads: Kim"),
            (b"\x89PNG\r\n\x1a\n" + bytes(200), "PNG"),
            (b"PK\x03\x04xl/workbook.xml" + bytes(200), "XLSX"),
        ],
    )
    def test_is_refused_in_one_sentence(self, content, said):
        with pytest.raises(UnusableFile, match=said) as refusal:
            imported(content)

        assert "\n" not in str(refusal.value)

    def test_is_refused_where_it_is_none(self, tmp_path):
        with pytest.raises(UnusableFile, match="is a folder"):
            imported_from(tmp_path)
        with pytest.raises(UnusableFile, match="There is no file"):
            imported_from(tmp_path / "missing.csv")

    def test_is_refused_where_reading_would_never_end(self, tmp_path):
        os.mkfifo(tmp_path / "pipe")

        with pytest.raises(UnusableFile, match="not an ordinary file"):
            imported_from(tmp_path / "pipe")

    def test_is_refused_where_it_cannot_be_read(self, tmp_path, monkeypatch):
        path = tmp_path / "locked.csv"
        path.write_text("name\nKim\n")

        def refuse(*args, **options):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(type(path), "open", refuse)

        with pytest.raises(UnusableFile, match=r"locked\.csv cannot be read"):
            imported_from(path)

    def test_is_refused_in_an_encoding_that_is_none(self):
        with pytest.raises(UnusableFile, match="no encoding"):
            imported("name\nKim\n", encoding="klingon")


class TestBadRow:
    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("Kim", "Row 3: 1 column where the header has 3."),
            ("Kim,k@x.org,Go,more", "Row 3: 4 columns where the header has 3."),
            ('Kim,"k@x.org,Go', "Row 3: a quotation mark is opened and never closed."),
        ],
    )
    def test_is_rejected_alone(self, row, said):
        result = imported(f"name,email,skills\nAnn,,\n{row}\nLee,,\n")

        assert counts(result) == (2, 0, 0, 1)
        assert reasons(result) == [said]

    def test_may_end_in_empty_columns(self):
        assert counts(imported("name,email\nKim,k@x.org,,\n")) == (1, 0, 0, 0)

    def test_with_a_cell_of_10_megabytes_is_rejected_alone(self):
        content = table(
            ["name", "summary"], ["Kim", "x" * 10_000_000], ["Lee", "Prunes."]
        )

        result = imported(content)

        assert counts(result) == (1, 0, 0, 1)
        assert reasons(result) == [
            "Row 2, summary: 10000000 characters; at most 1000000 are taken."
        ]

    def test_longer_than_any_row_is_rejected_alone(self):
        content = b"name,summary\nKim," + b"x" * (MOST_CHARACTERS + 10) + b"\nLee,\n"

        result = imported(content)

        assert counts(result) == (1, 0, 0, 1)
        assert "characters" in reasons(result)[0]

    def test_of_nul_bytes_is_rejected_alone(self):
        result = imported(b"name,headline\nKim,a\x00b\nL\x00e,x\nAnn,y\n")

        assert counts(result) == (1, 0, 0, 2)
        assert reasons(result)[1] == "Row 3, name: It holds a NUL character."

    def test_costs_no_job(self):
        result = jobs_imported("title,description\nCook,\nBaker\n,x\nSmith,y\n")

        assert counts(result) == (2, 0, 0, 2)

    def test_is_found_in_every_batch(self, monkeypatch):
        monkeypatch.setattr(run, "BATCH_ROWS", 3)
        rows = [[f"Person {n}", "none" if n % 5 == 0 else ""] for n in range(20)]

        result = imported(table(["name", "email"], *rows))

        assert counts(result) == (16, 0, 0, 4)
        assert [row.number for row in result.rejected_rows] == [2, 7, 12, 17]
        assert Candidate.objects.count() == 16
