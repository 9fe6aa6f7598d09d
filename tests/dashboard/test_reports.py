import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from recruit.accounts.models import User
from recruit.applications.choices import Stage
from recruit.applications.models import Application
from recruit.applications.operations import advance, apply, hire
from recruit.candidates.operations import erase_candidate
from recruit.jobs.models import Job
from recruit.reports.catalogue import REPORTS
from tests.dashboard.conftest import count_queries
from tests.factories import ACTOR, make_candidate, make_job

TODAY = timezone.now()


def came(job: Job, days_ago: int, **person: Any) -> Application:
    return apply(
        job_id=job.pk,
        candidate_id=make_candidate(**person).pk,
        actor=ACTOR,
        applied_at=TODAY - timedelta(days=days_ago),
    )


def hired(job: Job, *, came_ago: int, hired_ago: int, **person: Any) -> Application:
    application = came(job, came_ago, **person)
    at = TODAY - timedelta(days=hired_ago)
    advance(
        application_id=application.pk, to_stage=Stage.OFFER, actor=ACTOR, moved_at=at
    )
    return hire(application_id=application.pk, actor=ACTOR, moved_at=at)


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    content = b"".join(answer) if answer.streaming else answer.content
    return content.decode()


@pytest.fixture
def job(db: None) -> Job:
    return make_job(
        title="Head gardener",
        department="Parks",
        requisition_code="PRK-1",
        created_at=TODAY - timedelta(days=60),
    )


class TestReport:
    def test_leads_to_the_first_report(self, recruiting: Client):
        answer = recruiting.get("/reports/")

        assert answer.headers["Location"] == "/reports/time-to-fill/"

    def test_shows_figures_that_lead_to_their_rows(self, recruiting: Client, job: Job):
        hired(job, came_ago=30, hired_ago=10, family_name="Oak")
        hired(job, came_ago=400, hired_ago=390, family_name="Elm")

        page = shown(recruiting, "/reports/time-to-fill/?department=Parks&since=")
        year = shown(recruiting, "/reports/time-to-fill/")
        rows = shown(
            recruiting, "/reports/time-to-fill/rows/?column=contact&line=Parks"
        )

        assert ">15.0</a>" in page  # the middle of 20 and 10 days
        assert ">20.0</a>" in year
        assert "rows/?department=Parks&amp;since=&amp;column=contact" in page
        assert "Oak" in rows
        assert "Elm" not in rows

    def test_leads_from_a_source_to_its_stages(self, recruiting: Client, job: Job):
        for source in ("Fair & Co", "board"):
            Application.objects.filter(pk=came(job, 5).pk).update(source=source)

        sources = shown(recruiting, "/reports/sources/?department=Parks")
        address = "/reports/pass-through/?department=Parks&source=Fair+%26+Co"
        stages = shown(recruiting, address)

        assert address.replace("&", "&amp;") in sources
        assert 'value="Fair &amp; Co"' in stages
        assert "source=Fair+%26+Co&amp;column=reached" in stages
        assert re.search(r'data-label="Reached"><a [^>]+>1</a>', stages)

    @pytest.mark.parametrize("name", REPORTS)
    def test_has_as_many_rows_as_each_figure_says(
        self, name: str, recruiting: Client, job: Job
    ):
        hired(job, came_ago=30, hired_ago=10)
        for days_ago in (3, 9, 20):
            came(job, days_ago)

        table = recruiting.get(f"/reports/{name}/").context["table"]

        assert table.lines
        for line in table.lines:
            for cell in line.cells:
                asked = {"column": cell.column.key, "line": line.key}
                rows = recruiting.get(f"/reports/{name}/rows/", asked)
                assert rows.context["page"].paginator.count == cell.rows
                assert len(rows.context["rows"]) == cell.rows

    @pytest.mark.parametrize("name", REPORTS)
    def test_asks_no_more_of_the_database_for_more_rows(
        self, name: str, recruiting: Client, job: Job
    ):
        address, rows = f"/reports/{name}/", f"/reports/{name}/rows/"
        column = REPORTS[name].columns[0].key
        hired(job, came_ago=30, hired_ago=10)
        few = [
            count_queries(recruiting, one)
            for one in (address, f"{rows}?column={column}")
        ]

        for number in range(5):
            hired(make_job(department=f"D{number}"), came_ago=30, hired_ago=10)
            came(job, number)

        assert few == [
            count_queries(recruiting, one)
            for one in (address, f"{rows}?column={column}")
        ]

    @pytest.mark.parametrize(
        "query",
        [
            "since=2026-02-31",
            "until=9999-12-31",
            "since=2026-02-01&until=2026-01-01",
            "job=NONE-1",
            "job=%00",
            "job=HIDDEN-1",
        ],
    )
    def test_says_which_filter_cannot_be_used(self, query: str, recruiting: Client):
        make_job(requisition_code="HIDDEN-1", confidential=True)

        answer = recruiting.get(f"/reports/pass-through/?{query}")

        assert answer.status_code == 400
        assert 'role="alert"' in answer.content.decode()
        for end in ("rows/?column=reached&", "table.csv?", "rows.csv?"):
            refused = recruiting.get(f"/reports/pass-through/{end}{query}")
            assert refused.status_code == 400

    def test_counts_only_what_a_hiring_manager_may_see(
        self, managing: Client, hiring_manager: User, job: Job
    ):
        mine = make_job(department="Water", hiring_manager=hiring_manager)
        hired(mine, came_ago=30, hired_ago=10, family_name="Mine")
        hired(job, came_ago=30, hired_ago=10, family_name="Hidden")

        page = shown(managing, "/reports/time-to-fill/")
        rows = shown(managing, "/reports/time-to-fill/rows/?column=hires")
        file = shown(managing, "/reports/time-to-fill/rows.csv")

        assert "Water" in page
        assert "Parks" not in page
        assert "Mine" in rows
        assert "Hidden" not in rows + file

    def test_of_workload_is_no_business_of_a_hiring_manager(self, managing: Client):
        for end in ("", "rows/?column=jobs", "table.csv", "rows.csv"):
            assert managing.get(f"/reports/workload/{end}").status_code == 404
        assert "/reports/workload/" not in shown(managing, "/reports/sources/")

    def test_counts_an_erased_person_without_a_name(self, recruiting: Client, job: Job):
        application = hired(job, came_ago=30, hired_ago=10, family_name="Vanished")
        erase_candidate(
            candidate_id=application.candidate_id, actor=ACTOR, erased_at=TODAY
        )

        rows = shown(recruiting, "/reports/time-to-fill/rows/?column=hires")

        assert "Vanished" not in rows
        assert "Erased person" in rows
        assert f"/candidates/{application.candidate_id}/" not in rows

    def test_draws_no_chart_of_nothing(self, recruiting: Client):
        page = shown(recruiting, "/reports/pass-through/")

        assert '<svg class="chart"' not in page
        assert "Nothing to count" in page


class TestChart:
    def test_has_bars_as_wide_as_the_figures(self, recruiting: Client, job: Job):
        hired(job, came_ago=30, hired_ago=10)
        hired(make_job(department="Water"), came_ago=15, hired_ago=10)

        chart = recruiting.get("/reports/time-to-fill/").context["chart"]

        widths = {bar.label: bar.segments[0].width for bar in chart.bars}
        assert widths == {"Parks": "100.00%", "Water": "25.00%"}  # 20 and 5 days

    def test_puts_results_one_after_the_other(self, recruiting: Client, job: Job):
        came(job, 1)
        application = came(job, 2)
        advance(
            application_id=application.pk,
            to_stage=Stage.SCREENING,
            actor=ACTOR,
            moved_at=TODAY,
        )

        chart = recruiting.get("/reports/pass-through/").context["chart"]

        applied = chart.bars[0].segments
        assert [(one.tone, one.start, one.width) for one in applied] == [
            ("good", "0.00%", "50.00%"),
            ("plain", "50.00%", "50.00%"),
        ]


class TestCsv:
    def test_holds_the_table(self, recruiting: Client, job: Job):
        hired(job, came_ago=30, hired_ago=10)

        lines = shown(recruiting, "/reports/time-to-fill/table.csv").splitlines()

        assert lines[1:] == ["Parks,1,20.0,20.0,50.0", "All,1,20.0,20.0,50.0"]

    def test_holds_the_rows_of_a_figure(self, recruiting: Client, job: Job):
        came(job, 4, given_name="=cmd()", family_name="Oak")

        file = shown(recruiting, "/reports/time-in-stage/rows.csv?column=standing")

        header, line = file.splitlines()
        assert header.endswith("Person,Requisition code,Job,Counted as,From,To,Days")
        assert line.startswith("'=cmd() Oak,PRK-1,Head gardener,There now,")
        assert line.endswith(",,")
