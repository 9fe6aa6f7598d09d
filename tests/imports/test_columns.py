import pytest

from recruit.imports.columns import match_columns
from recruit.imports.types import ImportKind, UnusableFile


def fields(*headers, kind=ImportKind.CANDIDATES):
    return [column.field for column in match_columns(kind, headers)]


class TestMatchColumns:
    @pytest.mark.parametrize(
        ("header", "field"),
        [
            ("E-Mail", "email"),
            ("email address", "email"),
            ("External ID", "external_id"),
            ("external-id", "external_id"),
            ("First Name", "given_name"),
            ("LAST_NAME", "family_name"),
            (" Years of experience ", "years"),
            ("shoe size", None),
            ("", None),
        ],
    )
    def test_reads_headers_as_people_write_them(self, header, field):
        assert fields("name", header)[1] == field

    def test_prefers_the_own_name_of_a_field(self):
        assert fields("name", "title", "headline") == ["name", None, "headline"]

    def test_refuses_two_columns_for_one_field(self):
        with pytest.raises(UnusableFile, match=r"“Mail”, “Emails”.*email"):
            fields("name", "Mail", "Emails")

    @pytest.mark.parametrize(
        ("kind", "needed"),
        [(ImportKind.CANDIDATES, "given_name"), (ImportKind.JOBS, "title")],
    )
    def test_says_what_lacks_and_what_is_there(self, kind, needed):
        with pytest.raises(UnusableFile, match=rf"{needed}.*reads: shoe size"):
            fields("shoe size", kind=kind)
