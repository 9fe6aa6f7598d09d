from decimal import Decimal

import pytest

from recruit.candidates.choices import SkillOrigin
from recruit.candidates.inputs import SkillInput
from recruit.candidates.models import Candidate
from recruit.events.models import Event
from recruit.skills.models import Skill
from tests.factories import LATER, NOW, make_candidate
from tests.imports.files import counts, imported, reasons, table

pytestmark = pytest.mark.django_db

HEADER = (
    "external_id",
    "name",
    "email",
    "phone",
    "location",
    "headline",
    "summary",
    "skills",
    "years",
)
KIM = (
    "7",
    "Kim Lee",
    "Kim@Example.org",
    "+49 30 1",
    "Berlin, Germany",
    "Gardener",
    "Prunes trees.",
    "Pruning (5 years); Digging (shallow, deep)",
    "12",
)


def person(external_id):
    return Candidate.objects.with_profile().get(external_id=external_id)


def held(candidate):
    return [row.skill.name for row in candidate.skills.all()]


class TestImportedCandidate:
    def test_keeps_every_field(self):
        imported(table(HEADER, KIM), source="hr")

        kim = person("7")
        assert (kim.given_name, kim.family_name) == ("Kim", "Lee")
        assert (kim.source, kim.emails, kim.phones) == (
            "hr",
            ["kim@example.org"],
            ["+49 30 1"],
        )
        assert (kim.place, kim.region, kim.country) == ("Berlin", "", "DE")
        assert (kim.headline, kim.summary) == ("Gardener", "Prunes trees.")
        assert kim.years_of_experience == 12
        assert [(row.skill.name, row.years) for row in kim.skills.all()] == [
            ("Pruning", 5),
            ("Digging (shallow, deep)", None),
        ]
        assert {row.origin for row in kim.skills.all()} == {SkillOrigin.IMPORTED}

    def test_lands_with_nothing_but_a_name(self):
        assert counts(imported("name\nKim\n")) == (1, 0, 0, 0)
        assert counts(imported("name\nKim\n", imported_at=LATER)) == (0, 0, 1, 0)

    def test_takes_given_and_family_name(self):
        imported("First name,Surname\nAnna Lena,Groß Ek\n")

        person = Candidate.objects.get()
        assert (person.given_name, person.family_name) == ("Anna Lena", "Groß Ek")

    @pytest.mark.parametrize(
        "name", ["محمد علي", "יעל כהן", "🦊 Fox", "李小龙", "O'Brien-Šćepanović Zoë"]
    )
    def test_takes_names_of_every_script(self, name):
        imported(table(["name"], [name]))

        assert Candidate.objects.get().name == name

    def test_stores_markup_and_formulas_as_text(self):
        evil = "<script>alert(1)</script>"
        row = ["1", evil, "", evil, evil, "=cmd|' /C calc'!A0", evil, evil, ""]

        imported(table(HEADER, row))

        one = person("1")
        assert one.name == evil
        assert (one.place, one.summary, one.phones) == (evil, evil, [evil])
        assert one.headline == "=cmd|' /C calc'!A0"
        assert held(one) == [evil]

    def test_takes_a_profile_of_100_000_words(self):
        summary = "pruning " * 99_999 + "trees"

        result = imported(table(["name", "summary"], ["Kim", summary]))

        assert counts(result) == (1, 0, 0, 0)
        assert Candidate.objects.get().summary == summary


class TestImportedAgain:
    def test_changes_nothing(self):
        imported(table(HEADER, KIM))
        events = Event.objects.count()

        result = imported(table(HEADER, KIM), imported_at=LATER)

        assert counts(result) == (0, 0, 1, 0)
        assert Event.objects.count() == events
        assert (person("7").version, person("7").profile_changed_at) == (1, NOW)

    def test_changes_what_differs_and_leaves_what_is_blank(self):
        imported(table(HEADER, KIM))

        result = imported(
            table(HEADER, ["7", "", "", "", "", "Head gardener", "", "", ""]),
            imported_at=LATER,
        )

        assert counts(result) == (0, 1, 0, 0)
        kim = person("7")
        assert (kim.headline, kim.name, kim.country) == (
            "Head gardener",
            "Kim Lee",
            "DE",
        )
        assert len(held(kim)) == 2

    def test_finds_a_person_by_mail(self):
        kim = make_candidate(emails=["kim@example.org", "lee@example.org"])

        imported("name,email,phone\nKim Lee,LEE@example.org,123\n")

        kim.refresh_from_db()
        assert kim.phones == ["123"]
        assert kim.emails == ["kim@example.org", "lee@example.org"]
        assert Candidate.objects.count() == 1

    def test_gives_a_person_found_by_mail_the_id(self):
        kim = make_candidate(emails=["kim@example.org"])

        for _ in range(2):
            imported(table(HEADER, KIM), source="hr")

        kim.refresh_from_db()
        assert (kim.source, kim.external_id) == ("hr", "7")
        assert Candidate.objects.count() == 1

    def test_leaves_the_id_that_another_source_gave(self):
        imported(table(HEADER, KIM), source="one")

        result = imported(table(HEADER, ("8", *KIM[1:])), source="two")

        assert counts(result) == (0, 0, 1, 0)
        assert Candidate.objects.get().external_id == "7"

    def test_keeps_skills_that_came_another_way(self):
        make_candidate(
            SkillInput("Grafting", origin=SkillOrigin.RECRUITER, years=Decimal(3)),
            SkillInput("Pruning", origin=SkillOrigin.STATED, proficiency="expert"),
            SkillInput("Welding", origin=SkillOrigin.IMPORTED),
            source="csv",
            external_id="7",
        )

        for _ in range(2):
            imported(table(HEADER, KIM))

        rows = {row.skill.name: row for row in person("7").skills.all()}
        assert list(rows) == ["Grafting", "Pruning", "Digging (shallow, deep)"]
        assert rows["Pruning"].proficiency == "expert"
        assert rows["Grafting"].years == 3

    def test_keeps_what_was_added_to_an_imported_skill(self):
        make_candidate(
            SkillInput("Digging", "advanced", Decimal(4), origin=SkillOrigin.IMPORTED),
            source="csv",
            external_id="7",
        )

        imported("external_id,name,skills\n7,Kim,digging\n")

        (row,) = person("7").skills.all()
        assert (row.proficiency, row.years) == ("advanced", 4)


class TestRejectedCandidate:
    @pytest.mark.parametrize(
        ("row", "field", "problem"),
        [
            ({"email": "none"}, "email", "“none” is not an e-mail address"),
            ({"name": ""}, "name", "needs a name"),
            ({"years": "many"}, "years", "“many” is not a number of years"),
            ({"years": "9999"}, "years", "is not a number of years"),
            ({"years": "61"}, "years", "less than or equal to 60"),
            ({"headline": "x" * 256}, "headline", "at most 255"),
            ({"skills": "; ".join(f"s{n}x" for n in range(50_000))}, "skills", "50000"),
            ({"skills": "x" * 121}, "skills", "longer than 120"),
            ({"skills": "Go (99 years)"}, "skills", "more than 60 years"),
            ({"summary": "x" * 1_000_001}, "summary", "at most 1000000"),
            ({"summary": "a\x00b"}, "summary", "NUL"),
            ({"external_id": "1.2E+11"}, "external_id", "rounded"),
            ({"external_id": "x" * 256}, "external_id", "at most 255"),
            ({"phone": "1" * 41}, "phone", "at most 40"),
            ({"email": "; ".join(f"a{n}@x.org" for n in range(21))}, "email", "20"),
            ({"location": "x" * 256}, "location", "at most 255"),
        ],
    )
    def test_names_row_and_field(self, row, field, problem):
        bad = dict(zip(HEADER, KIM, strict=True)) | row

        result = imported(table(HEADER, ["1", "Good", *[""] * 7], bad.values()))

        assert counts(result) == (1, 0, 0, 1)
        (reason,) = reasons(result)
        assert reason.startswith(f"Row 3, {field}: ")
        assert problem in reason

    def test_leaves_no_skills_behind(self):
        imported(table(HEADER, [*KIM[:5], "x" * 256, *KIM[6:]]))

        assert not Skill.objects.exists()

    def test_names_every_field_at_fault(self):
        result = imported(table(HEADER, ["1", "", "", "", "", "x" * 256, "", "", ""]))

        assert "Row 2, headline: " in reasons(result)[0]
        assert "Row 2, name: " in reasons(result)[0]

    def test_names_what_cannot_be_read_and_the_missing_name(self):
        row = dict.fromkeys(HEADER, "") | {"email": "x", "years": "many"}

        (reason,) = reasons(imported(table(HEADER, [*row.values()])))

        assert "Row 2, email: “x” is not an e-mail address" in reason
        assert "Row 2, years: " in reason
        assert "Row 2, name: A candidate needs a name." in reason

    @pytest.mark.parametrize("known", [{"external_id": "7"}, {"name": "Kim"}])
    def test_asks_for_no_name_where_a_person_may_be_known(self, known):
        row = dict.fromkeys(HEADER, "") | {"email": "x"} | known

        (reason,) = reasons(imported(table(HEADER, [*row.values()])))

        assert "Row 2, email: " in reason
        assert "name" not in reason

    def test_names_the_row_that_had_the_id_before(self):
        result = imported("external_id,name\n1,Kim\n2,Lee\n1,Ann\n")

        assert counts(result) == (2, 0, 0, 1)
        assert reasons(result) == ["Row 4, external_id: “1” stands in row 2 already."]

    def test_names_the_row_that_had_the_mail_before(self):
        result = imported("name,email\nKim,k@x.org\nAnn,K@x.org\n")

        assert reasons(result) == ["Row 3, email: “k@x.org” stands in row 2 already."]

    def test_does_not_choose_between_two_people_with_a_mail(self):
        for _ in range(2):
            make_candidate(emails=["kim@example.org"])

        result = imported("name,email\nKim,kim@example.org\n")

        assert reasons(result) == [
            "Row 2, email: 2 people have the address “kim@example.org”."
        ]

    def test_takes_people_with_ids_who_share_a_mail(self):
        content = "external_id,name,email\n1,Kim,k@x.org\n2,Ann,k@x.org\n"

        assert counts(imported(content)) == (2, 0, 0, 0)
        assert counts(imported(content)) == (0, 0, 2, 0)

    def test_gives_one_person_to_one_row_alone(self):
        make_candidate(emails=["k@x.org"], source="other", external_id="9")
        content = "external_id,name,email\n1,Kim,k@x.org\n2,Ann,k@x.org\n"

        result = imported(content)

        assert (result.changed, result.rejected) == (1, 1)
        assert "row 2 already" in reasons(result)[0]

    def test_gives_a_person_without_an_id_to_the_first_row(self):
        make_candidate(emails=["k@x.org"])
        content = "external_id,name,email\n1,Kim,k@x.org\n2,Ann,k@x.org\n"

        assert counts(imported(content, dry_run=True)) == (1, 1, 0, 0)
        assert counts(imported(content)) == (1, 1, 0, 0)
        assert counts(imported(content)) == (0, 0, 2, 0)
