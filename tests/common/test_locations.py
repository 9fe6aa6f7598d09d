import pytest

from recruit.common.locations import split_location


class TestSplitLocation:
    @pytest.mark.parametrize(
        ("text", "place", "region", "country"),
        [
            ("Berlin, Germany", "Berlin", "", "DE"),
            ("Munich, Bavaria, Deutschland", "Munich", "Bavaria", "DE"),
            ("Mitte, Berlin, Berlin, Germany", "Mitte, Berlin", "Berlin", "DE"),
            ("Austin, TX, USA", "Austin", "TX", "US"),
            ("Lyon, FR", "Lyon", "", "FR"),
            ("france", "", "", "FR"),
            ("Berlin", "Berlin", "", ""),
            ("Wilmington, DE", "Wilmington, DE", "", ""),
            ("Toronto, CA", "Toronto, CA", "", ""),
            ("Lyon, fr", "Lyon, fr", "", ""),
            (", Germany", ", Germany", "", ""),
            ("Remote (EU), anywhere", "Remote (EU), anywhere", "", ""),
        ],
    )
    def test_splits_where_nothing_is_guessed(self, text, place, region, country):
        assert split_location(text) == (place, region, country)
