import io

import pytest

from recruit.imports.encoding import find_encoding
from recruit.imports.types import UnusableFile
from tests.imports.files import counts, imported

WESTERN = "name,location\nJosé Müller,Zürich\n"


class TestFindEncoding:
    @pytest.mark.parametrize(
        ("written", "found"),
        [
            ("utf-8", "utf-8"),
            ("utf-8-sig", "utf-8-sig"),
            ("utf-16", "utf-16"),
            ("utf-16-le", "utf-16-le"),
            ("utf-16-be", "utf-16-be"),
            ("utf-32", "utf-32"),
            ("cp1252", "cp1252"),
        ],
    )
    def test_recognises_how_a_file_was_written(self, written, found):
        assert find_encoding(io.BytesIO(WESTERN.encode(written))) == found

    def test_reads_to_the_end_for_the_one_byte_that_tells(self):
        plain = "name,email\n" + "Kim Lee,kim@example.org\n" * 200_000

        found = find_encoding(io.BytesIO((plain + "Zoë Ek,\n").encode("cp1252")))

        assert found == "cp1252"

    def test_takes_no_western_marks_for_another_script(self):
        text = "name,summary\nKim,• pruned “old” trees – all year\n" * 20

        assert find_encoding(io.BytesIO(text.encode("cp1252"))) == "cp1252"

    def test_recognises_other_scripts(self):
        text = "name,headline\n" + "Иван Петров,Садовник и агроном с опытом\n" * 20

        found = find_encoding(io.BytesIO(text.encode("cp1251")))

        assert text.encode("cp1251").decode(found) == text

    def test_keeps_utf_8_where_a_byte_is_broken(self):
        content = ("name\n" + "Zoë Müller\n" * 30).encode() + b"Jos\xe9 Lee\n"

        assert find_encoding(io.BytesIO(content)) == "utf-8"

    def test_leaves_the_stream_at_its_beginning(self):
        stream = io.BytesIO(WESTERN.encode())

        find_encoding(stream)

        assert stream.tell() == 0

    @pytest.mark.parametrize(
        ("content", "named"),
        [
            (b"", "empty"),
            (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
            (b"PK\x03\x04\x14\x00[Content_Types].xml" + bytes(100), "XLSX"),
            (b"PK\x03\x04\x14\x00a.txt" + bytes(100), "ZIP"),
            (b"%PDF-1.7\n", "PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "Excel 97"),
            (bytes(range(256)) * 20, "binary"),
        ],
    )
    def test_says_what_a_file_looks_like_that_is_no_text(self, content, named):
        with pytest.raises(UnusableFile, match=named):
            find_encoding(io.BytesIO(content))


@pytest.mark.django_db
class TestLineEnds:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_are_understood_of_every_system(self, end):
        result = imported(end.join(["name,headline", "Ada,Gardener", "Kim,Florist"]))

        assert counts(result) == (2, 0, 0, 0)
