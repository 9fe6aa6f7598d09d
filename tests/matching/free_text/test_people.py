"""Free-text search: people by meaning and by words."""

from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from matching import queue
from matching.conf import encoder_identity
from matching.free_text.asking import OnlyUnwanted
from matching.free_text.highlights import Field
from matching.free_text.people import (
    MOST_PEOPLE,
    find_people,
    meaning_of,
    settled_meaning,
)
from matching.matches import LimitOutOfRange
from matching.models import CandidateEmbedding, QueryEmbedding
from matching.search import SearchRefused
from matching.types import Meaning
from recruit.accounts.choices import Role
from recruit.candidates.inputs import ExperienceInput, ProfileInput
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate, update_candidate
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)
from tests.matching.indexed import index_everything
from tests.matching.workers import read_queries, see_worker

pytestmark = pytest.mark.django_db

SPEAKS = "says enough to be compared, of this and of that, for fifteen words and more"


@pytest.fixture(autouse=True)
def _worker(db):
    see_worker(at=NOW + timedelta(minutes=1))


def search(text: str, *, limit=25, viewer=None, **options):
    return find_people(text=text, limit=limit, viewer=viewer, asked_at=NOW, **options)


def searched(text: str, **options):
    """Return who is found once the worker has read the text."""
    search(text, **options)
    read_queries()
    return search(text, **options)


def people(found) -> list[Candidate]:
    return [match.candidate for match in found.matches]


def _tasks_waiting() -> int:
    return ProcrastinateJob.objects.filter(task_name=queue.ENCODE_QUERIES).count()


def _forget_tasks() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


class TestFindPeople:
    def test_finds_by_words_first_and_by_meaning_once_the_text_is_read(self):
        named = make_candidate("Kubernetes", "Linux", headline="Ran clusters")
        other = make_candidate("Baking", "Bread", summary="for hospitals")
        index_everything()

        first = search("kubernetes")
        read_queries()
        second = search("kubernetes")

        assert (first.meaning, people(first)) == (Meaning.BEING_READ, [named])
        assert first.matches[0].similarity is None
        assert second.meaning is Meaning.COMPARED
        assert people(second) == [named, other]
        assert second.encoder == encoder_identity()
        (best, last) = second.matches
        assert best.similarity > last.similarity
        assert [best.rank, last.rank] == [1, 2]

    def test_shows_the_words_found_and_where_they_stand(self):
        work = ExperienceInput("Engineer", "Clinic", description="Ran it in hospitals.")
        make_candidate("Kubernetes", "Linux", experience=[work])
        index_everything()

        (match,) = searched("people who ran kubernetes in a hospital").matches

        assert match.found.words == ("ran", "kubernetes", "hospital")
        assert [(one.field, one.text) for one in match.found.places] == [
            (Field.EXPERIENCE, "Ran it in hospitals."),
            (Field.SKILL, "Kubernetes"),
        ]

    def test_says_so_where_no_worker_is_alive(self):
        see_worker(at=NOW - timedelta(minutes=5))
        welder = make_candidate("Welding", "Steel")
        index_everything()

        found = search("welding")

        assert (found.meaning, people(found)) == (Meaning.NO_WORKER, [welder])
        assert not QueryEmbedding.objects.exists()

    def test_needs_no_worker_for_a_text_that_was_read(self):
        make_candidate("Welding", "Steel")
        index_everything()
        searched("welding")
        see_worker(at=NOW - timedelta(minutes=5))

        assert search("welding").meaning is Meaning.COMPARED

    def test_never_compares_vectors_of_two_encoders(self, settings):
        make_candidate("Welding", "Steel")
        index_everything()
        searched("welding")

        QueryEmbedding.objects.update(encoder="other@1/profile-1")
        changed = search("welding")
        read_queries()
        CandidateEmbedding.objects.update(encoder="other@1/profile-1")
        alone = search("welding")

        assert changed.meaning is Meaning.BEING_READ
        assert alone.meaning is Meaning.COMPARED
        assert [match.similarity for match in alone.matches] == [None]

    def test_finds_who_says_too_little_by_words_alone(self):
        thin = make_candidate("Welding")
        index_everything()

        found = searched("welding")

        (left_out,) = found.not_enough_data
        assert (left_out.candidate, left_out.found.words) == (thin, ("welding",))
        assert left_out.reason
        assert (found.matches, found.not_enough_data_count) == ((), 1)
        assert searched("something else entirely").not_enough_data == ()

    def test_finds_only_whom_the_viewer_may_see(self):
        manager = make_user(Role.HIRING_MANAGER)
        known = make_candidate("Welding", "Steel")
        make_candidate("Welding", "Steel")
        make_application(make_job(hiring_manager=manager), known)
        index_everything()

        assert people(searched("welding", viewer=manager)) == [known]
        assert people(searched("bread", viewer=manager)) == [known]
        assert people(searched("welding", viewer=make_user(Role.HIRING_MANAGER))) == []

    def test_tells_a_manager_nothing_by_the_name_of_somebody_hidden(self):
        manager = make_user(Role.HIRING_MANAGER)
        known = make_candidate("Welding", "Steel")
        make_application(make_job(hiring_manager=manager), known)
        make_candidate("Welding", "Steel", family_name="Hidden")
        index_everything()

        hidden = searched("hidden", viewer=manager)
        nobody = searched("nobody", viewer=manager)

        assert hidden.meaning is nobody.meaning is Meaning.COMPARED
        assert people(hidden) == people(nobody)

    def test_does_not_find_the_erased(self):
        gone = make_candidate("Welding", "Steel")
        index_everything()
        searched("welding")
        erase_candidate(candidate_id=gone.pk, actor=ACTOR, erased_at=LATER)

        assert people(search("welding")) == []

    def test_gives_no_similarity_to_who_says_too_little_since(self):
        thin = make_candidate("Welding", "Steel")
        index_everything()
        searched("welding")
        update_candidate(
            candidate_id=thin.pk,
            profile=ProfileInput(skills=[]),
            actor=ACTOR,
            changed_at=LATER,
        )

        assert [match.similarity for match in search("welding").matches] == [None]

    @pytest.mark.parametrize("limit", [1, 2, 3, 5])
    def test_shows_the_beginning_of_the_same_order_for_every_limit(self, limit):
        for number in range(6):
            make_candidate("Welding", "Steel", summary="welding " * number)
        index_everything()
        everybody = people(searched("welding steel work", limit=MOST_PEOPLE))

        found = search("welding steel work", limit=limit)

        assert people(found) == everybody[:limit]
        assert found.has_more

    @pytest.mark.parametrize("limit", [0, -1, MOST_PEOPLE + 1])
    def test_refuses_a_senseless_limit(self, limit):
        with pytest.raises(LimitOutOfRange):
            search("welding", limit=limit)

    @pytest.mark.parametrize("rows", [1, 12])
    def test_asks_as_often_for_many_as_for_one(self, rows, django_assert_num_queries):
        for _number in range(rows):
            make_candidate("Welding", "Steel", headline="Welder")
        index_everything()
        searched("welding")

        with django_assert_num_queries(35):
            search("welding")


class TestWordsElsewhere:
    """Employers and schools, of which no profile text speaks."""

    def test_lead_where_the_text_says_nothing_else(self):
        worked = make_candidate(
            "Bread", "Pastry", experience=[ExperienceInput("Baker", "Zeppelin Works")]
        )
        other = make_candidate("Steel", "Welding", headline="A zeppelin of words")
        for _number in range(2):
            make_candidate(
                "Roses", "Soil", experience=[ExperienceInput("x", "Zeppelin")]
            )
        index_everything()

        found = searched("zeppelin works")

        assert people(found)[0] == worked
        assert found.matches[0].found.words == ("zeppelin", "works")
        assert other in people(found)

    def test_count_for_whom_they_find(self):
        elsewhere, there = (
            make_candidate("Bread", "Pastry", experience=[ExperienceInput("x", name)])
            for name in ("Airship", "Zeppelin")
        )
        index_everything()

        assert people(searched("bread zeppelin")) == [there, elsewhere]


class TestDemands:
    def test_keep_who_holds_the_quoted_words_and_not_the_unwanted(self):
        wanted = make_candidate("Nursing", "Care", summary=f"On night shifts. {SPEAKS}")
        make_candidate("Nursing", "Care", summary=f"Shifts at night. {SPEAKS}")
        make_candidate("Nursing", "Paediatrics", summary=f"Night shifts. {SPEAKS}")
        index_everything()

        found = searched('nursing "night shifts" -paediatrics')

        assert people(found) == [wanted]
        assert (found.quoted, found.unwanted) == (("night shifts",), ("paediatrics",))

    def test_hold_for_a_manager_too(self):
        manager = make_user(Role.HIRING_MANAGER)
        known = make_candidate("Nursing", "Care")
        make_candidate("Nursing", "Care")
        make_application(make_job(hiring_manager=manager), known)
        index_everything()

        assert people(searched('"nursing"', viewer=manager)) == [known]

    def test_alone_order_nobody(self):
        with pytest.raises(OnlyUnwanted):
            search("-nursing")


class TestNamesAndContacts:
    def test_never_reach_the_encoder(self, encoded):
        make_candidate("Welding", "Steel", given_name="Minh", family_name="Nguyen")
        index_everything()
        encoded.clear()

        searched("welders like nguyen, nguyen@example.org or +49 30 1234567")

        assert encoded == [["welders like , or"]]

    def test_alone_are_looked_for_as_words(self, encoded):
        minh = make_candidate("Welding", "Steel", family_name="Nguyen")
        make_candidate("Baking", "Bread")
        index_everything()
        encoded.clear()

        found = searched("nguyen")

        assert (found.meaning, people(found)) == (Meaning.NOTHING_TO_COMPARE, [minh])
        assert encoded == []
        assert not QueryEmbedding.objects.exists()

    def test_lead_to_their_bearer_before_all_others(self):
        named = make_candidate(given_name="Minh", family_name="Nguyen")
        other = make_candidate("Welding", "Steel")
        index_everything()

        found = searched("nguyen welding")

        assert people(found) == [named, other]
        assert found.matches[0].similarity is None
        assert found.not_enough_data == ()

    def test_find_whose_e_mail_address_it_is(self):
        ada = make_candidate(given_name="Ada", emails=["ada@example.org"])
        other = make_candidate("Welding", "Steel", summary="Knows Ada.")
        index_everything()

        found = search("Ada@Example.org welding")

        assert people(found) == [ada, other]
        assert found.matches[0].found.words[0] == "Ada@Example.org"
        assert found.matches[0].found.places[0].field is Field.EMAIL

    def test_of_somebody_hidden_find_nobody(self):
        make_candidate(emails=["ada@example.org"])
        index_everything()
        manager = make_user(Role.HIRING_MANAGER)

        assert people(search("ada@example.org", viewer=manager)) == []


class TestOddTexts:
    @pytest.mark.parametrize(
        "text", ["", " ", "!?…", "🙂", "-", '"', "- - &|!()", "\x00"]
    )
    def test_without_a_word_are_refused(self, text):
        with pytest.raises(SearchRefused):
            search(text)

    def test_without_end_are_refused(self):
        with pytest.raises(SearchRefused, match="1000"):
            search("w" * 10_000)

    def test_of_common_words_have_no_meaning(self):
        make_candidate("Welding", "Steel")
        index_everything()

        found = searched("the and of")

        assert (found.meaning, people(found)) == (Meaning.NOTHING_TO_COMPARE, [])

    @pytest.mark.parametrize(
        "text",
        [
            "'; DROP TABLE x; --",
            "a & | ! b :* <-> weld:A",
            "weld\x00ing \ud800",
            "%s %(x)s {} \\",
            "溶接 𝕏 ﬁne İstanbul",
            "w " * 500,
        ],
    )
    def test_are_texts_like_others(self, text):
        make_candidate("Welding", "Steel")
        index_everything()

        assert searched(text).meaning in {Meaning.COMPARED, Meaning.NOTHING_TO_COMPARE}


class TestMeaningOf:
    def test_asks_unless_words_alone_are_wanted(self):
        make_candidate("Welding", "Steel")
        index_everything()

        typed = search("welding", asks=False)
        asked = meaning_of(text="welding", viewer=None, asked_at=NOW)
        typed_on = search("welding", asks=False)

        assert (typed.meaning, asked) == (Meaning.NOT_ASKED, Meaning.BEING_READ)
        assert typed_on.meaning is Meaning.BEING_READ

    def test_writes_down_for_a_caller_who_reads(self):
        see_worker(at=NOW - timedelta(minutes=5))

        meaning_of(text="welding", viewer=None, asked_at=NOW, needs_worker=False)

        assert QueryEmbedding.objects.get().text == "welding"

    def test_says_that_a_text_was_given_up(self):
        meaning_of(text="welding", viewer=None, asked_at=NOW)
        QueryEmbedding.objects.update(text="")

        assert search("welding").meaning is Meaning.UNREADABLE

    def test_wakes_the_worker_again_for_a_text_that_waits_for_long(self):
        woken = []

        for later in (0, 1, 10):
            moment = NOW + timedelta(seconds=later)
            meaning_of(text="welding", viewer=None, asked_at=moment)
            woken.append(_tasks_waiting())
            _forget_tasks()

        assert woken == [1, 0, 1]

    def test_waits_no_longer_than_asked(self):
        meaning = settled_meaning(
            text="welding", viewer=None, asked_at=NOW, timeout_seconds=0.01
        )

        assert meaning is Meaning.BEING_READ
