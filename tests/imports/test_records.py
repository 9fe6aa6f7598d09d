import io

from recruit.imports import records
from recruit.imports.records import read_records


def read(text, delimiter=","):
    return [
        (record.number, record.cells, bool(record.problem))
        for record in read_records(io.StringIO(text, newline=""), delimiter)
    ]


class TestReadRecords:
    def test_numbers_records_as_a_spreadsheet_does(self):
        assert read("a,b\n\n1,2\n") == [
            (1, ("a", "b"), False),
            (2, (), False),
            (3, ("1", "2"), False),
        ]

    def test_keeps_quoted_line_ends_and_quotes(self):
        assert read('a\r\n"one\r\n""two"""\r\n')[1][1] == ('one\r\n"two"',)

    def test_reads_a_last_line_without_an_end(self):
        assert read("a,b\n1,2")[1][1] == ("1", "2")

    def test_loses_one_line_where_a_quotation_is_never_closed(self):
        found = read('a,b\n1,"open\n2,x\n3,y\n')

        assert found == [
            (1, ("a", "b"), False),
            (2, ("1", "'open"), True),
            (3, ("2", "x"), False),
            (4, ("3", "y"), False),
        ]

    def test_loses_one_line_where_a_quotation_is_too_long(self, monkeypatch):
        monkeypatch.setattr(records, "MOST_CHARACTERS", 1_000)

        found = read('a,b\n1,"open\n' + "2,x\n" * 1_000)

        assert [problem for _, _, problem in found].count(True) == 1
        assert len(found) == 1_002

    def test_passes_over_a_line_without_an_end(self, monkeypatch):
        monkeypatch.setattr(records, "MOST_CHARACTERS", 100)

        found = read("a,b\n" + "x" * 10_000 + "\n1,2\n")

        assert [problem for _, _, problem in found] == [False, True, False]
        assert found[-1][1] == ("1", "2")
