"""Every page of the admin site, judged by axe in a browser."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from recruit.accounts.choices import Role
from recruit.applications.models import DispositionReason
from recruit.jobs.models import Job
from tests.admin.rows import ONE_MORE
from tests.admin.test_changelists import REGISTERED, list_of
from tests.factories import make_application, make_user

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PARTS = 6  # of the models, so that several processes share them
PHONE = {"width": 390, "height": 844}


def violations(page: "Page") -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{urlsplit(page.url).path} {one['id']}: {node['html'][:200]}"
        for one in found
        for node in one["nodes"]
    ]


def judge(found: list[str]) -> None:
    """Fail with every finding on a line of its own."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def pages_of(model: type[Model], client: Client) -> Iterator[str]:
    """Yield the addresses of a model's list, add form and change form."""
    meta = model._meta
    row = model._default_manager.order_by("pk").last()
    assert row is not None
    name = f"admin:{meta.app_label}_{meta.model_name}"
    yield list_of(model)
    for address in (reverse(f"{name}_add"), reverse(f"{name}_change", args=[row.pk])):
        if client.get(address).status_code == 200:
            yield address


@pytest.fixture
def rows() -> None:
    """Give each list a row; what migrations had added may be gone by now."""
    for outcome in ("rejected", "withdrawn"):
        DispositionReason.objects.get_or_create(
            code=f"any-{outcome}", defaults={"label": "Any", "outcome": outcome}
        )
    for make in ONE_MORE.values():
        make()


@pytest.fixture
def signed_in(page: "Page", live_server: "LiveServer") -> Client:
    client = Client()
    client.force_login(make_user(Role.ADMINISTRATOR))
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([{**session, "url": live_server.url}])  # type: ignore[typeddict-item]
    return client


@pytest.fixture
def complaints(page: "Page") -> list[str]:
    """Collect what scripts and the Content-Security-Policy complain about."""
    heard: list[str] = []

    def listen(said: "ConsoleMessage") -> None:
        # From nowhere come axe's own styles; browsers ask for an icon unbidden.
        address = said.location["url"]
        if said.type == "error" and address and not address.endswith("/favicon.ico"):
            heard.append(said.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.mark.long
class TestAdminPages:
    @pytest.mark.parametrize("part", range(PARTS))
    @pytest.mark.usefixtures("rows")
    def test_of_models_are_accessible(
        self, part, page, live_server, signed_in, complaints
    ):
        found = []
        for model in REGISTERED[part::PARTS]:
            for address in pages_of(model, signed_in):
                page.goto(f"{live_server.url}{address}")
                found += violations(page)

        judge([*found, *complaints])

    def test_at_the_entrance_are_accessible(
        self, page, live_server, rows, signed_in, complaints
    ):
        apps = {model._meta.app_label for model in admin.site._registry}
        found = []
        for address in ["/admin/", *(f"/admin/{label}/" for label in sorted(apps))]:
            page.goto(f"{live_server.url}{address}")
            found += violations(page)

        judge([*found, *complaints])

    def test_besides_forms_are_accessible(self, page, live_server, rows, signed_in):
        job = Job.objects.latest("created_at")
        found = []
        for rest in ("?q=nothing", f"{job.pk}/history/", f"{job.pk}/delete/"):
            page.goto(f"{live_server.url}/admin/jobs/job/{rest}")
            found += violations(page)

        judge(found)

    def test_on_a_phone_are_accessible(self, page, live_server, rows, signed_in):
        page.set_viewport_size(PHONE)
        found = []
        for kind in ("jobs/job", "candidates/candidate", "applications/application"):
            page.goto(f"{live_server.url}/admin/{kind}/")
            found += violations(page)
            with page.expect_navigation():
                page.click("#result_list tbody th a")
            found += violations(page)

        judge(found)

    def test_of_refused_forms_are_accessible(
        self, page, live_server, rows, signed_in, complaints
    ):
        found = []
        for kind in ("jobs/job", "candidates/candidate", "accounts/user"):
            page.goto(f"{live_server.url}/admin/{kind}/add/")
            with page.expect_navigation():
                page.click("input[name=_save]")
            assert page.locator(".errornote").count() == 1
            found += violations(page)

        judge(found)

    def test_with_added_rows_are_accessible(self, page, live_server, rows, signed_in):
        page.goto(f"{live_server.url}/admin/candidates/candidate/add/")
        for link in page.locator(".add-row a, .addlink").all():
            if link.is_visible() and "Add another" in link.inner_text():
                link.click()

        judge(violations(page))

    def test_before_an_erasure_are_accessible(self, page, live_server, rows, signed_in):
        make_application()
        page.goto(f"{live_server.url}/admin/candidates/candidate/")
        page.check("#result_list tbody input[type=checkbox] >> nth=0")
        page.select_option("select[name=action]", "erase_selected")
        with page.expect_navigation():
            page.click("button[name=index]")

        assert page.locator("text=This cannot be taken back").count() == 1
        judge(violations(page))

    def test_with_a_new_token_are_accessible(self, page, live_server, rows, signed_in):
        page.goto(f"{live_server.url}/admin/accounts/apitoken/add/")
        page.fill("#id_name", "feed")
        page.check("#id_scopes_0")
        page.click(".field-user .select2-selection")
        page.fill(".select2-search__field", "Use")
        page.click(".select2-results__option >> nth=0")
        found = violations(page)
        with page.expect_navigation():
            page.click("input[name=_save]")

        assert page.locator("#token-secret").count() == 1
        judge([*found, *violations(page)])
