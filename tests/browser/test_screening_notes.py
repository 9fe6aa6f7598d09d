"""Notes while screening by keyboard: without a connection, without scripts."""

from typing import Any

import pytest

from recruit.applications.blinding import hide_names
from recruit.applications.choices import Stage
from recruit.notes.models import Note
from recruit.notes.queries import mentions_of
from tests.browser.stopping import lose_first_answer
from tests.browser.test_screening import address_of, heading, start
from tests.factories import ACTOR, NOW, make_user

pytestmark = pytest.mark.browser

KEEPS_NOTHING = "Storage.prototype.setItem = () => { throw new Error('full'); };"


def notes(**about: Any) -> Any:
    # The town has notes of its own.
    return Note.objects.filter(candidate__given_name__startswith="Person", **about)


def wait_for_notes(page: Any, count: int) -> None:
    for _ in range(100):
        if notes().count() == count:
            return
        page.wait_for_timeout(100)
    assert notes().count() == count


@pytest.fixture
def screened(page: Any, live_server: Any, town: Any, sign_in: Any) -> Any:
    """Give the page of the first of three people, at hand all of them."""
    screening = start(town, 3)
    sign_in(page)
    page.goto(f"{live_server.url}{address_of(screening)}")
    heading(page, "Person 1")
    page.wait_for_load_state("networkidle")
    return page


class TestNoteByKeyboard:
    def test_is_shown_at_once_and_written(self, screened, town):
        screened.keyboard.press("n")
        screened.keyboard.type("Sings well, and jumps.")
        screened.keyboard.press("Control+Enter")

        screened.get_by_text("Sings well, and jumps.").wait_for()
        screened.get_by_text("You, just now").wait_for()
        written = notes().get()
        assert (written.job, written.text) == (town.job, "Sings well, and jumps.")
        screened.keyboard.press("s")
        heading(screened, "Person 2")
        screened.keyboard.press("k")
        heading(screened, "Person 1")
        screened.get_by_text("Sings well, and jumps.").wait_for()

    def test_suggests_colleagues_on_the_next_page_as_well(self, screened, town):
        marta = make_user(name="Marietta Lund")
        screened.keyboard.press("j")
        heading(screened, "Person 2")
        screened.keyboard.press("n")
        screened.keyboard.type("@mariet")
        screened.get_by_role("option", name="Marietta Lund").wait_for()
        screened.keyboard.press("Enter")
        screened.keyboard.press("Control+Enter")

        wait_for_notes(screened, 1)
        assert mentions_of(marta).count() == 1

    def test_that_is_left_stays_in_its_field(self, screened):
        screened.keyboard.press("n")
        screened.keyboard.type("Half a")
        screened.keyboard.press("Escape")
        screened.keyboard.press("j")
        heading(screened, "Person 2")
        assert screened.locator("[data-write-note] textarea").input_value() == ""
        screened.keyboard.press("k")
        heading(screened, "Person 1")

        assert screened.locator("[data-write-note] textarea").input_value() == "Half a"
        assert not notes().exists()

    def test_that_is_refused_is_not_lost(self, screened):
        make_user(name="Kim One")
        make_user(name="Kim Two")
        screened.keyboard.press("n")
        screened.keyboard.type("Ask @Kim about it")
        screened.keyboard.press("Control+Enter")

        screened.get_by_text("more than one colleague").wait_for()
        field = screened.locator("[data-write-note] textarea")
        assert field.input_value() == "Ask @Kim about it"
        assert screened.locator("[data-note]").count() == 0

    def test_about_somebody_unnamed_is_written(self, page, live_server, town, sign_in):
        screening = start(town, 2)
        hide_names(
            job_id=town.job.pk,
            reveal_stage=Stage.INTERVIEW,
            actor=ACTOR,
            changed_at=NOW,
        )
        sign_in(page)
        page.goto(f"{live_server.url}{address_of(screening)}")
        heading(page, "Candidate")
        page.keyboard.press("n")
        page.keyboard.type("Keen.")
        page.keyboard.press("Control+Enter")

        page.get_by_text("You, just now").wait_for()
        assert notes().get().candidate_id == screening.candidate_ids[0]
        kept = page.evaluate("JSON.stringify(localStorage)") + page.content()
        assert str(screening.candidate_ids[0]) not in kept


class TestNoteWithoutConnection:
    def test_is_kept_over_other_people_and_sent_once(self, screened):
        screened.context.set_offline(True)
        screened.keyboard.press("n")
        screened.keyboard.type("First.")
        screened.keyboard.press("Control+Enter")
        screened.get_by_text("You, not sent yet").wait_for()
        screened.keyboard.press("s")
        heading(screened, "Person 2")
        screened.keyboard.press("k")
        heading(screened, "Person 1")
        screened.get_by_text("First.").wait_for()
        assert not notes().exists()

        screened.context.set_offline(False)
        screened.get_by_text("Everything you decided is saved").wait_for()
        wait_for_notes(screened, 1)

    def test_is_written_once_where_the_answer_was_lost(self, screened):
        lost = lose_first_answer(screened, "**/note/")
        screened.keyboard.press("n")
        screened.keyboard.type("Once.")
        screened.keyboard.press("Control+Enter")

        screened.get_by_text("Everything you decided is saved").wait_for()
        assert lost
        assert notes().count() == 1


class TestBrowserThatKeepsNothing:
    def test_waits_for_each_decision_and_note(self, page, live_server, town, sign_in):
        screening = start(town, 2)
        sign_in(page)
        page.add_init_script(KEEPS_NOTHING)
        page.goto(f"{live_server.url}{address_of(screening)}")
        heading(page, "Person 1")

        page.keyboard.press("n")
        page.keyboard.type("Sent as a form.")
        page.keyboard.press("Control+Enter")
        page.locator("[data-note]", has_text="Sent as a form.").wait_for()
        page.keyboard.press("s")
        heading(page, "Person 2")

        assert notes().count() == 1
        assert screening.decisions.standing().count() == 1


class TestWithoutScripts:
    def test_a_note_is_a_form(self, browser, live_server, town, sign_in):
        screening = start(town, 2)
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        sign_in(page)
        page.goto(f"{live_server.url}{address_of(screening)}")

        page.locator("[data-note-panel] > summary").click()
        page.locator("[data-write-note] textarea").fill("By hand.")
        page.get_by_role("button", name="Save note").click()

        heading(page, "Person 1")
        page.locator("[data-note]", has_text="By hand.").wait_for()
        assert notes().count() == 1
        context.close()
