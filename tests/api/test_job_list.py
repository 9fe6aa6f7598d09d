"""/jobs/{id}/matches beside the page of the job: the same people for the same query."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from recruit.accounts.choices import Role, Scope
from recruit.accounts.models import User
from recruit.applications.blinding import hide_names
from recruit.applications.operations import reject
from recruit.candidates.inputs import LanguageInput, ProfileInput
from recruit.candidates.operations import update_candidate
from recruit.jobs.models import Job
from recruit.jobs.operations import JobFields, RequirementInput, update_job
from recruit.skills.models import Skill
from tests.api.caller import RANDOM, Caller, assert_problem, fields_in
from tests.dashboard.conftest import client_of
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
    reason_for,
)
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db

MUCH_LATER = LATER + timedelta(days=3)
TODAY = date.today()  # noqa: DTZ011 - beside what the page calls today

QUERIES = [
    "",
    "country=DE",
    "country=DE&country=FR",
    "country=DE&region=Bavaria",
    "country=FR&remote=true",
    "remote=true&order=hybrid",
    "salary=50000",
    "salary=50000&salary_unsaid=true",
    "language=de&language=fr",
    "available=30",
    "available=0&available=unsaid",
    "skill=TIG+welding",
    "skill=tig+Welding&without=Bread",
    "without=Bread&without=Pastry&order=hybrid",
    "source=Fair",
    "source=unsaid",
    "history=never",
    "history=outcome:rejected",
    "not_history=outcome:rejected&country=DE",
    "history=never&history=stage:applied",
    "contact=30&contact=never",
    "contact=older",
    "changed=365",
    "since=2026-01-01T00:00:00Z",
    "new=true",
    "sort=skills",
    "sort=years&country=DE",
    "sort=contact",
    "sort=changed",
    "sort=available",
    "sort=salary&order=hybrid",
    "sort=location",
    "country=DE&language=de&skill=TIG+welding&sort=years&order=hybrid",
]


def make_people(number: int = 16) -> None:
    skills = ("TIG welding", "Pressure vessels", "Bread", "Pastry")
    for one in range(number):
        make_candidate(
            *skills[one % 3 : one % 3 + 2],
            country=("DE", "FR", "")[one % 3],
            region=("Bavaria", "", "Saxony")[one % 3],
            open_to_remote=one % 2 == 0,
            salary_expectation=(Decimal(40000 + 5000 * one), None)[one % 4 == 3],
            salary_currency="EUR" if one % 4 != 3 else "",
            available_from=(TODAY + timedelta(days=10 * one), None)[one % 5 == 4],
            last_contact_at=(NOW - timedelta(days=40 * one), None)[one % 4 == 1],
            years_of_experience=one % 6,
            source=("Fair", "", "Agency")[one % 3],
            headline="Welder of boilers" if one % 2 else "",
            languages=[LanguageInput(("de", "fr")[one % 2])],
        )


@pytest.fixture
def job() -> Job:
    """Return a job with people who fit, who are gated, and who say too little."""
    excluded = RequirementInput("Smoking", importance="excluded")
    made = make_job(
        "TIG welding",
        "Pressure vessels",
        excluded,
        title="Welder",
        description="Welds boilers and pressure vessels.",
        salary_currency="EUR",
    )
    make_people()
    make_candidate("TIG welding", "Bread", "Smoking", country="DE")
    make_candidate()
    make_application(made)
    return made


def viewer(role: Role, job: Job) -> User:
    """Return somebody of a role who sees the job and some of its people."""
    user = make_user(role)
    fields = {
        "hiring_manager": user,
        "recruiters": [user] if user.is_recruiting else [],
    }
    update_job(job_id=job.pk, fields=fields, actor=ACTOR, changed_at=LATER)  # type: ignore[arg-type]
    mine = make_job("TIG welding", hiring_manager=user, confidential=True)
    known = make_candidate("TIG welding", "Bread", country="DE")
    applied = make_application(mine, known)
    for bread in ("Pastry", "Bread"):
        make_application(mine, make_candidate("TIG welding", bread))
    reject(
        application_id=applied.pk,
        reason=reason_for("rejected"),
        actor=ACTOR,
        moved_at=LATER,
    )
    index_everything()
    return user


def on_page(client: Client, job: Job, query: str):
    address = f"/jobs/{job.requisition_code}/?{query.replace('=true', '=on')}"
    return client.get(address).context["found"]


def in_api(caller: Caller, job: Job, query: str) -> Any:
    answer = caller.get(f"/jobs/{job.pk}/matches?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def assert_same(found, body) -> None:
    """Compare people, places, evidence and counts."""
    assert [
        (
            one["candidate"]["id"],
            one["candidate"]["name"],
            one["rank"],
            one["cosine_similarity"],
            one["hybrid_score"],
            one["words_found"],
            one["band"],
            [(row["state"], row["evidence"]["text"]) for row in one["requirements"]],
        )
        for one in body["items"]
    ] == [
        (
            str(match.candidate.pk),
            match.candidate.name,
            match.rank,
            match.similarity,
            match.hybrid_score,
            list(match.words_found),
            match.explanation.band,
            [
                (row.state, row.evidence.text or None)
                for row in match.explanation.requirements
            ],
        )
        for match in found.matches
    ]
    for name in ("excluded", "not_enough_data"):
        assert [(one["candidate"]["id"], one["reason"]) for one in body[name]] == [
            (str(one.candidate.pk), one.reason) for one in getattr(found, name)
        ]
    for name in ("excluded_count", "not_enough_data_count", "pool_count"):
        assert body[name] == getattr(found, name)
    counted = found.counted
    assert body["passing_count"] == counted.passing
    assert body["gated_count"] == counted.gated
    assert {one["gate"]: one["people"] for one in body["gates"]} == counted.by_gate
    for name, values in counted.values.items():
        if body["facets"][name] is not None:
            assert [
                (one["value"], one["people"], one["is_chosen"])
                for one in body["facets"][name]
            ] == [(one.value, one.people, one.is_chosen) for one in values]


class TestFilters:
    @pytest.mark.parametrize("role", Role.values)
    def test_give_the_people_of_the_page(self, role, job):
        user = viewer(Role(role), job)
        client, caller, told = client_of(user), Caller(user), []

        for query in QUERIES:
            found, body = on_page(client, job, query), in_api(caller, job, query)
            assert_same(found, body)
            told.append(len(body["items"]))

        assert any(told)
        if role != Role.HIRING_MANAGER:
            assert len(set(told)) > 5

    @pytest.mark.parametrize("role", Role.values)
    @pytest.mark.parametrize("is_confidential", [True, False])
    def test_hold_for_jobs_that_hide_names(self, role, job, is_confidential):
        user = viewer(Role(role), job)
        fields = {"confidential": is_confidential}
        update_job(job_id=job.pk, fields=fields, actor=ACTOR, changed_at=LATER)  # type: ignore[arg-type]
        hide_names(
            job_id=job.pk, reveal_stage="interview", actor=ACTOR, changed_at=LATER
        )
        index_everything()
        client, caller = client_of(user), Caller(user)

        for query in QUERIES[:8] + QUERIES[-1:]:
            body = in_api(caller, job, query)
            assert_same(on_page(client, job, query), body)
            assert body["facets"]["source"] is None
            assert "Kim" not in str(body)
        assert body["facets"]["country"]

    def test_take_a_skill_by_its_id(self, job):
        caller = Caller(viewer(Role.RECRUITER, job))
        skill = Skill.objects.get(name="TIG welding")

        by_id = in_api(caller, job, f"skill={skill.pk}")

        assert by_id["items"] == in_api(caller, job, "skill=TIG+welding")["items"]
        (chosen,) = [one for one in by_id["facets"]["skill"] if one["is_chosen"]]
        assert (chosen["value"], chosen["name"]) == (str(skill.pk), "TIG welding")

    @pytest.mark.parametrize(
        ("query", "field", "code"),
        [
            ("skill=Basket+weaving", "skill", "does_not_exist"),
            (f"skill={RANDOM}", "skill", "does_not_exist"),
            (f"without={RANDOM}", "without", "does_not_exist"),
            ("available=7", "available[0]", "invalid_choice"),
            ("contact=soon", "contact[0]", "invalid_choice"),
            ("history=never&history=stage:nope", "history", "invalid_choice"),
            ("not_history=outcome:active", "not_history", "invalid_choice"),
            ("salary=-1", "salary", "min_value"),
            ("salary=many", "salary", "invalid"),
            ("since=yesterday", "since", "invalid"),
            ("order=random", "order", "invalid_choice"),
            ("sort=name", "sort", "invalid_choice"),
            ("cursor=abc", "cursor", "bad_cursor"),
            ("remote=perhaps", "remote", "invalid"),
            ("limit=5", "limit", "unknown_parameter"),
            ("sort=rank&sort=years", "sort", "given_twice"),
            ("&".join(f"country=A{one}" for one in range(31)), "country", "max_length"),
            (urlencode({"country": "x" * 300}), "country[0]", "max_length"),
            ("country=%00", "country[0]", "null_characters_not_allowed"),
        ],
    )
    def test_refuse_what_nobody_can_ask(self, job, query, field, code):
        answer = Caller(make_user()).get(f"/jobs/{job.pk}/matches?{query}")

        (error,) = assert_problem(answer, 400)["errors"]
        assert (error["field"], error["code"]) == (field, code)

    @pytest.mark.parametrize("query", ["salary=50000", "sort=salary"])
    def test_tell_nothing_of_pay_without_the_right_to_it(self, job, query):
        index_everything()
        scopes = [scope for scope in Scope.values if scope != Scope.PROTECTED]
        caller = Caller(make_user(), scopes)

        refused = caller.get(f"/jobs/{job.pk}/matches?{query}")

        assert assert_problem(refused, 403)["errors"][0]["code"] == "missing_scope"
        body = caller.get(f"/jobs/{job.pk}/matches").json()
        assert body["facets"]["salary"] is None


class TestPages:
    def walked(self, caller: Caller, path: str) -> list[Any]:
        items, address = [], path
        while address:
            answer = caller.get(address)
            items += answer.json()["items"]
            following = answer.json()["next"]
            assert ("Link" in answer) == bool(following)
            address = following and following.partition("/api/v1")[2]
        return items

    @pytest.mark.parametrize("query", ["", "&order=hybrid", "&sort=years"])
    @pytest.mark.parametrize("role", [Role.RECRUITER, Role.HIRING_MANAGER])
    def test_hold_everybody_once_in_order(self, job, role, query):
        user = viewer(role, job)
        path = f"/jobs/{job.pk}/matches?per_page="
        caller = Caller(user)

        seen = self.walked(caller, f"{path}2{query}")

        assert seen == caller.get(f"{path}500{query}").json()["items"]
        assert len({one["candidate"]["id"] for one in seen}) == len(seen) > 2

    def test_repeat_and_skip_nobody_while_people_change(self, job):
        caller = Caller(viewer(Role.RECRUITER, job))
        path = f"/jobs/{job.pk}/matches"
        whole = [one["candidate"]["id"] for one in caller.get(path).json()["items"]]
        first = caller.get(f"{path}?per_page=5").json()
        update_candidate(
            candidate_id=whole[-1],
            profile=ProfileInput(fields={"headline": "TIG welding pressure vessels"}),
            actor=ACTOR,
            changed_at=MUCH_LATER,
        )
        make_candidate("TIG welding", "Pressure vessels", created_at=MUCH_LATER)
        index_everything()

        rest = self.walked(caller, first["next"].partition("/api/v1")[2])

        seen = [one["candidate"]["id"] for one in [*first["items"], *rest]]
        assert seen == whole[:-1]
        second = caller.get(first["next"].partition("/api/v1")[2]).json()
        assert second["changed_since_count"] == 2

    def test_of_another_ranking_are_refused(self, job):
        caller = Caller(viewer(Role.RECRUITER, job))
        first = caller.get(f"/jobs/{job.pk}/matches?per_page=2").json()
        fields = JobFields(title="Baker")
        update_job(job_id=job.pk, fields=fields, actor=ACTOR, changed_at=MUCH_LATER)
        index_everything()

        answer = caller.get(first["next"].partition("/api/v1")[2])

        assert assert_problem(answer, 409)["errors"][0]["code"] == "ranking_changed"

    def test_are_of_one_order_alone(self, job):
        caller = Caller(viewer(Role.RECRUITER, job))
        first = caller.get(f"/jobs/{job.pk}/matches?per_page=2").json()

        answer = caller.get(first["next"].partition("/api/v1")[2] + "&order=hybrid")

        assert fields_in(answer) == ["cursor"]

    def test_are_of_no_other_list(self, job):
        answer = Caller(make_user()).get(f"/jobs/{job.pk}/matches?cursor=W10")

        assert fields_in(answer) == ["cursor"]
