from recruit.common.ids import uuid7
from recruit.common.text import fold, in_one_line


class TestFold:
    def test_drops_case_accents_and_surplus_space(self):
        assert fold("  Électricité\u00a0 STRASSE straße ") == (
            "electricite strasse strasse"
        )


class TestUuid7:
    def test_grows_with_time(self):
        made = [uuid7() for _ in range(1000)]

        assert made == sorted(made)
        assert {one.version for one in made} == {7}


class TestInOneLine:
    def test_says_each_part_once(self):
        assert in_one_line("Berlin", "Berlin", "", "DE") == "Berlin, DE"
