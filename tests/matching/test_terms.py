"""Terms of profiles, and in how many profiles each stands."""

from collections import Counter
from uuid import UUID

import pytest
from django.db import connection

from matching.bm25 import tokens
from matching.contents import candidate_content
from matching.models import CandidateTerms, TermChange, TermCount
from matching.pending import read_pending
from matching.profile_text import candidate_text
from matching.queries import unsearchable_candidates
from matching.search_rows import differing_terms, refresh_search_rows
from matching.term_counts import PEOPLE, WORDS, add_changes, corpus, recount
from matching.terms import MOST_REPEATED, terms_of
from recruit.candidates.inputs import DocumentInput, ProfileInput
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate, update_candidate
from recruit.skills.editing import update_skill
from recruit.skills.models import Skill
from recruit.skills.operations import VocabularyEntry
from tests.factories import ACTOR, LATER, make_candidate
from tests.races import at_once

pytestmark = pytest.mark.django_db


def refresh_all() -> None:
    refresh_search_rows(Candidate.objects.values_list("pk", flat=True))


def true_counts() -> dict[str, int]:
    """Count the terms of all profile texts in Python, without any table."""
    counts: Counter[str] = Counter()
    for candidate in Candidate.objects.not_erased().with_profile():
        said = tokens(candidate_text(candidate_content(candidate)))
        counts.update({PEOPLE: 1, WORDS: len(said)})
        counts.update(set(said))
    return dict(counts)


def kept_counts() -> dict[str, int]:
    return dict(TermCount.objects.values_list("term", "people"))


def terms_kept(candidate_id: UUID) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT said.lexeme, array_length(said.positions, 1)"
            " FROM matching_candidateterms, unnest(terms) AS said"
            " WHERE candidate_id = %s",
            [candidate_id],
        )
        return dict(cursor.fetchall())


class TestTermsOf:
    def test_count_repetitions(self):
        terms = terms_of("Roses, rose and soil")

        assert (terms.counts, terms.length) == ({"rose": 2, "soil": 1}, 3)

    def test_keep_what_fits_of_a_text_without_end(self):
        terms = terms_of(" ".join(f"{number:09}" for number in range(200_000)))

        assert terms.length == 200_000
        assert 50_000 < len(terms.counts) < 200_000

    def test_count_no_further_than_it_tells(self):
        terms = terms_of("soil " * 1000)

        assert (terms.counts, terms.length) == ({"soil": MOST_REPEATED}, 1000)


class TestRows:
    def test_hold_the_terms_of_the_profile_text(self):
        candidate = make_candidate("C++", "Pruning", summary="Pruning, day and night.")

        refresh_all()

        assert terms_kept(candidate.pk) == {
            "c++": 1, "pruning": 2, "day": 1, "night": 1,
        }  # fmt: skip
        row = CandidateTerms.objects.get()
        assert row.length == 5

    def test_hold_no_name_no_contact_and_no_place(self):
        candidate = make_candidate(
            "Pruning",
            given_name="Holly",
            family_name="Gardener",
            emails=["holly@gardens.example"],
            phones=["+44 20 5550 0100"],
            place="Kew",
            summary="Holly Gardener prunes. Write to holly@gardens.example.",
        )

        refresh_all()

        assert terms_kept(candidate.pk).keys() == {"pruning", "prune", "write"}

    def test_hold_terms_with_quotes_and_of_any_script(self):
        candidate = make_candidate(summary="d'Arc \\ O''Neil 日本語 ‘x’ naïve\x07")

        refresh_all()

        said = tokens(candidate_text(candidate_content(candidate)))
        assert terms_kept(candidate.pk) == dict(Counter(said))

    def test_of_a_huge_document_are_kept(self):
        words = " ".join(f"w{number}" for number in range(130_000))
        make_candidate("Pruning", documents=[DocumentInput("CV", words)])

        refresh_all()

        assert corpus(["w5"]).count("w5") == 1

    def test_are_written_only_when_the_text_changes(self):
        candidate = make_candidate("Pruning")
        refresh_all()
        TermChange.objects.all().delete()
        update_candidate(
            candidate_id=candidate.pk,
            profile=ProfileInput({"given_name": "Rose", "country": "DE"}),
            actor=ACTOR,
            changed_at=LATER,
        )
        before = row_written()

        refresh_all()

        assert row_written() == before

    def test_made_by_an_earlier_version_are_written_anew(self):
        candidate = make_candidate("Pruning")
        refresh_all()
        CandidateTerms.objects.update(version=0)

        assert list(unsearchable_candidates()) == [candidate]
        refresh_all()

        assert not unsearchable_candidates()
        assert kept_counts() == true_counts()


def row_written() -> str:
    """Return the transaction that wrote the only row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text, ctid::text FROM matching_candidateterms")
        return str(cursor.fetchone())


class TestCounts:
    def test_are_those_of_the_profiles(self):
        make_candidate("Pruning", "Roses", summary="Roses and soil.")
        make_candidate("Pruning", summary="Bread.")

        refresh_all()

        assert kept_counts() == true_counts()
        assert kept_counts() == {
            PEOPLE: 2, WORDS: 6, "pruning": 2, "rose": 1, "soil": 1, "bread": 1,
        }  # fmt: skip

    def test_follow_a_changed_text(self):
        candidate = make_candidate("Pruning", summary="Roses.")
        make_candidate("Pruning")
        refresh_all()

        update_candidate(
            candidate_id=candidate.pk,
            profile=ProfileInput({"summary": "Bread."}),
            actor=ACTOR,
            changed_at=LATER,
        )
        refresh_all()

        assert kept_counts() == true_counts()
        assert "rose" not in kept_counts()

    def test_follow_a_renamed_skill(self):
        make_candidate("Pruning")
        refresh_all()

        update_skill(
            skill_id=Skill.objects.get().pk,
            entry=VocabularyEntry(name="Topiary"),
            confirmed=True,
            actor=ACTOR,
            changed_at=LATER,
        )
        read_pending()

        assert kept_counts() == true_counts()
        assert "topiary" in kept_counts()

    def test_forget_the_words_of_the_erased(self):
        candidate = make_candidate("Pruning", "Zymurgy", summary="Bread.")
        make_candidate("Pruning")
        refresh_all()

        erase_candidate(candidate_id=candidate.pk, actor=ACTOR, erased_at=LATER)
        read_pending()

        assert kept_counts() == {PEOPLE: 1, WORDS: 1, "pruning": 1}
        assert not TermChange.objects.exists()
        assert not CandidateTerms.objects.of_candidates([candidate.pk]).exists()

    def test_are_those_of_the_profiles_while_changes_wait(self):
        make_candidate("Pruning")
        refresh_all()
        TermChange.objects.create(terms=[PEOPLE, "pruning", "soil"], changes=[2, 2, 1])

        counted = corpus(["pruning", "soil", "bread"])

        assert counted.document_count == 3
        assert [counted.count(term) for term in ("pruning", "soil", "bread")] == [
            3,
            1,
            0,
        ]
        add_changes()
        assert corpus(["pruning", "soil", "bread"]) == counted
        assert not TermChange.objects.exists()

    def test_of_an_empty_pool_are_nothing(self):
        empty = corpus(["pruning"])

        assert (empty.document_count, empty.average_length) == (0, 0.0)
        assert empty.count("pruning") == 0


class TestRecount:
    def test_finds_nothing_wrong_after_any_change(self):
        candidate = make_candidate("Pruning", "Roses")
        make_candidate("Bread")
        refresh_all()
        erase_candidate(candidate_id=candidate.pk, actor=ACTOR, erased_at=LATER)
        refresh_all()

        assert recount() == []

    def test_puts_right_what_differs(self):
        make_candidate("Pruning", "Roses")
        make_candidate("Pruning")
        refresh_all()
        TermCount.objects.filter(term="pruning").update(people=7)
        TermCount.objects.filter(term="rose").delete()
        TermCount.objects.create(term="ghost", people=3)
        TermCount.objects.filter(term=PEOPLE).update(people=9)

        wrong = recount()

        assert wrong == [PEOPLE, "ghost", "pruning", "rose"]
        assert kept_counts() == true_counts()
        assert recount() == []

    def test_counts_changes_that_wait(self):
        make_candidate("Pruning")
        refresh_all()
        TermCount.objects.filter(term="pruning").update(people=3)
        TermChange.objects.create(terms=["pruning"], changes=[-2])

        assert recount() == []
        assert kept_counts() == true_counts()

    def test_counts_an_empty_pool(self):
        TermCount.objects.create(term="ghost", people=3)

        assert recount() == ["ghost"]
        assert kept_counts() == {}

    def test_is_not_needed_for_a_text_written_around_the_operations(self):
        candidate = make_candidate("Pruning", summary="Roses.")
        refresh_all()
        Candidate.objects.update(summary="Bread.")

        assert differing_terms([candidate.pk]) == [candidate.pk]
        refresh_all()

        assert differing_terms([candidate.pk]) == []
        assert kept_counts() == true_counts()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Real transactions, on connections of their own."""

    def test_imports_of_the_same_words_do_not_wait_for_each_other(self):
        people = [make_candidate("Pruning", "Roses", "Soil") for _number in range(40)]
        ids = [candidate.pk for candidate in people]

        answers = at_once(
            *(lambda part=part: refresh_search_rows(ids[part::4]) for part in range(4))
        )

        assert answers == [None] * 4
        add_changes()
        assert kept_counts() == true_counts()

    def test_the_same_person_written_twice_is_counted_once(self):
        ids = [make_candidate("Pruning", "Roses").pk for _number in range(5)]

        answers = at_once(
            *(lambda: refresh_search_rows(ids) for _number in range(3)),
            lambda: refresh_search_rows(ids[::-1]),
        )

        assert answers == [None] * 4
        add_changes()
        assert kept_counts() == true_counts()
        assert kept_counts()["pruning"] == 5

    def test_an_erased_person_deleted_twice_is_taken_out_once(self):
        gone = [make_candidate("Pruning", "Zymurgy") for _number in range(5)]
        make_candidate("Pruning")
        refresh_all()
        for candidate in gone:
            erase_candidate(candidate_id=candidate.pk, actor=ACTOR, erased_at=LATER)
        ids = [candidate.pk for candidate in gone]

        answers = at_once(*(lambda: refresh_search_rows(ids) for _number in range(4)))

        assert answers == [None] * 4
        add_changes()
        assert kept_counts() == true_counts()
        assert kept_counts()["pruning"] == 1

    def test_adding_recounting_and_writing_at_once_lose_nothing(self):
        ids = [make_candidate("Pruning", f"Skill {n % 7}").pk for n in range(30)]

        def write(part: int) -> None:
            for candidate_id in ids[part::3]:
                refresh_search_rows([candidate_id])

        def count() -> None:
            for _number in range(5):
                add_changes()
                assert recount() == []

        answers = at_once(
            lambda: write(0), lambda: write(1), lambda: write(2), count, count
        )

        assert answers == [None] * 5
        add_changes()
        assert kept_counts() == true_counts()
        assert not TermChange.objects.exists()
