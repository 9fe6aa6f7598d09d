"""Gates: who passes them, who does not and why, and what else could be asked."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from matching.facets.asked import NEVER, OLDER, UNSAID, FacetCounts, Facets, Gate
from matching.facets.counting import count_facets
from matching.listing.job_list import Asked, list_for_job
from matching.pending import read_pending
from matching.retrieval import Pool
from recruit.applications.blinding import hide_names, set_blind_policy, show_names
from recruit.applications.choices import Stage
from recruit.applications.operations import reject
from recruit.candidates.inputs import LanguageInput
from recruit.jobs.models import Job
from recruit.skills.models import Skill
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    reason_for,
)
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 5)
WELDER = ("TIG welding", "Pressure vessels")


def counts(**asked) -> FacetCounts:
    facets = Facets(today=TODAY, **asked)
    return count_facets(pool=Pool(facets=facets), offered=[])


def offered(found: FacetCounts, name: str) -> dict[str, int]:
    return {value.value: value.people for value in found.values[name]}


def skill(name: str):
    return Skill.objects.get(name=name).pk


class TestCountFacets:
    def test_counts_who_fails_each_gate(self):
        make_candidate(
            *WELDER, country="NL", salary_expectation=50, salary_currency="EUR"
        )
        make_candidate(
            *WELDER, country="DE", salary_expectation=90, salary_currency="EUR"
        )
        make_candidate(*WELDER, country="DE")
        index_everything()

        found = counts(
            countries=("DE",), salary_most=Decimal(60), salary_currency="EUR"
        )

        assert (found.passing, found.gated) == (0, 3)
        assert found.by_gate == {Gate.LOCATION: 1, Gate.SALARY: 2}

    def test_counts_each_value_as_if_it_were_chosen_as_well(self):
        make_candidate(*WELDER, country="NL", source="fair")
        make_candidate(*WELDER, country="DE", source="fair")
        make_candidate(*WELDER, source="mail")
        index_everything()

        found = counts(countries=("NL",))

        assert offered(found, "country") == {"DE": 1, "NL": 1, UNSAID: 1}
        assert offered(found, "source") == {"fair": 1}

    def test_counts_spans_of_days_with_the_shorter_ones_in_them(self):
        for day in (date(2026, 5, 1), date(2026, 5, 20), date(2027, 1, 1), None):
            make_candidate(*WELDER, available_from=day)
        index_everything()

        assert offered(counts(), "available") == {"0": 1, "30": 2, "90": 2, UNSAID: 1}

    def test_counts_the_time_since_the_last_contact(self):
        for moment in (NOW, NOW.replace(year=2020), None):
            make_candidate(*WELDER, last_contact_at=moment)
        index_everything()

        found = offered(counts(), "contact")

        assert found == {"30": 1, "90": 1, "365": 1, OLDER: 1, NEVER: 1}
        assert counts(contact=(OLDER, NEVER)).passing == 2
        assert counts(contact=("30",)).passing == 1

    @pytest.mark.parametrize(
        ("asked", "passing"),
        [
            ({"salary_most": Decimal(60)}, 1),
            ({"salary_most": Decimal(60), "salary_unsaid": True}, 2),
            ({"countries": ("NL",)}, 1),
            ({"countries": ("NL",), "remote": True}, 2),
            ({"countries": (UNSAID,)}, 1),
            ({"languages": ("nl", "en")}, 1),
            ({"available": (UNSAID,)}, 3),
            ({"changed": ("7",)}, 3),
        ],
    )
    def test_lets_pass_who_fits(self, asked, passing):
        make_candidate(
            *WELDER,
            country="NL",
            salary_expectation=50,
            salary_currency="EUR",
            languages=[LanguageInput("nl"), LanguageInput("en")],
        )
        make_candidate(
            *WELDER,
            country="DE",
            open_to_remote=True,
            languages=[LanguageInput("nl")],
            salary_expectation=50,
            salary_currency="USD",
        )
        make_candidate(*WELDER)
        index_everything()

        assert counts(salary_currency="EUR", **asked).passing == passing

    def test_asks_for_all_skills_and_for_none_of_others(self):
        make_candidate(*WELDER, "Law")
        make_candidate(*WELDER)
        make_candidate("Law", "Bread")
        index_everything()

        assert counts(skills=(skill("TIG welding"), skill("Law"))).passing == 1
        assert counts(without=(skill("Law"),)).passing == 1
        found = counts(without=(skill("Law"),))
        assert found.by_gate == {Gate.WITHOUT: 2}

    def test_knows_how_far_people_came_in_pipelines_but_not_in_confidential_ones(self):
        open_job, secret = make_job("Law"), make_job("Law", confidential=True)
        rejected, hidden = make_candidate(*WELDER), make_candidate(*WELDER)
        index_everything()
        application = make_application(open_job, rejected)
        make_application(secret, hidden)
        reject(
            application_id=application.pk,
            reason=reason_for("rejected"),
            actor=ACTOR,
            moved_at=LATER,
        )

        read_pending()

        told = offered(counts(), "history")
        assert told == {NEVER: 1, "outcome:rejected": 1, "stage:applied": 1}
        assert counts(not_history=("outcome:rejected",)).passing == 1

    def test_knows_nothing_of_applications_that_are_unnamed(self):
        job = make_job("Law")
        make_application(job, make_candidate(*WELDER))
        index_everything()
        named = {"stage:applied": 1}
        assert offered(counts(), "history") == named
        of_all: dict[str, Any] = {"actor": ACTOR, "changed_at": NOW}

        hide_names(job_id=job.pk, reveal_stage="interview", **of_all)
        read_pending()
        assert offered(counts(), "history") == {NEVER: 1}
        show_names(job_id=job.pk, **of_all)
        read_pending()
        assert offered(counts(), "history") == named
        set_blind_policy(is_enforced=True, reveal_kind=Stage.INTERVIEW, **of_all)
        read_pending()
        assert offered(counts(), "history") == {NEVER: 1}

    def test_asks_once_however_many_gates_there_are(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            counts(countries=("NL",), languages=("nl",), sources=("x' OR 1=1 --",))


class TestListForJob:
    def test_ranks_only_who_passes_the_gates(self):
        job = make_job(*WELDER)
        near = make_candidate(*WELDER, country="DE")
        far = make_candidate("Bread", "Law", country="NL")
        index_everything()
        loaded = Job.objects.with_requirements().get(pk=job.pk)

        found = list_for_job(
            job=loaded, viewer=None, asked=Asked(facets=Facets(countries=("NL",)))
        )

        assert [(m.rank, m.candidate) for m in found.matches] == [(1, far)]
        assert near not in {match.candidate for match in found.matches}
        assert (found.counted.gated, found.pool_count) == (1, 2)
