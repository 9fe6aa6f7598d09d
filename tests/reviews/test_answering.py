import pytest

from recruit.accounts.choices import Role
from recruit.candidates.operations import erase_candidate
from recruit.reviews.answering import NotTheHiringManager, answer
from recruit.reviews.choices import Answer
from recruit.reviews.models import Review
from tests.factories import ACTOR, LATER, make_application, make_job, make_user

pytestmark = pytest.mark.django_db


class TestAnswer:
    def test_forgets_its_note_when_the_person_is_erased(self):
        manager = make_user(Role.HIRING_MANAGER)
        application = make_application(make_job(hiring_manager=manager))
        answer(
            application_id=application.pk,
            user=manager,
            answer=Answer.NO,
            note="Ada lives too far away",
            answered_at=LATER,
        )

        erase_candidate(
            candidate_id=application.candidate_id, actor=ACTOR, erased_at=LATER
        )

        review = Review.objects.get()
        assert (review.answer, review.note) == ("no", "")

    def test_is_refused_to_anybody_else(self):
        with pytest.raises(NotTheHiringManager):
            answer(
                application_id=make_application().pk,
                user=make_user(),
                answer=Answer.YES,
                answered_at=LATER,
            )
