"""The import wizard in a real browser, with a file that is partly bad."""

import re
from pathlib import Path
from typing import Any

import pytest

from recruit.candidates.models import Candidate
from recruit.imports.models import FileImport
from tests.browser.looking import look, new_page
from tests.imports.sent import work_on
from tests.imports.workbooks import workbook

CONTENT = workbook(
    ["Our people"],
    ["Wer", "Post", "Können", "Note"],
    ["Ilse Ahrens", "ilse@example.org", "Pruning; Grafting", "=1+1"],
    ["Jon Berg", "none", "Pruning", None],
    ["Kaja Dahl", "#N/A", "Pruning", None],
    ["Lars Ek", "lars@example.org", "Digging", None],
)


@pytest.fixture(autouse=True)
def _uploads(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def work() -> None:
    work_on(FileImport.objects.get().pk)


@pytest.mark.browser
@pytest.mark.usefixtures("town")
class TestImportWizard:
    @pytest.fixture(params=[True, False], ids=["script", "no script"])
    def visitor(self, browser, sign_in, request):
        context = browser.new_context(java_script_enabled=request.param)
        page = context.new_page()
        sign_in(page)
        yield page
        context.close()

    def test_leads_a_bad_file_to_its_good_rows(self, visitor, live_server, tmp_path):
        path = tmp_path / "our people.xlsx"
        path.write_bytes(CONTENT)
        before = Candidate.objects.count()

        visitor.goto(f"{live_server.url}/imports/")
        visitor.set_input_files("input[type=file]", str(path))
        visitor.get_by_role("button", name="Look at the file").click()
        visitor.get_by_label("Wer").select_option("name")
        visitor.get_by_label("Post").select_option("email")
        visitor.get_by_label("Können").select_option("skills")
        visitor.get_by_role("button", name="Check all rows").click()
        visitor.get_by_role("heading", name="Every row is being checked").wait_for()
        work()
        visitor.goto(visitor.url)
        visitor.get_by_text("would be created").wait_for()
        told = visitor.get_by_role("region", name="Table of the rejected rows")
        reasons = told.inner_text()
        visitor.get_by_role("button", name="Import the 2 good rows").click()
        visitor.get_by_role("heading", name="The rows are being imported").wait_for()
        work()
        visitor.goto(visitor.url)
        with visitor.expect_download() as download:
            visitor.get_by_role("link", name="Download the rejected rows").click()

        assert "Row 4, email: “none” is not an e-mail address." in reasons
        assert "Row 5, email: It holds the error #N/A of a spreadsheet." in reasons
        assert Candidate.objects.count() == before + 2
        assert re.match("our people.rejected.csv", download.value.suggested_filename)
        rejected = Path(download.value.path()).read_text(encoding="utf-8-sig")
        assert "Jon Berg" in rejected

    def test_shows_by_itself_that_it_is_done(
        self, page, sign_in, live_server, tmp_path
    ):
        path = tmp_path / "people.csv"
        path.write_text("name\nKim Ek\n")
        sign_in(page)
        page.goto(f"{live_server.url}/imports/")
        page.set_input_files("input[type=file]", str(path))
        page.get_by_role("button", name="Look at the file").click()
        page.get_by_role("button", name="Import without a check").click()
        page.get_by_role("heading", name="The rows are being imported").wait_for()

        work()

        page.get_by_role("link", name="Go to the candidates").wait_for(timeout=10_000)

    def test_fits_and_is_accessible_at_each_step(
        self, browser, sign_in, live_server, tmp_path
    ):
        path = tmp_path / f"{'long' * 30}.csv"
        headers = ",".join(f"Column of a very long name {n}" for n in range(12))
        path.write_text(f"name,email,{headers}\nKim,{'x' * 200}{',y' * 12}\n")
        page = new_page(browser)
        sign_in(page)
        page.goto(f"{live_server.url}/imports/")
        page.set_input_files("input[type=file]", str(path))
        page.get_by_role("button", name="Look at the file").click()
        address = page.url

        problems = look(page, address)
        page.get_by_role("button", name="Check all rows").click()
        page.get_by_role("button", name="Stop").wait_for()
        problems += look(page, address)
        work()
        problems += look(page, address)
        page.context.close()

        assert problems == []
