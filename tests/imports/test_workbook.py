import io
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from recruit.candidates.models import Candidate
from recruit.imports import workbook as reading
from recruit.imports.columns import ByHeader
from recruit.imports.table import open_table
from recruit.imports.types import ImportKind, UnusableFile
from recruit.jobs.models import Job
from tests.imports.files import counts, imported, jobs_imported, reasons
from tests.imports.workbooks import (
    SHEET,
    STRINGS,
    saved,
    with_part,
    with_shared_texts,
    without_dimension,
    workbook,
)

pytestmark = pytest.mark.django_db

PEOPLE = (["Name", "E-Mail", "Skills"], ["Kim Ek", "kim@x.org", "Pruning; Digging"])


def rows_of(content, kind=ImportKind.CANDIDATES):
    with open_table(io.BytesIO(content), ByHeader(kind)) as table:
        return [record.cells for record in table.records]


def texts_of(*values, number_format=None):
    """Return what the cells of a row are read as."""
    book = Workbook()
    assert book.active is not None
    book.active.append(["name", *[f"c{n}" for n in range(len(values))]])
    cells = [WriteOnlyCell(book.active, value=value) for value in values]
    for cell in cells:
        if number_format:
            cell.number_format = number_format
    book.active.append(["Kim", *cells])
    return list(rows_of(saved(book))[0][1:])


class TestWorkbook:
    def test_lands_as_a_csv_file_does(self):
        result = imported(workbook(*PEOPLE))

        assert (counts(result), result.encoding) == ((1, 0, 0, 0), "xlsx")
        person = Candidate.objects.with_skills().get()
        assert (person.name, person.emails) == ("Kim Ek", ["kim@x.org"])
        assert [row.skill.name for row in person.skills.all()] == ["Pruning", "Digging"]

    def test_is_read_as_excel_writes_it(self):
        imported(with_shared_texts(workbook(*PEOPLE)))

        assert Candidate.objects.get().name == "Kim Ek"

    def test_changes_nothing_the_second_time(self):
        imported(workbook(*PEOPLE))

        assert counts(imported(workbook(*PEOPLE))) == (0, 0, 1, 0)

    def test_holds_jobs_as_well(self):
        jobs_imported(workbook(["Title", "Place"], ["Gardener", "Delft, Netherlands"]))

        assert Job.objects.get().country == "NL"

    def test_is_numbered_as_excel_does(self):
        result = imported(workbook(["name", "email"], [], ["Kim", ""], ["Lee", "none"]))

        assert reasons(result) == ["Row 4, email: “none” is not an e-mail address."]

    def test_is_read_whole_though_it_says_it_is_one_cell(self):
        assert imported(without_dimension(workbook(*PEOPLE))).created == 1

    def test_may_have_rows_shorter_and_wider_than_the_header(self):
        content = workbook(["name", "email"], ["Kim"], ["Lee", None, "a note"])

        assert rows_of(content) == [("Kim", ""), ("Lee", "")]

    def test_is_read_on_the_sheet_that_means_most(self):
        content = workbook(["Notes"], ["Read me"], People=PEOPLE)

        with open_table(io.BytesIO(content), ByHeader(ImportKind.CANDIDATES)) as table:
            assert table.sheet == "People"
        assert imported(content).created == 1

    def test_is_not_read_on_a_hidden_sheet(self):
        book = Workbook()
        hidden = book.create_sheet("Old")
        for row in PEOPLE:
            hidden.append(row)
        hidden.sheet_state = "hidden"
        assert book.active is not None
        book.active.append(["name"])
        book.active.append(["Lee"])

        imported(saved(book))

        assert Candidate.objects.get().name == "Lee"

    def test_tells_how_far_it_is(self):
        heard: list[int] = []
        content = workbook(*PEOPLE)

        imported(content, progress=lambda *, rows, bytes_read: heard.append(bytes_read))

        assert heard == [len(content)]


class TestCell:
    def test_is_a_date_where_it_is_one(self):
        values = [date(2026, 3, 4), datetime(2026, 3, 4, 9, 30), time(9, 30)]  # noqa: DTZ001

        assert texts_of(*values) == ["2026-03-04", "2026-03-04 09:30", "09:30"]

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (7.0, "7"),
            (7.5, "7.5"),
            (491512345678, "491512345678"),
            (4.9151234567891e13, "49151234567891"),
            (True, "TRUE"),
            ("two\nlines", "two\nlines"),
            ("a_x000D_\nb", "a\r\nb"),
            ("=1+1 is no sum", "=1+1 is no sum"),
        ],
    )
    def test_says_what_is_meant(self, value, text):
        if str(value).startswith("="):
            book = Workbook()
            assert book.active is not None
            book.active.append(["name"])
            book.active["A2"].value = value
            book.active["A2"].data_type = "s"
            assert rows_of(saved(book)) == [(text,)]
        else:
            assert texts_of(value) == [text]

    def test_keeps_the_zeros_that_its_format_shows(self):
        assert texts_of(123, number_format="00000") == ["00123"]

    def test_with_a_number_that_was_rounded_is_refused_as_an_id(self):
        result = imported(workbook(["id", "name"], [1.2345678901234567e18, "Kim"]))

        assert "rounded" in reasons(result)[0]

    def test_with_an_error_is_refused(self):
        result = imported(workbook(["name", "headline"], ["Kim", "#REF!"], ["Lee"]))

        assert counts(result) == (1, 0, 0, 1)
        assert reasons(result) == [
            "Row 2, headline: It holds the error #REF! of a spreadsheet."
        ]


class TestFormula:
    def with_value(self, value):
        content = workbook(["name", "headline"], ["Kim", '=A2&"!"'], ["Lee", "=1+1"])
        return with_part(
            content,
            SHEET,
            lambda xml: xml.replace(b"<v />", b"<v/>").replace(b"<v/>", value, 1),
        )

    def test_is_read_by_the_value_that_the_file_keeps(self):
        xml = with_part(self.with_value(b"<v>12</v>"), SHEET, lambda held: held)

        assert rows_of(xml)[0] == ("Kim", "12")

    def test_without_a_value_is_refused_and_never_computed(self):
        result = imported(workbook(["name", "headline"], ["Kim", "=1+1"], ["Lee"]))

        assert counts(result) == (1, 0, 0, 1)
        assert reasons(result) == [
            "Row 2, headline: It holds a formula whose value is not in the file."
        ]

    def test_is_nothing_in_a_column_that_means_nothing(self):
        assert imported(workbook(["name", "age"], ["Kim", "=1+1"])).created == 1


class TestHeader:
    def test_stands_below_a_title(self):
        content = workbook(["Candidates of 2026"], [], *PEOPLE)

        result = imported(content)

        assert counts(result) == (1, 0, 0, 0)

    def test_may_be_merged_over_two_rows(self):
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["Full name", "Contact", None, "Skills"])
        sheet.append([None, "E-mail", "Phone", None])
        for merged in ("A1:A2", "B1:C1", "D1:D2"):
            sheet.merge_cells(merged)
        sheet.append(["Kim Ek", "kim@x.org", "+49 30 1", "Pruning"])

        imported(saved(book))

        person = Candidate.objects.get()
        assert (person.name, person.phones) == ("Kim Ek", ["+49 30 1"])

    def test_stands_below_a_title_in_a_csv_file_too(self):
        assert imported("Candidates;;\n\nname;email;x\nKim;k@x.org;\n").created == 1


class TestBadWorkbook:
    @pytest.mark.parametrize(
        "change",
        [
            lambda content: content[: len(content) // 2],
            lambda content: with_part(content, "xl/workbook.xml", lambda _: b"<a"),
            lambda content: with_part(content, "[Content_Types].xml", lambda _: b""),
        ],
    )
    def test_is_refused_in_one_sentence(self, change):
        with pytest.raises(UnusableFile, match="cannot be read"):
            imported(change(workbook(*PEOPLE)))

    def test_that_breaks_off_says_where(self):
        rows = [["name"], *[[f"Kim {n}"] for n in range(50)]]
        broken = with_part(
            workbook(*rows), SHEET, lambda xml: xml[: xml.index(b'<row r="30"') + 20]
        )

        result = imported(broken)

        assert result.rejected == 1
        assert "cannot be read" in reasons(result)[0]

    def test_that_unpacks_to_too_much_is_refused(self, monkeypatch):
        monkeypatch.setattr(reading, "MOST_UNPACKED", 10_000)
        content = workbook(["name"], ["x" * 20_000])

        with pytest.raises(UnusableFile, match="too large once unpacked"):
            imported(content)

    def test_with_too_much_text_for_memory_is_refused(self, monkeypatch):
        content = with_shared_texts(workbook(["name"], *[["x" * 20_000]] * 10))
        monkeypatch.setattr(reading, "MOST_SHARED", 100_000)

        with pytest.raises(UnusableFile, match="too large once unpacked"):
            imported(content)

    def test_with_a_row_that_never_ends_is_refused(self, monkeypatch):
        monkeypatch.setattr(reading, "LONGEST_ROW", 5_000)
        content = with_part(
            workbook(["name"]),
            SHEET,
            lambda xml: xml.replace(b"</row>", b"<!--" + b"x" * 9_000 + b"--></row>"),
        )

        with pytest.raises(UnusableFile, match="longer than any row"):
            imported(content)

    def test_with_an_entity_that_multiplies_is_refused(self):
        bomb = b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 1000 + b'">'
        bomb += b'<!ENTITY z "' + b"&x;" * 1000 + b'"><!ENTITY w "' + b"&z;" * 1000
        bomb += b'">]><sst><si><t>&w;</t></si></sst>'
        content = with_part(
            with_shared_texts(workbook(*PEOPLE)), STRINGS, lambda _: bomb
        )

        with pytest.raises(UnusableFile):
            imported(content)

    def test_with_a_row_far_away_ends(self, monkeypatch):
        monkeypatch.setattr(reading, "MOST_ROWS", 100)
        content = with_part(
            workbook(["name"], ["Kim"]),
            SHEET,
            lambda xml: xml.replace(b'<row r="2"', b'<row r="4000000"'),
        )

        assert "at most 100 rows" in reasons(imported(content))[0]
