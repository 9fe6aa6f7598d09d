from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from recruit.applications.handles import CODE_LENGTH, behind, code_of, handle_of
from recruit.common.ids import uuid7

JOB, OTHER = UUID(int=1), UUID(int=2)
ids = st.integers(0, 2**128 - 1).map(lambda number: UUID(int=number))


class TestHandles:
    @given(ids, ids)
    def test_lead_back_to_the_id_they_stand_for(self, pk, job_id):
        assert behind(handle_of(pk, job_id=job_id), job_id=job_id) == pk

    @given(ids)
    def test_are_no_id_and_differ_from_job_to_job(self, pk):
        handle = handle_of(pk, job_id=JOB)

        assert handle != pk
        assert handle != handle_of(pk, job_id=OTHER)
        assert behind(handle, job_id=OTHER) != pk

    def test_of_ids_made_one_after_the_other_share_nothing(self):
        handles = [handle_of(uuid7(), job_id=JOB).hex for _one in range(50)]

        assert len({handle[:8] for handle in handles}) == 50

    def test_are_called_by_five_characters(self):
        codes = {code_of(handle_of(uuid7(), job_id=JOB)) for _one in range(50)}

        assert {len(code) for code in codes} == {CODE_LENGTH}
        assert len(codes) > 45
