"""The list of a job: cut into pages that hold while others edit."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.utils import timezone

from matching.listing.job_list import Asked, JobList, list_for_job
from matching.listing.positions import Sort, cursor_of
from matching.matches import Match, matches_for_job
from matching.types import Order
from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.candidates.inputs import ProfileInput, SkillInput
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate, update_candidate
from recruit.jobs.models import Job
from recruit.jobs.operations import update_job
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

SKILLS = ("TIG welding", "Pressure vessels", "Boilers", "Bread")


def make_pool(people: int = 7) -> Job:
    for number in range(people):
        make_candidate(*SKILLS[: 2 + number % 3], years_of_experience=number % 4)
    job = make_job(*SKILLS[:2], title="Welder")
    index_everything()
    return job


def page(job: Job, asked: Asked | None = None, *, size=3) -> JobList:
    loaded = Job.objects.with_requirements().get(pk=job.pk)
    return list_for_job(job=loaded, viewer=None, asked=asked or Asked(), size=size)


def after(found: JobList) -> Asked:
    """Return what asks for the next page, by way of an address."""
    return replace(found.asked, after=cursor_of(str(found.later)), before=None)


def before(found: JobList) -> Asked:
    return replace(found.asked, before=cursor_of(str(found.earlier)), after=None)


def ids(found: JobList) -> list[UUID]:
    return [match.candidate.pk for match in found.matches]


def all_pages(job: Job, asked: Asked) -> list[JobList]:
    pages = [page(job, asked)]
    while pages[-1].later:
        pages.append(page(job, after(pages[-1])))
    return pages


class TestListForJob:
    @pytest.mark.parametrize("order", list(Order))
    @pytest.mark.parametrize("sort", list(Sort))
    def test_holds_everybody_once_on_its_pages(self, order, sort):
        job = make_pool()

        pages = all_pages(job, Asked(order=order, sort=sort))

        shown = [pk for one in pages for pk in ids(one)]
        loaded = Job.objects.with_requirements().get(pk=job.pk)
        whole = matches_for_job(job=loaded, limit=50, viewer=None, order=order)
        places = {match.candidate.pk: match.rank for match in whole.matches}
        assert sorted(shown) == sorted(places)
        assert [len(one.matches) for one in pages] == [3, 3, 1]
        ranks = {m.candidate.pk: m.rank for one in pages for m in one.matches}
        assert ranks == places

    @pytest.mark.parametrize("order", list(Order))
    def test_is_in_the_order_of_the_ranking(self, order):
        job = make_pool()

        pages = all_pages(job, Asked(order=order))

        ranks = [match.rank for one in pages for match in one.matches]
        assert ranks == [1, 2, 3, 4, 5, 6, 7]

    def test_sorts_by_years_and_keeps_the_rank(self):
        job = make_pool()

        pages = all_pages(job, Asked(sort=Sort.YEARS))

        shown = [match for one in pages for match in one.matches]
        years = [float(m.candidate.years_of_experience or 0) for m in shown]
        assert years == sorted(years, reverse=True)
        assert [match.rank for match in shown] != [1, 2, 3, 4, 5, 6, 7]

    @pytest.mark.parametrize("sort", [Sort.RANK, Sort.YEARS, Sort.LOCATION])
    def test_goes_back_the_way_it_came(self, sort):
        job = make_pool(9)
        first = page(job, Asked(sort=sort))
        second = page(job, after(first))
        third = page(job, after(second))

        back = page(job, before(third))

        assert ids(back) == ids(second)
        assert ids(page(job, before(back))) == ids(first)

    def test_skips_nobody_when_somebody_before_it_leaves(self):
        job = make_pool()
        whole = [pk for one in all_pages(job, Asked()) for pk in ids(one)]
        first = page(job)
        make_application(job, first.matches[0].candidate)
        erase_candidate(candidate_id=whole[1], actor=ACTOR, erased_at=LATER)
        index_everything()

        second = page(job, after(first))

        assert ids(second) == whole[3:6]

    def test_repeats_nobody_who_was_edited_and_counts_them(self):
        job = make_pool()
        first = page(job)
        edited = first.matches[0].candidate
        update_candidate(
            candidate_id=edited.pk,
            profile=ProfileInput(
                fields={}, skills=[SkillInput("Bread"), SkillInput("Law")]
            ),
            actor=ACTOR,
            changed_at=timezone.now(),
        )
        index_everything()

        second = page(job, after(first))
        third = page(job, after(second))

        assert edited.pk not in ids(second) + ids(third)
        assert (second.changed_since, first.changed_since) == (1, 0)
        assert len({*ids(first), *ids(second), *ids(third)}) == 7

    def test_begins_anew_when_the_job_was_changed(self):
        job = make_pool()
        asked = after(page(job))
        update_job(
            job_id=job.pk,
            fields={"title": "Baker of bread"},
            actor=ACTOR,
            changed_at=LATER,
        )
        index_everything()

        found = page(job, asked)

        assert found.is_begun_anew
        assert found.matches[0].rank == 1

    def test_pages_through_a_large_pool_by_the_index(self, monkeypatch):
        job = make_pool(9)
        exact = [ids(one) for one in all_pages(job, Asked())]
        monkeypatch.setattr(
            "matching.listing.places.placed_people.__kwdefaults__",
            {"sort": Sort.RANK, "required": (), "most_exact": 0},
        )

        assert [ids(one) for one in all_pages(job, Asked())] == exact


class TestHiringManager:
    """Sees some people of the pool, each at the place that recruiters see."""

    def pages(self, job: Job, viewer: User, asked: Asked) -> list[Match]:
        loaded = Job.objects.with_requirements().get(pk=job.pk)
        found = list_for_job(job=loaded, viewer=viewer, asked=asked, size=2)
        matches = list(found.matches)
        while found.later:
            asked = after(found)
            found = list_for_job(job=loaded, viewer=viewer, asked=asked, size=2)
            matches += found.matches
        return matches

    @pytest.mark.parametrize("order", list(Order))
    @pytest.mark.parametrize("sort", [Sort.RANK, Sort.YEARS])
    @pytest.mark.parametrize("most_exact", [20_000, 0])
    def test_sees_the_places_of_the_whole_ranking(
        self, monkeypatch, order, sort, most_exact
    ):
        manager, job = make_user(Role.HIRING_MANAGER), make_pool(12)
        Job.objects.filter(pk=job.pk).update(hiring_manager=manager)
        other = make_job(hiring_manager=manager)
        for person in list(Candidate.objects.order_by("pk"))[::3]:
            make_application(other, person)
        monkeypatch.setattr(
            "matching.listing.places.placed_people.__kwdefaults__",
            {"sort": Sort.RANK, "required": (), "most_exact": most_exact},
        )
        asked = Asked(order=order, sort=sort)

        seen = self.pages(job, manager, asked)

        everybody = self.pages(job, make_user(), asked)
        theirs = {match.candidate.pk for match in seen}
        assert len(theirs) == len(seen) == 4
        assert [(one.rank, one.candidate) for one in seen] == [
            (one.rank, one.candidate) for one in everybody if one.candidate.pk in theirs
        ]
