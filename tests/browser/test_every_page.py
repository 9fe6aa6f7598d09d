"""Every page in a real browser: it fits, it is accessible, it keeps its policy."""

from typing import Any
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import URLPattern, resolve, reverse

from recruit.accounts.choices import Role
from recruit.dashboard.urls import urlpatterns
from recruit.jobs.operations import update_job
from tests.browser.arrivals import ARRIVALS
from tests.browser.conftest import Town
from tests.browser.looking import look, look_at, new_page, told
from tests.dashboard.conftest import client_of
from tests.factories import ACTOR, LATER, PASSWORD, make_user

PARTS = 4  # of the addresses, so that several processes share them
ERRORS = ("400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html")
ENTRANCE = (
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/none-none/",
    "/accounts/password/reset/key/done/",
)

# Addresses that give no page to look at.
NO_PAGE = {
    "reports": "leads to the first report",
    "criteria": "leads to the job, with its criteria open",
    "search_save": "leads to the candidates",
    "skill_suggest": "names for a script",
    "colleague_suggest": "names for a script",
    "tag_suggest": "names for a script",
    "import_rejected": "a file",
    "document_file": "a file",
    "shortlist_csv": "a file",
    "shortlist_xlsx": "a file",
    "report_csv": "a file",
    "report_rows_csv": "a file",
}
ARGUMENTS = {"code": "GRD-1", "number": 1}


@pytest.fixture
def opened(browser: Any, live_server: Any) -> Any:
    """Give a page that notes what the browser complains about."""
    page = new_page(browser, base_url=live_server.url)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.context.close()
    assert [text for text in complaints if "Failed to load" not in text] == []


@pytest.mark.browser
@pytest.mark.long
class TestEveryPage:
    @pytest.mark.parametrize("part", range(PARTS))
    def test_fits_and_is_accessible(self, opened, everywhere, sign_in, part):
        sign_in(opened)

        _look_at_all(opened, everywhere[part::PARTS])

    @pytest.mark.usefixtures("ranked")
    def test_is_so_after_something_was_done(self, opened, town, sign_in):
        sign_in(opened)
        wrong = {}
        for arrive in ARRIVALS:
            arrive(opened, town)
            if problems := look_at(opened):
                wrong[arrive.__name__] = problems

        assert not wrong, told(wrong)

    @pytest.mark.usefixtures("ranked")
    def test_is_so_for_hiring_managers(self, opened, live_server, town):
        manager = make_user(Role.HIRING_MANAGER)
        update_job(
            job_id=town.job.pk,
            fields={"hiring_manager": manager},
            actor=ACTOR,
            changed_at=LATER,
        )
        sign_in_as(opened, live_server, manager.email)
        job = "/jobs/GRD-1/"
        parts = ("", "pipeline/", "pipeline/?view=list", "shortlist/", "met-before/")

        _look_at_all(opened, ["/", *(f"{job}{part}" for part in parts)])

    def test_is_so_at_the_entrance(self, opened, town):
        _look_at_all(opened, ENTRANCE)

    @pytest.mark.usefixtures("town")
    def test_is_so_where_something_went_wrong(self, opened):
        for name in ERRORS:
            page = render_to_string(name, {"sentence": "The database is away."})
            opened.route(f"**/{name}/", _answering(page))

        _look_at_all(opened, [f"/{name}/" for name in ERRORS])


def _answering(body: str) -> Any:
    return lambda route: route.fulfill(body=body, content_type="text/html")


def _look_at_all(page: Any, addresses: Any) -> None:
    found = {address: look(page, address) for address in addresses}
    wrong = {address: problems for address, problems in found.items() if problems}
    assert not wrong, told(wrong)


def sign_in_as(page: Any, live_server: Any, email: str) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"{live_server.url}/")


class TestEveryName:
    @pytest.mark.django_db(transaction=True)
    def test_of_an_address_is_looked_at_or_gives_no_page(
        self, town: Town, everywhere: list[str]
    ):
        looked_at = {_name_of(address) for address in everywhere}
        client = client_of(town.recruiter)

        forgotten = [
            pattern.name
            for pattern in urlpatterns
            if pattern.name not in looked_at
            and _without_report(pattern) not in NO_PAGE
            and not _is_only_sent_to(client, pattern)
        ]

        assert forgotten == []


def _name_of(address: str) -> str | None:
    path = address.partition("?")[0]
    return None if path == "/nowhere/" else resolve(path).url_name


def _without_report(pattern: URLPattern) -> str:
    """Return the name of an address, without the report that it is one of."""
    name = pattern.name or ""
    report = pattern.default_args.get("name")
    return name.removesuffix(f"_{report}") if report else name


def _is_only_sent_to(client: Client, pattern: URLPattern) -> bool:
    names = pattern.pattern.converters
    given = {name: ARGUMENTS.get(name, uuid4()) for name in names}
    address = reverse(f"dashboard:{pattern.name}", kwargs=given)
    return client.get(address).status_code == 405
