from decimal import Decimal

import pytest
from django.test import Client

from recruit.accounts.models import User
from recruit.candidates.inputs import DocumentInput, ExperienceInput
from recruit.candidates.operations import erase_candidate
from tests.dashboard.conftest import count_queries
from tests.factories import ACTOR, LATER, make_application, make_candidate, make_job
from tests.matching.indexed import index_everything

CANDIDATES = "/candidates/"


class TestCandidateList:
    def test_shows_people_with_headline_and_skills(self, recruiting: Client):
        make_candidate("Pruning", given_name="Ada", headline="Gardener of roses")

        shown = recruiting.get(CANDIDATES).content.decode()

        assert "Ada" in shown
        assert "Gardener of roses" in shown
        assert "Pruning" in shown

    def test_leaves_erased_people_out(self, recruiting: Client):
        gone = make_candidate(given_name="Ada")
        erase_candidate(candidate_id=gone.pk, actor=ACTOR, erased_at=LATER)

        assert not recruiting.get(CANDIDATES).context["page"].object_list
        assert recruiting.get(f"/candidates/{gone.pk}/").status_code == 404

    def test_shows_a_hiring_manager_who_applied_for_their_jobs(
        self, managing: Client, hiring_manager: User
    ):
        applied = make_candidate()
        make_application(make_job(hiring_manager=hiring_manager), applied)
        other = make_candidate()

        page = managing.get(CANDIDATES)

        assert list(page.context["page"]) == [applied]
        assert managing.get(f"/candidates/{applied.pk}/").status_code == 200
        assert managing.get(f"/candidates/{other.pk}/").status_code == 404

    @pytest.mark.parametrize("words", ["x" * 10_000, "a\x00b", "!!! ???", "%", "'"])
    def test_says_what_is_wrong_with_a_search(self, recruiting: Client, words: str):
        page = recruiting.get(CANDIDATES, {"q": words})

        assert page.status_code == 400
        assert 'role="alert"' in page.content.decode()

    @pytest.mark.parametrize(
        "words", ["a", "the and of", '"open', "-x", "or or", "a & | b"]
    )
    def test_answers_any_words_with_a_page(self, recruiting: Client, words: str):
        make_candidate()

        assert recruiting.get(CANDIDATES, {"q": words}).status_code == 200

    def test_asks_equally_often_for_many_people(
        self, recruiting: Client, django_assert_num_queries
    ):
        for _number in range(15):
            make_candidate("Pruning", "Grafting")
        index_everything()

        with django_assert_num_queries(11):
            recruiting.get(CANDIDATES)


class TestProfile:
    def test_shows_what_is_known_of_a_person(self, recruiting: Client):
        person = make_candidate(
            "Pruning",
            given_name="Ada",
            emails=["ada@example.org"],
            experience=[ExperienceInput(title="Head gardener")],
            documents=[DocumentInput(title="CV", text="Cut hedges for years")],
        )
        make_application(make_job(title="Tree surgeon"), person)

        shown = recruiting.get(f"/candidates/{person.pk}/").content.decode()

        for text in (
            "Pruning",
            "ada@example.org",
            "Head gardener",
            "Cut hedges",
            "Tree surgeon",
            "Added to the pipeline",
        ):
            assert text in shown

    def test_breaks_an_address_at_its_parts(self, recruiting: Client):
        person = make_candidate(emails=["ada.novak@example.org", "a&b@c.org"])

        shown = recruiting.get(f"/candidates/{person.pk}/").content.decode()

        assert ">ada<wbr>.novak@<wbr>example<wbr>.org</a>" in shown
        assert ">a&amp;b@<wbr>c<wbr>.org</a>" in shown

    @pytest.mark.parametrize(
        ("years", "words"),
        [
            (None, None),
            (Decimal("1.0"), "1 year of experience"),
            (Decimal("7.5"), "7.5 years of experience"),
        ],
    )
    def test_says_how_long_a_person_has_worked(
        self, recruiting: Client, years: Decimal | None, words: str | None
    ):
        person = make_candidate(years_of_experience=years)

        shown = recruiting.get(f"/candidates/{person.pk}/").content.decode()

        assert (words in shown) if words else ("of experience" not in shown)

    def test_makes_links_of_web_addresses_only(self, recruiting: Client):
        person = make_candidate(links=["https://example.org/ada"])
        type(person).objects.filter(pk=person.pk).update(
            links=["https://example.org/ada", "javascript:alert(1)"]
        )

        shown = recruiting.get(f"/candidates/{person.pk}/").content.decode()

        link = 'href="https://example.org/ada" rel="noopener nofollow ugc"'
        assert link in shown
        assert 'href="javascript' not in shown

    def test_shows_user_text_as_text(self, recruiting: Client):
        person = make_candidate(
            "<i>Pruning</i>",
            given_name="<script>alert(1)</script>",
            summary="<img src=x onerror=alert(1)>",
        )

        shown = recruiting.get(f"/candidates/{person.pk}/").content.decode()

        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "<i>Pruning" not in shown

    def test_hides_applications_on_jobs_out_of_sight(self, recruiting: Client):
        person = make_candidate()
        make_application(make_job(title="Secret", confidential=True), person)

        shown = recruiting.get(f"/candidates/{person.pk}/").content.decode()

        assert "Secret" not in shown

    def test_does_not_exist_for_an_id_that_is_nobodys(self, recruiting: Client):
        nobody = "00000000-0000-7000-8000-000000000000"

        assert recruiting.get(f"/candidates/{nobody}/").status_code == 404
        assert recruiting.get("/candidates/not-an-id/").status_code == 404

    def test_asks_equally_often_for_little_and_for_much(self, recruiting: Client):
        person = make_candidate("Pruning", "Roses")
        make_application(candidate=person)
        few = count_queries(recruiting, f"/candidates/{person.pk}/")
        for _number in range(8):
            make_application(candidate=person)
        make_job("Pruning")

        assert count_queries(recruiting, f"/candidates/{person.pk}/") == few
