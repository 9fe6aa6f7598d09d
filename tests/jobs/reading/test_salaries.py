import pytest

from tests.jobs.reading.texts import read


class TestReadSalary:
    @pytest.mark.parametrize(
        ("text", "salary"),
        [
            ("€60,000 - €75,000", (60000, 75000, "EUR")),
            ("60.000 – 75.000 €", (60000, 75000, "EUR")),
            ("EUR 60k-75k", (60000, 75000, "EUR")),
            ("$120k to $150k", (120000, 150000, "USD")),
            ("$120-150k", (120000, 150000, "USD")),
            ("CHF 100'000 – 120'000", (100000, 120000, "CHF")),
            ("60 000 à 70 000 euros", (60000, 70000, "EUR")),
            ("CA$80,000.00 - CA$95,000.00", (80000, 95000, "CAD")),
            ("Salary: £45,000", (45000, None, "GBP")),
            ("Gehalt bis zu 70.000 € brutto", (None, 70000, "EUR")),
            ("earn up to $90,000 a year", (None, 90000, "USD")),
            ("Jahresgehalt 52.500,00 EUR", (52500, None, "EUR")),
        ],
    )
    def test_finds_yearly_pay(self, text: str, salary: tuple[object, ...]):
        found = read(text).salary

        assert found is not None
        assert found.value == salary

    @pytest.mark.parametrize(
        "text",
        [
            "€5 million revenue",
            "You answer for a budget of €200,000 - €300,000.",
            "A learning budget of €1,000 a year",
            "Raised $12,000,000 - $15,000,000",
            "Over 60,000 - 70,000 people trust us.",
            "€90,000 - €60,000",
            "€500 bonus",
        ],
    )
    def test_takes_no_other_amount_for_pay(self, text: str):
        assert read(text).salary is None

    @pytest.mark.parametrize(
        "text",
        ["$25 - $30 per hour", "3.500 - 4.000 € pro Monat", "Pay: £18/hour"],
    )
    def test_tells_pay_for_a_shorter_time_and_takes_it_not_over(self, text: str):
        found = read(text).salary

        assert found is not None
        assert found.value is None
        assert found.others
