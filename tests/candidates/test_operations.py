from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from recruit.candidates.inputs import (
    EducationInput,
    ExperienceInput,
    LanguageInput,
    ProfileInput,
    SkillInput,
)
from recruit.candidates.models import Candidate, CandidateSkill
from recruit.candidates.operations import (
    CandidateErased,
    CandidateExists,
    ProfileWrite,
    erase_candidate,
    new_candidate,
    save_profiles,
    update_candidate,
)
from recruit.common.refusals import StaleVersion
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.skills.models import Skill
from tests.factories import ACTOR, LATER, NOW, make_candidate

pytestmark = pytest.mark.django_db


def update(candidate, *, expected_version=None, **said):
    return update_candidate(
        candidate_id=candidate.pk,
        profile=ProfileInput(**said),
        actor=ACTOR,
        changed_at=LATER,
        expected_version=expected_version,
    )


class TestCreateCandidate:
    def test_keeps_every_part(self):
        made = make_candidate(
            SkillInput("Pruning", proficiency="expert", years=Decimal(7)),
            experience=[ExperienceInput("Gardener", started_on=date(2019, 3, 1))],
            education=[EducationInput("Diploma", ended_in=2018)],
            languages=[LanguageInput("PT", level="c1")],
            emails=["Kim@Example.org", "kim@example.org"],
            country="pt",
        )

        candidate = Candidate.objects.with_profile().get(pk=made.pk)
        assert candidate.emails == ["kim@example.org"]
        assert candidate.country == "PT"
        assert [held.skill.name for held in candidate.skills.all()] == ["Pruning"]
        assert candidate.experience.get().title == "Gardener"
        assert candidate.education.get().ended_in == 2018
        assert candidate.languages.get().language == "pt"

    def test_counts_a_skill_named_twice_once(self):
        candidate = make_candidate("Pruning", "pruning", "PRUNING 2")

        assert candidate.skills.count() == 1

    @pytest.mark.parametrize(
        ("fields", "bad"),
        [
            ({"given_name": "", "family_name": ""}, "family_name"),
            ({"emails": ["not one"]}, "emails"),
            ({"links": ["javascript:alert(1)"]}, "links"),
            ({"summary": "nul\x00"}, "summary"),
            ({"summary": "x" * 1_000_001}, "summary"),
            ({"available_from": date(1, 1, 1)}, "available_from"),
            ({"available_from": date(9999, 12, 31)}, "available_from"),
            ({"salary_expectation": Decimal(5)}, "salary_currency"),
            ({"work_permit": "maybe"}, "work_permit"),
            ({"country": "Portugal"}, "country"),
        ],
    )
    def test_names_the_bad_field(self, fields, bad):
        with pytest.raises(ValidationError) as refusal:
            make_candidate(**fields)

        assert bad in refusal.value.message_dict
        assert not Candidate.objects.exists()

    @pytest.mark.parametrize(
        ("parts", "bad"),
        [
            ({"experience": [ExperienceInput("")]}, "experience"),
            (
                {
                    "experience": [
                        ExperienceInput(
                            "Cook",
                            started_on=date(2020, 1, 1),
                            ended_on=date(2019, 1, 1),
                        )
                    ]
                },
                "experience",
            ),
            ({"education": [EducationInput("MSc", ended_in=9999)]}, "education"),
            ({"languages": [LanguageInput("klingon")]}, "languages"),
        ],
    )
    def test_names_the_bad_part(self, parts, bad):
        with pytest.raises(ValidationError) as refusal:
            make_candidate(**parts)

        assert list(refusal.value.message_dict) == [bad]

    def test_refuses_too_many_skills(self):
        with pytest.raises(ValidationError, match="at most 500"):
            make_candidate(*[f"Skill {letter}x" for letter in range(501)])

        assert not Skill.objects.exists()

    def test_refuses_an_external_id_in_use(self):
        make_candidate(source="hr", external_id="1")
        make_candidate(source="other", external_id="1")

        with pytest.raises(CandidateExists):
            make_candidate(source="hr", external_id="1")


class TestUpdateCandidate:
    def test_changes_nothing_where_nothing_differs(self):
        candidate = make_candidate("Pruning", headline="Gardener")

        same = update(
            candidate,
            fields={"headline": "Gardener"},
            skills=[SkillInput("pruning")],
            experience=[],
        )

        assert (same.version, same.profile_changed_at) == (1, NOW)
        kinds = Event.objects.about_candidate(candidate.pk).values_list(
            "kind", flat=True
        )
        assert list(kinds) == [Happened.CANDIDATE_CREATED]

    def test_leaves_parts_that_are_not_given(self):
        candidate = make_candidate("Pruning")

        update(candidate, fields={"headline": "Gardener"})

        assert candidate.skills.count() == 1

    def test_stamps_a_change_of_what_the_encoder_reads(self):
        candidate = make_candidate("Pruning")

        assert update(candidate, skills=[]).profile_changed_at == LATER
        assert candidate.skills.count() == 0

    def test_leaves_the_stamp_for_contacts_and_place(self):
        candidate = make_candidate()

        changed = update(candidate, fields={"phones": ["+1 555 0100"], "place": "Kew"})

        assert (changed.version, changed.profile_changed_at) == (2, NOW)

    def test_refuses_who_read_an_older_version(self):
        candidate = make_candidate()
        update(candidate, fields={"headline": "First"}, expected_version=1)

        with pytest.raises(StaleVersion):
            update(candidate, fields={"headline": "Second"}, expected_version=1)

    def test_keeps_the_old_parts_where_a_new_one_is_bad(self):
        candidate = make_candidate("Pruning")

        with pytest.raises(ValidationError):
            update(candidate, skills=[], experience=[ExperienceInput("")])

        assert candidate.skills.count() == 1


class TestSaveProfiles:
    def batch(self, *profiles):
        return save_profiles(
            writes=[
                ProfileWrite(new_candidate(NOW), profile, is_new=True)
                for profile in profiles
            ],
            actor=ACTOR,
            changed_at=NOW,
        )

    def test_lands_the_good_ones_and_says_why_for_the_others(self):
        written = self.batch(
            ProfileInput({"family_name": "Good"}, skills=[SkillInput("Pruning")]),
            ProfileInput({"family_name": "Bad"}, skills=[SkillInput("")]),
            ProfileInput({"family_name": "Bad", "emails": ["none"]}),
        )

        assert [row.error is None for row in written] == [True, False, False]
        assert Candidate.objects.get().family_name == "Good"
        assert CandidateSkill.objects.count() == 1

    def test_tells_of_a_batch_in_one_event(self):
        self.batch(*[ProfileInput({"family_name": f"No. {n}"}) for n in range(50)])

        event = Event.objects.get(kind=Happened.CANDIDATE_CREATED)
        assert len(event.candidate_ids) == 50

    def test_asks_no_more_for_more_people(self, django_assert_num_queries):
        held = [SkillInput("Pruning"), SkillInput("Digging")]

        with django_assert_num_queries(22):
            self.batch(
                *[ProfileInput({"family_name": f"{n}"}, held, []) for n in range(100)]
            )


class TestEraseCandidate:
    def test_leaves_nothing_but_the_row(self):
        candidate = make_candidate(
            "Pruning",
            emails=["kim@example.org"],
            summary="Kim prunes.",
            source="hr",
            external_id="7",
            experience=[ExperienceInput("Gardener")],
        )

        for _ in range(2):
            erase_candidate(candidate_id=candidate.pk, actor=ACTOR, erased_at=LATER)

        erased = Candidate.objects.with_profile().get(pk=candidate.pk)
        assert erased.name == "Erased person"
        assert (erased.emails, erased.summary, erased.external_id) == ([], "", "")
        assert not erased.skills.exists()
        assert not erased.experience.exists()
        assert Event.objects.filter(kind=Happened.CANDIDATE_ERASED).count() == 1

    def test_refuses_writes_from_then_on(self):
        candidate = make_candidate()
        erase_candidate(candidate_id=candidate.pk, actor=ACTOR, erased_at=LATER)

        with pytest.raises(CandidateErased):
            update(candidate, fields={"headline": "Back"})
