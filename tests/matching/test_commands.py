"""rank_candidates and index_profiles, as a person types them."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from matching.models import CandidateEmbedding
from recruit.candidates.models import Candidate
from recruit.jobs.operations import RequirementInput
from tests.factories import make_candidate, make_job
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def ranked(*arguments: str) -> Any:
    return json.loads(run("rank_candidates", *arguments, "--json"))


class TestRankCandidates:
    def test_prints_one_object(self):
        make_job(
            "Welding",
            RequirementInput("Perl", importance="excluded"),
            requisition_code="REQ-W",
            title="Welder",
        )
        welder = make_candidate("Welding", "Steel", source="crm", external_id="7")
        excluded = make_candidate("Welding", "Perl")
        thin = make_candidate("Welding")
        index_everything()

        found = ranked("REQ-W")

        assert list(found) == [
            "job",
            "encoder",
            "order",
            "matches",
            "excluded",
            "not_enough_data",
        ]
        (match,) = found["matches"]
        assert match["rank"] == 1
        assert match["candidate_id"] == str(welder.pk)
        assert match["external_id"] == "7"
        assert -1 <= match["similarity"] <= 1
        assert match["requirements"][0]["skill"] == "Welding"
        assert match["requirements"][0]["state"] == "met"
        assert match["requirements"][0]["evidence"]["kind"] == "skill"
        assert [one["candidate_id"] for one in found["excluded"]] == [str(excluded.pk)]
        assert [one["candidate_id"] for one in found["not_enough_data"]] == [
            str(thin.pk)
        ]

    def test_prints_a_list_for_people(self):
        make_job("Welding", requisition_code="REQ-W", title="Welder")
        make_candidate("Welding", "Steel", headline="Master welder")
        index_everything()

        printed = run("rank_candidates", "REQ-W")

        assert "Master welder" in printed
        assert "met      Welding (required): Welding" in printed
        assert "1 in the pool" in printed

    def test_tells_an_unknown_job(self):
        with pytest.raises(CommandError, match="There is no job REQ-0"):
            run("rank_candidates", "REQ-0")

    def test_tells_a_job_that_waits_for_the_encoder(self):
        make_job("Welding", requisition_code="REQ-W")

        with pytest.raises(CommandError, match="index_profiles"):
            run("rank_candidates", "REQ-W")

    @pytest.mark.parametrize("limit", ["0", "-1", "1000000000"])
    def test_tells_a_senseless_limit(self, limit):
        make_job("Welding", requisition_code="REQ-W")
        index_everything()

        with pytest.raises(CommandError, match="between 1 and"):
            run("rank_candidates", "REQ-W", "--limit", limit)


class TestSearchCandidates:
    def search(self, *arguments: str) -> Any:
        return json.loads(run("search_candidates", *arguments, "--json"))

    def test_prints_one_object_and_reads_the_text_itself_without_a_worker(self):
        near = make_candidate(
            "Kubernetes", "Linux", source="crm", external_id="7", headline="Hospital IT"
        )
        far = make_candidate("Bread", "Pastry")
        index_everything()

        found = self.search("kubernetes in hospitals")

        assert list(found) == [
            "query",
            "encoder",
            "meaning",
            "matches",
            "not_enough_data",
        ]
        assert found["query"] == "kubernetes in hospitals"
        assert found["meaning"] == "compared"
        best, last = found["matches"]
        assert list(best) == [
            "rank",
            "candidate_id",
            "external_id",
            "similarity",
            "words_found",
            "places",
        ]
        assert (best["rank"], best["candidate_id"]) == (1, str(near.pk))
        assert best["external_id"] == "7"
        assert -1 <= last["similarity"] <= best["similarity"] <= 1
        assert best["words_found"] == ["kubernetes", "hospitals"]
        assert {place["field"] for place in best["places"]} == {"skill", "headline"}
        assert (last["candidate_id"], last["words_found"]) == (str(far.pk), [])

    def test_lists_who_says_too_little_apart(self):
        thin = make_candidate("Welding")
        index_everything()

        found = self.search("welding")

        (left_out,) = found["not_enough_data"]
        assert left_out["candidate_id"] == str(thin.pk)
        assert left_out["words_found"] == ["welding"]
        assert found["matches"] == []

    def test_prints_a_list_for_people(self):
        make_candidate("Welding", "Steel", headline="Master welder")
        index_everything()

        printed = run("search_candidates", "welding", "--limit", "1")

        assert "Master welder" in printed
        assert "skill: Welding" in printed
        assert "Nobody was found." in run("search_candidates", "the of")

    @pytest.mark.parametrize("text", ["", "!?", "-x", "w" * 10_000])
    def test_tells_a_text_that_cannot_be_searched_for(self, text):
        with pytest.raises(CommandError):
            run("search_candidates", text)

    @pytest.mark.parametrize("limit", ["0", "-1", "201"])
    def test_tells_a_senseless_limit(self, limit):
        with pytest.raises(CommandError, match="between 1 and 200"):
            run("search_candidates", "welding", "--limit", limit)


class TestIndexProfiles:
    def test_returns_when_nothing_is_stale(self, capsys):
        make_job("Welding")
        make_candidate("Steel")

        printed = run("index_profiles")

        assert "nothing is stale" in printed
        assert "profiles/s" in capsys.readouterr().err
        assert CandidateEmbedding.objects.count() == 1

    def test_says_how_many_are_compared_in_passages_and_how_many_in_part(self):
        make_candidate(summary="word " * 200)
        make_candidate(summary="word " * 300)
        make_candidate(summary="word " * 2100)

        printed = run("index_profiles")

        assert "2 of the candidates say more than the 256 tokens" in printed
        assert "1 say more than 2048" in printed

    def test_finds_texts_changed_behind_its_back(self):
        candidate = make_candidate("Steel")
        index_everything()
        Candidate.objects.update(summary="Changed by hand.")

        printed = run("index_profiles", "--verify")

        assert f"candidates: {candidate.pk} differs" in printed
        assert "No text differs" in run("index_profiles", "--verify")
