import pytest

from recruit.candidates.inputs import DocumentInput, ProfileInput
from recruit.candidates.models import Candidate
from recruit.candidates.operations import update_candidate
from tests.factories import ACTOR, LATER, NOW, make_candidate

pytestmark = pytest.mark.django_db

CV = DocumentInput("CV", "Roses and ponds.")
LETTER = DocumentInput("Letter", "Dear all.")


def add(candidate: Candidate, *documents: DocumentInput) -> Candidate:
    return update_candidate(
        candidate_id=candidate.pk,
        profile=ProfileInput(documents=documents),
        actor=ACTOR,
        changed_at=LATER,
    )


class TestDocuments:
    def test_keep_the_date_on_which_they_were_added(self):
        candidate = make_candidate(documents=[CV])

        add(candidate, CV, LETTER)

        dates = dict(candidate.documents.values_list("title", "added_at"))
        assert dates == {"CV": NOW, "Letter": LATER}

    def test_stated_in_another_order_are_no_change(self):
        candidate = make_candidate(documents=[CV, LETTER])

        unchanged = add(candidate, LETTER, CV)

        assert unchanged.version == candidate.version
