import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from matching.conf import encoder_identity
from matching.groups.pool import group_pool
from matching.groups.reading import Density, density, pool_map
from matching.queue import GROUP_POOL
from matching.tasks import group_people
from recruit.candidates.inputs import ExperienceInput
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate
from tests.dashboard.conftest import count_queries
from tests.factories import ACTOR, LATER, NOW, make_candidate, make_job
from tests.matching.indexed import index_everything

MAP = "/map/"


def make_people(count: int, title: str, *skills: str) -> list[Candidate]:
    return [
        make_candidate(
            *skills, headline=title, experience=[ExperienceInput(title=title)]
        )
        for _number in range(count)
    ]


@pytest.fixture
def trades(db: None) -> list[Candidate]:
    """Give six welders and two nurses, put into two groups, and a job for a nurse."""
    welders = make_people(6, "Welder", "Welding", "Steel work", "Driving")
    nurses = make_people(2, "Nurse", "Patient care", "Triage", "Driving")
    make_job("Patient care", "Triage", title="Nurse")
    index_everything()
    group_pool(encoder=encoder_identity(), count=2, made_at=NOW)
    return [*welders, *nurses]


class TestPoolMap:
    def test_offers_one_button_where_no_map_was_made(self, recruiting: Client):
        before = recruiting.get(MAP).content.decode()
        recruiting.post("/map/make/")
        recruiting.post("/map/make/")
        after = recruiting.get(MAP).content.decode()

        assert "Make the map" in before
        assert "Make the map" not in after
        assert "waits for the indexing worker" in after
        assert ProcrastinateJob.objects.filter(task_name=GROUP_POOL).count() == 1

    def test_is_made_by_the_worker(self, trades: list[Candidate]):
        group_people()

        found = pool_map(None)

        assert found is not None
        assert found.people == len(trades)

    @pytest.mark.django_db
    def test_is_not_made_of_nobody(self):
        group_people()

        assert pool_map(None) is None

    @pytest.mark.usefixtures("trades")
    def test_shows_groups_with_what_is_typical_of_them(self, recruiting: Client):
        page = recruiting.get(MAP)

        welders, nurses = page.context["map"].groups
        assert (welders.title, welders.people, welders.open_jobs) == ("Welder", 6, 0)
        assert (nurses.title, nurses.people, nurses.open_jobs) == ("Nurse", 2, 1)
        assert "Steel work" in {one["skill"] for one in welders.skills}
        assert 'href="/map/1/"' in page.content.decode()

    def test_counts_who_is_there_today(
        self, recruiting: Client, trades: list[Candidate]
    ):
        erase_candidate(candidate_id=trades[0].pk, actor=ACTOR, erased_at=LATER)

        page = recruiting.get(MAP)
        people = recruiting.get("/map/1/")

        assert page.context["map"].groups[0].people == 5
        assert people.context["page"].paginator.count == 5

    def test_leads_to_the_people_of_a_group(
        self, recruiting: Client, trades: list[Candidate]
    ):
        page = recruiting.get("/map/2/")

        assert {one.pk for one in page.context["page"]} == {
            one.pk for one in trades[6:]
        }
        assert recruiting.get("/map/3/").status_code == 404
        assert recruiting.get("/map/99999999999/").status_code == 404

    @pytest.mark.usefixtures("trades")
    def test_says_that_another_encoder_reads_since(self, recruiting: Client):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE matching_poolgrouping SET encoder = 'other'")

        page = recruiting.get(MAP).content.decode()

        assert "Another encoder" in page

    @pytest.mark.usefixtures("trades")
    def test_asks_as_much_of_the_database_for_more_people(self, recruiting: Client):
        few = [count_queries(recruiting, one) for one in (MAP, "/map/1/")]
        make_people(5, "Welder", "Welding", "Steel work")
        make_people(5, "Diver", "Diving", "Swimming")
        index_everything()
        group_pool(encoder=encoder_identity(), count=3, made_at=NOW)

        assert [count_queries(recruiting, one) for one in (MAP, "/map/1/")] == few

    def test_is_no_business_of_a_hiring_manager(self, managing: Client):
        assert managing.get(MAP).status_code == 404
        assert managing.post("/map/make/").status_code == 404
        assert MAP not in managing.get("/").content.decode()


class TestDensity:
    @pytest.mark.parametrize(
        ("people", "expected"),
        [
            (4, Density.THIN),
            (5, Density.USUAL),
            (15, Density.USUAL),
            (16, Density.THICK),
        ],
    )
    def test_is_told_against_the_mean_group(self, people: int, expected: Density):
        assert density(people, mean=10) is expected
