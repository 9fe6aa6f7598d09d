"""Values on the border of what a field takes."""

from decimal import Decimal

import pytest
from rest_framework.serializers import ValidationError

from recruit.api.fields import AmountAsked, Text, WholeNumber


class TestWholeNumber:
    def test_is_one_however_json_writes_it(self):
        assert WholeNumber().to_internal_value(Decimal("5.0")) == 5
        assert WholeNumber().to_internal_value(Decimal("1E+3")) == 1000

    @pytest.mark.parametrize("written", ["5.5", "1E+999999999", "1E-999999999", "NaN"])
    def test_is_no_other_number(self, written):
        with pytest.raises(ValidationError):
            WholeNumber().to_internal_value(Decimal(written))

    @pytest.mark.parametrize("other", ["5", True, None, [5]])
    def test_is_nothing_else(self, other):
        with pytest.raises(ValidationError):
            WholeNumber().to_internal_value(other)


class TestText:
    def test_is_measured_with_its_blanks(self):
        assert Text(max_length=3).to_internal_value(" a ") == "a"
        with pytest.raises(ValidationError):
            Text(max_length=3).to_internal_value("  a ")


class TestAmountAsked:
    @pytest.mark.parametrize("text", ["", "-6.", "x", "10000000000"])
    def test_is_an_amount(self, text):
        with pytest.raises(ValidationError):
            AmountAsked().run_validation(text)
