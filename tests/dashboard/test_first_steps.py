from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.candidates.models import Candidate
from recruit.dashboard.first_steps import FirstSteps, Step
from recruit.demo.operations import LOAD, PeopleAreThere, ask_for_demo
from recruit.demo.removal import remove_demo
from recruit.deployment.milestones import demo_is_asked_for, is_demo_awaited
from recruit.deployment.start import needs_demo
from recruit.organisation.models import Organisation
from recruit.organisation.operations import name_organisation, put_guide_away
from tests.dashboard.conftest import client_of, count_queries
from tests.dashboard.test_candidate_form import form_of
from tests.factories import ACTOR, LATER, NOW, make_candidate, make_job, make_user
from tests.matching.indexed import index_everything
from tests.matching.workers import see_no_worker, see_worker

SKILLS = ("Pruning", "Roses", "Soil")
MANY_WORDS = "Prunes old roses and hedges in the parks of the town, and grafts apples."


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def make_demo_person() -> Candidate:
    return make_candidate(source="demo", external_id="1")


class TestFirstSteps:
    def test_leads_to_the_first_that_is_left(self):
        steps = FirstSteps(frozenset({Step.COMPANY}), is_administrator=True)

        assert steps.next is Step.JOB

    def test_leads_recruiters_past_what_they_may_not_do(self):
        steps = FirstSteps(frozenset(), is_administrator=False)

        assert steps.next is Step.JOB

    def test_is_over_after_the_first_ranking_with_or_without_a_name(self):
        done = frozenset({Step.JOB, Step.PEOPLE, Step.RANKING})
        steps = FirstSteps(done, is_administrator=True)

        assert steps.is_over
        assert not steps.is_shown
        assert steps.next is Step.COMPANY

    def test_keeps_out_of_the_way_of_demo_data(self):
        done = frozenset({Step.PEOPLE})
        steps = FirstSteps(done, is_administrator=True, has_demo=True)

        assert not steps.is_shown
        assert steps.is_offered
        assert not FirstSteps(done, is_administrator=False, has_demo=True).is_offered

    def test_is_shown_beside_demo_data_once_there_is_a_job_of_ones_own(self):
        done = frozenset({Step.JOB, Step.PEOPLE})

        assert FirstSteps(done, is_administrator=True, has_demo=True).is_shown


class TestHome:
    def test_of_an_empty_installation_leads_to_the_guide(
        self, recruiting: Client, administrating: Client
    ):
        for client in (recruiting, administrating):
            page = shown(client, "/")
            assert "Four steps" in page
            assert 'href="/jobs/new/text/?guide=1"' in page
            assert "Recent activity" not in page

    def test_is_as_usual_after_the_first_ranking(self, recruiting: Client):
        make_job("Pruning", description=MANY_WORDS)
        make_candidate(*SKILLS, summary=MANY_WORDS)
        index_everything()

        page = shown(recruiting, "/")

        assert 'href="/start/"' not in page
        assert "Recent activity" in page

    def test_shows_what_is_left_beside_what_is_there(self, recruiting: Client):
        make_job()

        page = shown(recruiting, "/")

        assert 'href="/start/"' in page
        assert "Recent activity" in page

    def test_says_that_demo_data_comes(self, administrating: Client):
        demo_is_asked_for()

        assert "demo data is being loaded" in shown(administrating, "/")

    def test_offers_administrators_to_begin_with_their_own(
        self, recruiting: Client, administrating: Client
    ):
        make_demo_person()

        assert "Start with your own" in shown(administrating, "/")
        assert "Start with your own" not in shown(recruiting, "/")

    def test_shows_the_guide_once_the_demo_data_is_removed(
        self, administrating: Client
    ):
        make_demo_person()

        answer = administrating.post("/demo/remove/?guide=1", {"added": "remove"})

        assert answer.headers["Location"] == "/start/"
        assert "Four steps" in shown(administrating, "/")

    def test_leaves_a_put_away_guide_out(self, administrating: Client):
        administrating.post("/start/put-away/")

        page = shown(administrating, "/")

        assert "Four steps" not in page
        assert "No open job yet" in page
        assert "Company and first steps" in page

    def test_tells_a_hiring_manager_nothing_of_it(self, managing: Client):
        assert "/start/" not in shown(managing, "/")


class TestStartPage:
    def test_tells_recruiters_what_an_administrator_does(self, recruiting: Client):
        make_user(Role.ADMINISTRATOR, name="Marta Lindqvist")

        page = shown(recruiting, "/start/")

        assert "An administrator names it: Marta Lindqvist" in page
        assert "/start/company/" not in page
        assert "/start/put-away/" not in page

    def test_goes_on_where_it_was_left(self, administrating: Client):
        name_organisation(name="Acme", actor=ACTOR, named_at=NOW)
        make_job(title="Tree surgeon")

        answer = administrating.get("/start/")

        assert answer.context["steps"].next is Step.PEOPLE
        assert "Tree surgeon" in answer.content.decode()

    def test_takes_a_demo_job_for_none_of_ones_own(self, administrating: Client):
        make_job(source="demo", external_id="1")

        assert Step.JOB not in administrating.get("/start/").context["steps"].done

    def test_knows_no_confidential_job_of_others(self, recruiting: Client):
        make_job(title="Secret", confidential=True)

        page = shown(recruiting, "/start/")

        assert "Secret" not in page

    def test_is_put_away_and_shown_again_by_an_administrator(
        self, administrating: Client
    ):
        administrating.post("/start/put-away/")
        was = Organisation.objects.get().is_guide_put_away
        administrating.post("/start/put-away/", {"show": "yes"})

        assert was
        assert not Organisation.objects.get().is_guide_put_away

    def test_asks_equally_often_for_little_and_for_much(self, recruiting: Client):
        make_job()
        few = count_queries(recruiting, "/start/")
        for _number in range(5):
            make_job()
            make_user(Role.ADMINISTRATOR)

        assert count_queries(recruiting, "/start/") == few


class TestCompanyPage:
    def test_names_the_company_on_every_page(
        self, administrating: Client, recruiting: Client, client: Client
    ):
        answer = administrating.post("/start/company/", {"name": "Acme <Gardens>"})

        assert answer.headers["Location"] == "/start/"
        page = shown(recruiting, "/jobs/")
        assert "<title>Jobs · Acme &lt;Gardens&gt;</title>" in page
        assert "Acme &lt;Gardens&gt;" in shown(client, "/accounts/login/")

    def test_names_the_company_on_what_is_printed(self, recruiting: Client):
        name_organisation(name="Acme", actor=ACTOR, named_at=NOW)
        job = make_job()
        address = f"/jobs/{job.requisition_code}/shortlist/print/"

        assert '<p class="letterhead">Acme</p>' in shown(recruiting, address)

    @pytest.mark.parametrize("name", ["", "\u200b", "x" * 121])
    def test_says_what_is_wrong_with_a_name(self, administrating: Client, name: str):
        answer = administrating.post("/start/company/", {"name": name})

        assert answer.status_code == 422
        assert not Organisation.objects.exclude(name="").exists()

    def test_is_of_administrators(self, recruiting: Client):
        assert recruiting.get("/start/company/").status_code == 404
        assert recruiting.post("/start/company/", {"name": "X"}).status_code == 404


class TestPeoplePage:
    def test_offers_demo_data_to_administrators_alone(
        self, recruiting: Client, administrating: Client
    ):
        assert "Load the demo data" in shown(administrating, "/start/people/")
        assert "An administrator can load it" in shown(recruiting, "/start/people/")

    def test_has_the_worker_load_demo_data_and_tells_so(self, administrating: Client):
        see_worker()

        answer = administrating.post("/start/demo/", follow=True)

        assert "demo data is being loaded" in answer.content.decode()
        assert is_demo_awaited()

    def test_says_that_no_worker_loads_it(self, administrating: Client):
        see_no_worker()

        answer = administrating.post("/start/demo/", follow=True)

        assert "The worker is not running" in answer.content.decode()

    def test_puts_no_demo_people_among_others(self, administrating: Client):
        make_candidate()

        answer = administrating.post("/start/demo/", follow=True)

        assert "demo data stays out" in answer.content.decode()
        assert not is_demo_awaited()

    def test_leads_back_here_after_somebody_was_added_by_hand(self, recruiting: Client):
        answer = recruiting.post("/candidates/new/?guide=1", form_of())

        assert answer.headers["Location"] == "/start/"


class TestAskForDemo:
    def test_is_loaded_again_after_it_was_removed(self, db: None):
        administrator = make_user(Role.ADMINISTRATOR)
        remove_demo(actor=Actor.of(administrator), removed_at=LATER)

        ask_for_demo(owner=administrator)

        assert needs_demo()

    def test_asks_once_for_two_clicks(self, db: None):
        administrator = make_user(Role.ADMINISTRATOR)
        for _click in range(2):
            ask_for_demo(owner=administrator)

        assert ProcrastinateJob.objects.filter(task_name=LOAD).count() == 1

    def test_refuses_beside_people(self, db: None):
        make_candidate()

        with pytest.raises(PeopleAreThere):
            ask_for_demo(owner=make_user(Role.ADMINISTRATOR))


class TestRankingPage:
    def test_leads_back_while_there_is_no_job_or_nobody(self, recruiting: Client):
        make_job()

        assert recruiting.get("/start/ranking/").headers["Location"] == "/start/"

    def test_says_how_far_the_reading_is(self, recruiting: Client):
        see_worker()
        make_job("Pruning", description=MANY_WORDS)
        make_candidate(*SKILLS, summary=MANY_WORDS)
        index_everything()
        make_candidate(*SKILLS, summary=MANY_WORDS)

        page = shown(recruiting, "/start/ranking/")

        assert "1 of 2 people are read" in page
        assert "Open the ranked list" in page

    def test_waits_for_the_job(self, recruiting: Client):
        see_worker()
        make_job("Pruning", description=MANY_WORDS)
        make_candidate("Pruning")

        page = shown(recruiting, "/start/ranking/")

        assert "The job waits to be read" in page
        assert 'hx-trigger="load delay:2s"' in page
        assert "Open the ranked list" not in page

    def test_says_that_no_worker_runs(self, recruiting: Client):
        see_worker(at=timezone.now() - timedelta(hours=1))
        make_job()
        make_candidate()

        assert "The worker is not running" in shown(recruiting, "/start/ranking/")

    def test_leads_to_the_ranked_job(self, recruiting: Client):
        job = make_job("Pruning", description=MANY_WORDS)
        make_candidate(*SKILLS, given_name="Ada", summary=MANY_WORDS)
        index_everything()

        page = shown(recruiting, "/start/ranking/")

        assert "Ada" in page
        assert f'href="/jobs/{job.requisition_code}/"' in page
        assert "hx-trigger" not in page.split('id="ranking"')[1]

    def test_says_that_a_job_says_too_little(self, recruiting: Client):
        make_job(title="Cook")
        make_candidate(*SKILLS, summary=MANY_WORDS)
        index_everything()

        assert "says too little" in shown(recruiting, "/start/ranking/")

    def test_says_that_nobody_says_enough(self, recruiting: Client):
        make_job("Pruning", description=MANY_WORDS)
        make_candidate(given_name="Thin")
        index_everything()

        assert "Nobody can be ranked yet" in shown(recruiting, "/start/ranking/")


class TestManagers:
    @pytest.mark.parametrize(
        "address", ["/start/", "/start/people/", "/start/ranking/", "/jobs/new/text/"]
    )
    def test_find_no_guide(self, managing: Client, address: str):
        assert managing.get(address).status_code == 404


class TestPuttingAway:
    def test_is_not_for_recruiters(self, recruiting: Client, recruiter: User):
        assert recruiting.post("/start/put-away/").status_code == 404
        put_guide_away(actor=ACTOR, put_away_at=NOW)
        page = shown(client_of(recruiter), "/")
        assert "Four steps" not in page
