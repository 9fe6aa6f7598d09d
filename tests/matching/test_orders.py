"""The two orders of a job's ranking: the same on page, API and command."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from matching.matches import MOST_MATCHES, JobMatches, matches_for_job
from matching.models import CandidateTerms
from matching.search_rows import refresh_search_rows
from matching.types import Order
from recruit.accounts.choices import Role
from recruit.candidates.inputs import CandidateFields, ProfileInput
from recruit.candidates.models import Candidate
from recruit.candidates.operations import update_candidate
from recruit.jobs.models import Job
from recruit.jobs.operations import RequirementInput
from tests.api.caller import Caller, assert_problem, fields_in
from tests.api.test_schema import answer_of, assert_matches
from tests.factories import (
    ACTOR,
    LATER,
    make_application,
    make_candidate,
    make_job,
    make_user,
)
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db

TRADES = ("Roses", "Soil", "Pruning", "Bread", "Law", "Hedges", "Compost")


def make_garden(**fields) -> Job:
    return make_job(
        "Pruning",
        "Roses",
        requisition_code="GRD-1",
        title="Gardener",
        description="Topiary and compost, hedges and soil, day in, day out.",
        **fields,
    )


def make_gardeners(count: int = 12) -> list[Candidate]:
    return [
        make_candidate(
            TRADES[number % 7],
            TRADES[(number + 1 + number // 7) % 7],
            summary="Topiary. " * (number % 3) + "Gardening for years and years.",
        )
        for number in range(count)
    ]


def ranked(order: Order, *, limit=50, viewer=None) -> JobMatches:
    job = Job.objects.with_requirements().get(requisition_code="GRD-1")
    return matches_for_job(job=job, limit=limit, viewer=viewer, order=order)


def shown(found: JobMatches) -> list[str]:
    return [str(match.candidate.pk) for match in found.matches]


def printed(*arguments: str) -> Any:
    out = StringIO()
    call_command("rank_candidates", "GRD-1", "--json", *arguments, stdout=out)
    return json.loads(out.getvalue())


class TestOrder:
    def test_is_similarity_unless_hybrid_is_asked_for(self):
        make_garden()
        make_gardeners()
        index_everything()

        job = Job.objects.with_requirements().get()
        unasked = matches_for_job(job=job, limit=50, viewer=None)

        assert shown(unasked) == shown(ranked(Order.SIMILARITY))
        assert shown(unasked) != shown(ranked(Order.HYBRID))
        assert {match.hybrid_score for match in unasked.matches} == {None}
        assert {match.words_found for match in unasked.matches} == {()}

    def test_changes_places_but_neither_people_nor_evidence(self):
        make_garden()
        make_gardeners()
        index_everything()

        nearest, hybrid = ranked(Order.SIMILARITY), ranked(Order.HYBRID)

        assert sorted(shown(nearest)) == sorted(shown(hybrid))
        told = {match.candidate: match.explanation for match in nearest.matches}
        assert {one.candidate: one.explanation for one in hybrid.matches} == told
        similar = {one.candidate: one.similarity for one in nearest.matches}
        assert {one.candidate: one.similarity for one in hybrid.matches} == similar
        assert [match.rank for match in hybrid.matches] == list(range(1, 13))

    def test_leaves_out_the_same_people_in_the_same_lists(self):
        job = make_garden()
        job = make_job(
            "Pruning",
            RequirementInput("Smoking", importance="excluded"),
            requisition_code="GRD-2",
            title="Gardener",
        )
        make_gardeners(3)
        make_candidate("Pruning", "Roses", "Smoking")
        make_candidate("Pruning")
        make_application(job, make_candidate("Pruning", "Roses"))
        index_everything()
        loaded = Job.objects.with_requirements().get(pk=job.pk)

        nearest, hybrid = (
            matches_for_job(job=loaded, limit=50, viewer=None, order=order)
            for order in Order
        )

        assert hybrid.excluded == nearest.excluded != ()
        assert hybrid.not_enough_data == nearest.not_enough_data != ()
        assert hybrid.pool_count == nearest.pool_count == 5
        assert len(hybrid.matches) == 3

    def test_of_hybrid_begins_with_the_same_whatever_the_limit(self):
        make_garden()
        make_gardeners()
        index_everything()
        everybody = shown(ranked(Order.HYBRID, limit=MOST_MATCHES))

        for limit in (1, 5, 11):
            assert shown(ranked(Order.HYBRID, limit=limit)) == everybody[:limit]

    def test_of_hybrid_does_not_rank_who_was_not_encoded_yet(self):
        make_garden()
        people = make_gardeners(3)
        index_everything()
        fresh = make_candidate("Pruning", "Roses", "Topiary")
        refresh_search_rows([fresh.pk])

        found = ranked(Order.HYBRID)

        assert sorted(shown(found)) == sorted(str(one.pk) for one in people)
        assert found.waiting_count == 1

    def test_of_hybrid_tells_which_words_of_the_job_stand_in_the_profile(self):
        make_garden()
        make_candidate("Roses", "Law", summary="Hedge after hedge, and Topiary.")
        make_candidate("Roses", "Bread")
        index_everything()

        first, second = ranked(Order.HYBRID).matches

        assert set(first.words_found) == {"roses", "hedges", "topiary"}
        assert second.words_found == ("roses",)
        assert (first.hybrid_score or 0) > (second.hybrid_score or 0)

    def test_of_hybrid_shows_a_hiring_manager_only_whom_they_may_see(self):
        manager = make_user(Role.HIRING_MANAGER)
        make_garden(hiring_manager=manager)
        make_gardeners()
        other = make_job("Roses", title="Florist", hiring_manager=manager)
        mine = make_application(other, make_candidate("Roses", "Soil")).candidate
        index_everything()

        found = ranked(Order.HYBRID, viewer=manager)

        assert shown(found) == [str(mine.pk)]

    @pytest.mark.parametrize("order", list(Order))
    def test_does_not_depend_on_names(self, order):
        make_garden()
        people = make_gardeners()
        index_everything()
        before = ranked(order)
        # Words of the job, and skills of the people, but not of their texts.
        names = ("Roses", "Soil", "Hedges", "Gardener", "Pruning", "Compost")

        for number, person in enumerate(people):
            rename(person, names[number % 6], names[number % 5])
        index_everything()

        after = ranked(order)
        assert [match.candidate.name for match in after.matches] != [
            match.candidate.name for match in before.matches
        ]
        assert scores(after) == scores(before)

    def test_of_hybrid_does_not_count_a_name_that_stands_in_the_text(self):
        make_garden()
        person = make_candidate(
            "Law",
            "Bread",
            given_name="Topiary",
            family_name="Hedges",
            summary="Topiary Hedges bakes. Ask for Hedges.",
        )
        index_everything()
        before = scores(ranked(Order.HYBRID))

        rename(person, "Ada", "Byrne", summary="Ada Byrne bakes. Ask for Byrne.")
        index_everything()

        assert scores(ranked(Order.HYBRID)) == before


def rename(person: Candidate, given: str, family: str, summary: str = "") -> None:
    fields = CandidateFields(given_name=given, family_name=family)
    if summary:
        fields["summary"] = summary
    update_candidate(
        candidate_id=person.pk,
        profile=ProfileInput(fields),
        actor=ACTOR,
        changed_at=LATER,
    )


def scores(found: JobMatches) -> list[tuple[object, ...]]:
    return [
        (match.candidate.pk, match.similarity, match.hybrid_score, match.words_found)
        for match in found.matches
    ]


class TestInterfaces:
    @pytest.mark.parametrize("order", list(Order))
    def test_show_the_same_order(self, order):
        schema = SchemaGenerator().get_schema(request=None, public=True)
        user = make_user()
        job = make_garden()
        make_gardeners()
        index_everything()
        page = Client()
        page.force_login(user)

        found = ranked(order, viewer=user)
        body = Caller(user).get(f"/jobs/{job.pk}/matches?order={order}").json()
        command = printed("--order", order, "--limit", "50")
        seen = page.get(f"/jobs/GRD-1/?order={order}").context["found"]

        assert shown(found) == shown(seen)
        assert [match["candidate"]["id"] for match in body["items"]] == shown(found)
        assert [match["candidate_id"] for match in command["matches"]] == shown(found)
        assert body["order"] == command["order"] == order
        for told in (body["items"], command["matches"]):
            assert [
                (match["hybrid_score"], match["words_found"]) for match in told
            ] == [
                (match.hybrid_score, list(match.words_found)) for match in found.matches
            ]
        assert_matches(
            schema, answer_of(schema, "/jobs/{id}/matches", "get", 200), body
        )

    def test_refuse_an_order_that_there_is_not(self):
        user = make_user()
        job = make_garden()
        index_everything()
        page = Client()
        page.force_login(user)

        for order in ("words", "Hybrid", "hybrid\x00"):
            refused = page.get("/jobs/GRD-1/", {"order": order})
            assert refused.status_code == 400
            assert "order" in refused.content.decode()
        answer = Caller(user).get(f"/jobs/{job.pk}/matches?order=words")
        assert fields_in(answer) == ["order"]
        with pytest.raises(CommandError, match="invalid choice: 'words'"):
            printed("--order", "words")

    def test_take_no_order_for_the_jobs_of_a_person(self):
        person = make_gardeners(1)[0]
        index_everything()

        answer = Caller(make_user()).get(f"/candidates/{person.pk}/jobs?order=hybrid")

        assert_problem(answer, 400)
        assert fields_in(answer) == ["order"]


class TestVerify:
    def run(self) -> str:
        out = StringIO()
        call_command("index_profiles", "--verify", stdout=out)
        return out.getvalue()

    def test_finds_nothing_where_nothing_differs(self):
        make_gardeners(3)
        self.run()

        assert "No word of a profile and no count of words differs." in self.run()

    def test_puts_right_what_was_written_around_the_operations(self):
        person = make_gardeners(1)[0]
        self.run()
        CandidateTerms.objects.update(text_digest="")

        told = self.run()

        assert f"candidates: {person.pk} says other words" in told
        assert "No word of a profile" in self.run()
