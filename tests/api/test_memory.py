"""A full sync: what the web process holds does not grow with the pages it has sent."""

import gc
import tracemalloc

import pytest

from recruit.candidates.inputs import ProfileInput, SkillInput
from recruit.candidates.operations import ProfileWrite, new_candidate, save_profiles
from tests.factories import ACTOR, NOW

PEOPLE, PER_PAGE = 400, 20
SMALL = 300_000  # bytes: a page is larger


def make_people(number):
    said = ProfileInput(
        fields={"family_name": "Vos", "summary": "Cares for roses. " * 200},
        skills=[SkillInput("pruning"), SkillInput("grafting")],
    )
    writes = [
        ProfileWrite(new_candidate(NOW), said, is_new=True) for _one in range(number)
    ]
    save_profiles(writes=writes, actor=ACTOR, changed_at=NOW)


@pytest.mark.django_db
class TestFullSync:
    def test_holds_no_more_after_many_pages_than_after_a_few(self, recruiter):
        make_people(PEOPLE)
        path, sizes, peaks, rows = f"/candidates?per_page={PER_PAGE}", [], [], 0
        tracemalloc.start()
        try:
            while path:
                tracemalloc.reset_peak()
                body = recruiter.get(path).json()
                peaks.append(tracemalloc.get_traced_memory()[1])
                rows += len(body["items"])
                path = body["next"] and body["next"].partition("/api/v1")[2]
                del body
                gc.collect()
                sizes.append(tracemalloc.get_traced_memory()[0])
        finally:
            tracemalloc.stop()

        assert rows == PEOPLE
        few = PEOPLE // PER_PAGE // 4
        assert sizes[-1] - sizes[few] < SMALL
        assert max(peaks[few:]) - max(peaks[1 : few + 1]) < SMALL
