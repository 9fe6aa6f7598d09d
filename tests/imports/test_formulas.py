import pytest

from recruit.imports.formulas import guarded, released


class TestGuarded:
    @pytest.mark.parametrize(
        "text", ["=cmd|' /C calc'!A0", "+49 30", "-1", "@SUM(A1)", "\t=1", "\r=1"]
    )
    def test_takes_the_power_from_a_formula(self, text):
        assert guarded(text) == f"'{text}"

    @pytest.mark.parametrize("text", ["", "plain", "1-2", "'quoted'", "a=b"])
    def test_leaves_other_text(self, text):
        assert guarded(text) == text

    @pytest.mark.parametrize("text", ["=1", "'=1", "''+1", "'plain", "plain", ""])
    def test_is_undone_by_released(self, text):
        assert released(guarded(text)) == text
