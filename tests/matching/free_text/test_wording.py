"""What somebody typed, taken apart."""

import pytest

from matching.free_text.wording import (
    fields_of,
    is_address,
    plain,
    readable,
    unknown_fields,
    wording_of,
)


class TestWordingOf:
    def test_keeps_quoted_words_and_leaves_unwanted_ones_out(self):
        wording = wording_of('nurses "night shift" -paediatric -"old people" wards')

        assert wording.words == "nurses night shift wards"
        assert wording.quoted == ("night shift",)
        assert wording.unwanted == ("paediatric", "old people")

    def test_takes_addresses_out_of_the_words(self):
        wording = wording_of("Ada ada.l+x@mail.example.org, gardener")

        assert wording.addresses == ("ada.l+x@mail.example.org",)
        assert wording.words == "Ada , gardener"

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("full-time co-operation", "full-time co-operation"),
            ('an "open quote', 'an "open quote'),
            ('"" - -- -"" "!"', "- !"),
            ("c++ | c# & !node :* <-> (.net)", "c++ | c# & !node :* <-> (.net)"),
            ("a\x00b \ud800 c", "a b ? c"),
            ("  many \n\t blanks  ", "many blanks"),
            ("", ""),
        ],
    )
    def test_takes_marks_of_other_meanings_as_text(self, text: str, words: str):
        wording = wording_of(text)

        assert wording.words == words
        assert wording.quoted == wording.addresses == ()


class TestPlain:
    def test_composes_characters(self):
        assert plain("Cafe\u0301") == "Café"


class TestIsAddress:
    @pytest.mark.parametrize("text", ["a@b.org", " Ada.L@Mail.example.org "])
    def test_knows_an_address(self, text: str):
        assert is_address(text)

    @pytest.mark.parametrize("text", ["", "ada", "a@b", "write to a@b.org"])
    def test_knows_what_is_more_or_less(self, text: str):
        assert not is_address(text)


class TestReadable:
    def test_leaves_out_who_a_person_is(self):
        text = "Ms Nguyen, 34 years old, +49 30 1234567, a welder of www.weld.example"

        read = readable(text, names=["Nguyen"])

        assert "welder of" in read
        for told in ("Nguyen", "34", "1234567", "www", "Ms"):
            assert told not in read

    def test_reads_the_work_as_it_stands(self):
        text = "people who ran kubernetes in hospitals"

        assert readable(text, names=()) == text


class TestFieldsOf:
    def test_takes_fields_out_and_leaves_what_tells_of_work(self):
        text, terms = fields_of('title:"head gardener" roses -place:Paris School:MIT')

        assert " ".join(text.split()) == "head gardener roses"
        assert [str(term) for term in terms] == [
            "title: head gardener",
            "-place: Paris",
            "school: MIT",
        ]

    def test_reads_not_as_a_minus(self):
        wording = wording_of('nurse NOT intern NOT "night shift" -skill:PHP not here')

        assert wording.words == "nurse not here"
        assert wording.unwanted == ("intern", "night shift")
        assert [str(term) for term in wording.fields] == ["-skill: PHP"]

    @pytest.mark.parametrize("text", ["title:", "http://a.org", "xtitle:a", "place:-"])
    def test_takes_what_names_no_field_as_text(self, text: str):
        assert fields_of(text) == (text, ())


class TestUnknownFields:
    @pytest.mark.parametrize(
        ("text", "unknown"),
        [
            ('foo:bar roses -Foo:x baz:"a b"', ("foo", "baz")),
            ("title:gardener tag:medallist", ()),
            ("http://a.org at 12:30, note: roses C:x", ()),
            ('"foo:bar"', ()),
        ],
    )
    def test_names_what_looks_like_a_field(self, text: str, unknown: tuple[str, ...]):
        assert unknown_fields(text) == unknown
