"""Bodies and parameters nobody would write: refused with a problem, never a crash."""

import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.caller import Caller, assert_problem
from tests.api.test_candidates import FULL as CANDIDATE
from tests.api.test_jobs import FULL as JOB
from tests.factories import make_application, make_candidate, make_job, make_user
from tests.matching.indexed import index_everything

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "20"))

fuzzed = settings(
    max_examples=EXAMPLES,
    deadline=timedelta(seconds=10),
    suppress_health_check=list(HealthCheck),
)

NASTY: st.SearchStrategy[Any] = st.sampled_from(
    [
        "\x00", "a\x00b", "\u202e", "9" * 400, "0000-00-00", "9999-12-31", "-1", "null",
        "=cmd|'/c calc'!A1", "<script>", "’", "İ", "ﬀ", "\ud800", "2026-02-30",
        "0001-01-01T00:00:00+23:59", "http://[", "http://\u0661", "a@b", "%", "\\",
        10**40, -(10**40), 2**31, 2**63, 1e308, -0.0, 1e-320, True, None, [], {}, [[]],
        {"": ""}, [None],
    ]
)  # fmt: skip
JSON = st.recursive(
    NASTY | st.integers() | st.floats(allow_nan=False) | st.text() | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)


@st.composite
def changed(draw: st.DrawFn, body: Any) -> Any:
    """Return a good body with something somewhere replaced."""
    if isinstance(body, Mapping) and body and draw(st.integers(0, 9)):
        name = draw(st.sampled_from(sorted(body)))
        return {**body, name: draw(changed(body[name]))}
    if isinstance(body, list) and body and draw(st.booleans()):
        place = draw(st.integers(0, len(body) - 1))
        return [*body[:place], draw(changed(body[place])), *body[place + 1 :]]
    return draw(JSON)


@pytest.fixture
def sure(db: None) -> Caller:
    return Caller(make_user())


def assert_no_crash(answer: Any) -> None:
    assert answer.status_code < 500, answer.content[:300]
    if answer.status_code >= 400:
        assert_problem(answer, answer.status_code)


class TestBodies:
    @fuzzed
    @given(body=changed(JOB))
    def test_of_jobs(self, sure, body):
        assert_no_crash(sure.post("/jobs", body))

    @fuzzed
    @given(body=changed(CANDIDATE))
    def test_of_candidates(self, sure, body):
        assert_no_crash(sure.post("/candidates", body))

    @fuzzed
    @given(body=changed({"title": "x", "requirements": [{"skill": "a"}]}))
    def test_of_changed_jobs(self, sure, body):
        assert_no_crash(sure.patch(f"/jobs/{make_job().pk}", body))

    @fuzzed
    @given(body=changed({"skills": [{"skill": "a", "years": 1}], "emails": []}))
    def test_of_changed_candidates(self, sure, body):
        assert_no_crash(sure.patch(f"/candidates/{make_candidate().pk}", body))

    @fuzzed
    @given(body=changed({"job": "x", "candidate": "y", "source": "z"}))
    def test_of_applications(self, sure, body):
        assert_no_crash(sure.post("/applications", body))

    @fuzzed
    @given(
        action=st.sampled_from(["move", "reject", "withdraw", "hire", "undo"]),
        body=changed({"to_stage": "offer"}) | changed({"disposition_reason": "x"}),
    )
    def test_of_moves(self, sure, action, body):
        path = f"/applications/{make_application().pk}"

        assert_no_crash(sure.post(f"{path}/{action}", body))

    @fuzzed
    @given(body=changed({"candidate": "x", "job": None, "text": "@Kim, see this."}))
    def test_of_notes(self, sure, body):
        assert_no_crash(sure.post("/notes", body))

    @fuzzed
    @given(body=changed({"name": "Night shift"}))
    def test_of_tags(self, sure, body):
        assert_no_crash(sure.post("/tags", body))
        assert_no_crash(sure.post(f"/jobs/{make_job().pk}/tags", body))

    @fuzzed
    @given(
        body=changed({"name": "Welders", "note": "x", "is_shared": True})
        | changed({"name": "Welders", "query": "q=boats&skill=welding&country=DE"})
    )
    def test_of_what_is_kept(self, sure, body):
        assert_no_crash(sure.post("/talent_pools", body))
        assert_no_crash(sure.post("/saved_searches", body))

    @fuzzed
    @given(query=st.text() | NASTY.map(str))
    def test_of_kept_queries(self, sure, query):
        body = {"name": "x", "query": query}
        assert_no_crash(sure.post("/saved_searches", body))

    @fuzzed
    @given(body=changed({"text": "TIG welding, 5 years.", "near": True}))
    def test_of_texts_to_read(self, sure, body):
        assert_no_crash(sure.post("/skills/recognise", body))

    @fuzzed
    @given(
        raw=st.binary() | st.text().map(lambda text: text.encode("utf-8", "replace"))
    )
    def test_of_raw_bytes(self, sure, raw):
        assert_no_crash(sure.post("/jobs", raw))


class TestParameters:
    @fuzzed
    @given(
        path=st.sampled_from(
            ["/jobs", "/candidates", "/applications", "/skills", "/search", "/notes",
             "/tags", "/talent_pools", "/saved_searches", "/users"]
        ),
        name=st.sampled_from(
            ["q", "status", "per_page", "cursor", "updated_since", "source", "job",
             "external_id", "stage", "email", "confirmed", "requisition_code", "limit"]
        ) | st.text(max_size=5),
        value=NASTY | st.text(),
    )  # fmt: skip
    def test_of_lists(self, sure, path, name, value):
        query = "=".join(
            quote(str(one).encode("utf-8", "surrogatepass")) for one in (name, value)
        )

        assert_no_crash(sure.get(f"{path}?{query}"))

    @fuzzed
    @given(
        name=st.sampled_from(
            ["country", "region", "remote", "salary", "language", "available", "skill",
             "without", "source", "history", "contact", "changed", "since", "new",
             "order", "sort", "cursor", "per_page"]
        ),
        value=NASTY | st.text(),
    )  # fmt: skip
    def test_of_matches(self, sure, name, value):
        make_candidate("TIG welding")
        job = make_job("TIG welding")
        index_everything()
        said = quote(str(value).encode("utf-8", "surrogatepass"))

        assert_no_crash(sure.get(f"/jobs/{job.pk}/matches?{name}={said}"))

    @fuzzed
    @given(tag=st.text(st.characters(min_codepoint=32, max_codepoint=126)))
    def test_of_if_match(self, sure, tag):
        job = make_job()

        assert_no_crash(sure.patch(f"/jobs/{job.pk}", {"title": "x"}, if_match=tag))
