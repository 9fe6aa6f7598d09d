"""Stale profiles to embedding rows: nothing lost, nothing left."""

from datetime import timedelta

import pytest

from matching import indexing
from matching.conf import encoder_settings
from matching.indexing import differing_texts, index_subjects, park
from matching.models import (
    CandidateEmbedding,
    CandidateSearch,
    JobEmbedding,
    ParkedProfile,
    SkillEmbedding,
)
from matching.queries import stale_candidates
from matching.subjects import CANDIDATES
from recruit.candidates.inputs import ProfileInput, SkillInput
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate, update_candidate
from recruit.skills.editing import set_labels
from recruit.skills.models import Skill
from tests.factories import ACTOR, LATER, NOW, make_candidate, make_job
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db

LONG = "Welds pressure vessels and pipes in three shifts."


def say(candidate: Candidate, summary: str, *, at=LATER) -> None:
    update_candidate(
        candidate_id=candidate.pk,
        profile=ProfileInput(fields={"summary": summary}),
        actor=ACTOR,
        changed_at=at,
    )


def index(*candidates: Candidate) -> int:
    return index_subjects(
        CANDIDATES, [one.pk for one in candidates], settings=encoder_settings()
    )


def embedding(candidate: Candidate) -> CandidateEmbedding:
    return CandidateEmbedding.objects.get(candidate_id=candidate.pk)


class TestIndexing:
    def test_writes_vector_identity_digest_and_stamp(self):
        candidate = make_candidate("Welding", "Steel", summary=LONG)

        assert index(candidate) == 1

        row = embedding(candidate)
        assert row.encoder == encoder_settings().identity
        assert row.stamp == candidate.profile_changed_at
        assert sum(value**2 for value in row.vector) == pytest.approx(1, abs=1e-2)
        assert row.token_count > 0

    def test_encodes_nothing_twice(self, encoded):
        candidate = make_candidate("Welding", summary=LONG)
        index(candidate)
        encoded.clear()

        assert index(candidate) == 0
        assert encoded == []

    def test_gives_twins_one_vector(self, encoded):
        first, second = (make_candidate("Welding", summary=LONG) for _ in range(2))
        index(first)
        encoded.clear()
        third = make_candidate("Welding", summary=LONG)

        index(second, third)

        assert encoded == []
        assert embedding(first).vector == embedding(third).vector

    def test_encodes_twins_of_one_batch_once(self, encoded):
        index(*(make_candidate("Welding", summary=LONG) for _ in range(3)))

        assert [len(batch) for batch in encoded] == [1]

    def test_keeps_the_vector_where_only_the_stamp_changed(self, encoded):
        candidate = make_candidate("Welding", summary=LONG)
        index(candidate)
        say(candidate, "Other words.")
        say(candidate, LONG, at=LATER + timedelta(hours=1))
        encoded.clear()

        index(candidate)

        assert encoded == []
        assert embedding(candidate).stamp == LATER + timedelta(hours=1)

    def test_sorts_texts_by_length_into_batches(self, encoded, monkeypatch):
        monkeypatch.setattr(indexing, "BATCH_SIZE", 2)
        words = [5, 1, 4, 2, 3]
        index(*(make_candidate(summary=f"w{n} " * n) for n in words))

        lengths = [[len(text.split()) for text in batch] for batch in encoded]
        assert lengths == [[1, 2], [3, 4], [5]]

    def test_loses_no_edit_made_while_the_encoder_runs(self, before_batch):
        candidate = make_candidate("Welding", summary=LONG)
        before_batch(lambda _texts: say(candidate, "Edited meanwhile."))

        index(candidate)

        assert stale_candidates(encoder_settings().identity).get() == candidate

    def test_does_not_replace_a_newer_vector_by_an_older_one(self, before_batch):
        candidate = make_candidate("Welding", summary=LONG)

        def edit_and_index(texts: list[str]) -> None:
            if LONG in texts[0]:
                say(candidate, "Edited meanwhile.")
                index(candidate)

        before_batch(edit_and_index)
        index(candidate)

        assert embedding(candidate).stamp == LATER
        assert not stale_candidates(encoder_settings().identity).exists()

    def test_gives_no_row_to_who_is_erased_while_the_encoder_runs(self, before_batch):
        candidate = make_candidate("Welding", summary=LONG)
        before_batch(
            lambda _texts: erase_candidate(
                candidate_id=candidate.pk, actor=ACTOR, erased_at=LATER
            )
        )

        index(candidate)

        assert not CandidateEmbedding.objects.exists()

    def test_forgets_who_was_erased(self):
        candidate = make_candidate("Welding", summary=LONG)
        index_everything()
        erase_candidate(candidate_id=candidate.pk, actor=ACTOR, erased_at=LATER)

        index_everything()

        assert not CandidateEmbedding.objects.exists()
        assert not CandidateSearch.objects.exists()

    def test_goes_on_where_it_was_stopped(self, monkeypatch, before_batch, encoded):
        monkeypatch.setattr(indexing, "BATCH_SIZE", 2)
        for number in range(5):
            make_candidate(summary=f"word{number} " * 20)

        def stop_at_the_second(_texts: list[str]) -> None:
            if len(encoded) == 2:
                raise KeyboardInterrupt

        before_batch(stop_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            index_everything()
        assert CandidateEmbedding.objects.count() == 2

        before_batch(lambda _texts: None)
        index_everything()

        assert CandidateEmbedding.objects.count() == 5

    def test_keeps_the_vectors_of_another_encoder(self, settings, tmp_path):
        candidate = make_candidate("Welding", summary=LONG)
        index(candidate)
        other = tmp_path / "other"
        other.mkdir()
        (other / "config.json").write_text('{"hidden_size": 384}')
        (other / "model.safetensors").write_text("other weights")
        settings.ENCODER_MODEL = str(other)

        index(candidate)

        encoders = CandidateEmbedding.objects.values_list("encoder", flat=True)
        assert len(set(encoders)) == 2

    def test_embeds_a_candidate_with_nothing_but_a_name(self):
        candidate = make_candidate()

        assert index(candidate) == 1
        assert embedding(candidate)


class TestIndexEverything:
    def test_covers_jobs_candidates_skills_and_search_rows(self):
        make_job("Welding")
        make_candidate("Steel")

        index_everything()

        assert JobEmbedding.objects.count() == 1
        assert CandidateEmbedding.objects.count() == 1
        assert SkillEmbedding.objects.count() == Skill.objects.count()
        assert CandidateSearch.objects.count() == 1

    def test_finds_nothing_the_second_time(self):
        make_job("Welding")
        make_candidate("Steel")
        index_everything()

        assert index_everything() == 0


class TestDifferingTexts:
    def test_finds_writes_that_went_around_the_operations(self):
        candidate, other = make_candidate("Welding"), make_candidate("Steel")
        index_everything()
        Candidate.objects.filter(pk=candidate.pk).update(summary="Changed by hand.")

        found = differing_texts(
            CANDIDATES, [candidate.pk, other.pk], encoder_settings()
        )

        assert found == [candidate.pk]

    def test_finds_holders_of_a_renamed_skill(self):
        candidate = make_candidate("Welding")
        index_everything()
        set_labels(
            skill_id=Skill.objects.get().pk,
            name="Arc welding",
            aliases=["Welding"],
            actor=ACTOR,
            changed_at=LATER,
        )

        found = differing_texts(CANDIDATES, [candidate.pk], encoder_settings())

        assert found == [candidate.pk]


class TestPark:
    def test_sets_a_profile_aside_until_it_is_edited(self):
        candidate = make_candidate("Welding")
        identity = encoder_settings().identity

        park(CANDIDATES, candidate.pk, identity=identity, reason="It broke.", at=NOW)

        assert not stale_candidates(identity).exists()
        say(candidate, "Edited.")
        assert stale_candidates(identity).get() == candidate

    def test_ends_once_the_profile_is_encoded(self):
        candidate = make_candidate("Welding")
        identity = encoder_settings().identity
        park(CANDIDATES, candidate.pk, identity=identity, reason="It broke.", at=NOW)

        index(candidate)

        assert not ParkedProfile.objects.exists()

    def test_forgets_who_is_gone(self):
        candidate = make_candidate(SkillInput("Welding"))
        identity = encoder_settings().identity
        erase_candidate(candidate_id=candidate.pk, actor=ACTOR, erased_at=LATER)

        park(CANDIDATES, candidate.pk, identity=identity, reason="It broke.", at=NOW)

        assert not ParkedProfile.objects.exists()
