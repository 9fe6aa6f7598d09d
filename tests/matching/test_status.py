"""How far indexing is."""

import pytest
from django.db import connection

from matching.status import indexing_status
from tests.factories import NOW, make_candidate, make_job
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db


def worker_seen(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (%s - make_interval(secs => %s))",
            [NOW, seconds_ago],
        )


class TestIndexingStatus:
    def test_counts_what_waits(self):
        make_job("Welding")
        make_candidate("Welding")
        make_candidate("Steel")

        status = indexing_status(now=NOW)

        assert (status.waiting_jobs, status.waiting_candidates) == (1, 2)
        assert not status.is_up_to_date

    def test_is_up_to_date_once_all_is_indexed(self):
        make_candidate("Welding")
        index_everything()

        assert indexing_status(now=NOW).is_up_to_date

    @pytest.mark.parametrize(("seconds", "alive"), [(5, True), (60, False)])
    def test_judges_the_worker_by_its_last_sign_of_life(self, seconds, alive):
        worker_seen(seconds_ago=seconds)

        assert indexing_status(now=NOW).worker_alive == alive
