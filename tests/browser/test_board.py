"""The board of a pipeline: dragged, moved by keys, and used by two at once."""

from typing import Any

import pytest

from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application, StageTransition
from recruit.applications.operations import advance
from recruit.events.choices import Happened
from recruit.events.models import Event
from tests.factories import ACTOR, LATER, make_application, make_candidate

BOARD = "/jobs/GRD-1/pipeline/"


def stage_of(name: str) -> str:
    return Application.objects.get(candidate__given_name=name).stage


def column(page: Any, stage: str) -> Any:
    return page.locator(f'.column[data-stage="{stage}"]')


def card(page: Any, name: str) -> Any:
    return page.locator(".person", has_text=name)


def drag_across(page: Any, dragged: Any, target: Any) -> None:
    """Drag a card sideways, as one does far down in a long column."""
    dragged.scroll_into_view_if_needed()
    source, goal = dragged.bounding_box(), target.bounding_box()
    height = source["y"] + source["height"] / 2
    page.mouse.move(source["x"] + source["width"] - 20, source["y"] + 50)
    page.mouse.down()
    page.mouse.move(goal["x"] + goal["width"] / 2, height, steps=8)
    page.mouse.up()


@pytest.fixture
def people(town: Any) -> None:
    for name in ("Gil", "Hoa", "Ivo"):
        make_application(town.job, make_candidate(given_name=name, family_name=""))


@pytest.fixture
def board(page: Any, live_server: Any, people: None, sign_in: Any) -> Any:
    """Give the board, open for a recruiter."""
    sign_in(page)
    page.goto(f"{live_server.url}{BOARD}")
    return page


@pytest.mark.browser
class TestDragging:
    def test_moves_a_card_to_another_column(self, board):
        card(board, "Gil").drag_to(column(board, "interview"))

        board.get_by_text("Gil moved to “Interview”").wait_for()
        column(board, "interview").get_by_text("Gil").wait_for()
        assert stage_of("Gil") == Stage.INTERVIEW

    def test_moves_nothing_within_a_column(self, board):
        card(board, "Gil").drag_to(column(board, "applied"))

        assert not StageTransition.objects.filter(
            application__candidate__given_name="Gil"
        ).exists()

    def test_leaves_the_card_where_it_was_when_nobody_answers(self, board):
        board.route("**/pipeline/moves/", lambda route: route.abort())

        card(board, "Gil").drag_to(column(board, "offer"))

        board.get_by_text("The server did not answer").wait_for()
        column(board, "applied").get_by_text("Gil").wait_for()
        assert stage_of("Gil") == Stage.APPLIED


@pytest.mark.browser
class TestLongColumn:
    def test_shows_more_cards_that_can_be_dragged_as_well(
        self, page, live_server, town, sign_in
    ):
        for number in range(33):
            person = make_candidate(given_name=f"Last{number:02}", family_name="")
            make_application(town.job, person)
        sign_in(page)
        page.goto(f"{live_server.url}{BOARD}")
        assert page.locator(".person", has_text="Last32").count() == 0

        page.get_by_role("link", name="Show more people at Applied").click()
        drag_across(page, card(page, "Last32"), column(page, "screening"))

        page.get_by_text("Last32 moved to “Screening”").wait_for()
        assert stage_of("Last32") == Stage.SCREENING

    def test_opens_all_moves_of_one_person_and_closes_with_escape(self, board):
        board.get_by_role("link", name="More for Gil").click()
        board.get_by_role("dialog").get_by_role("heading", name="Gil").wait_for()

        board.keyboard.press("Escape")

        board.get_by_role("dialog").wait_for(state="hidden")
        more = board.get_by_role("link", name="More for Gil")
        assert more.evaluate("link => link === document.activeElement")


@pytest.mark.browser
class TestKeys:
    def test_move_a_person_and_keep_the_focus_on_them(self, board):
        board.get_by_role("link", name="Gil", exact=True).focus()

        board.keyboard.press("Shift+ArrowRight")
        board.get_by_text("Gil moved to “Screening”").wait_for()
        board.wait_for_function("document.activeElement.textContent === 'Gil'")
        board.keyboard.press("Shift+ArrowRight")
        board.get_by_text("Gil moved to “Interview”").wait_for()

        assert stage_of("Gil") == Stage.INTERVIEW

    def test_go_from_column_to_column(self, board):
        board.get_by_role("link", name="Gil", exact=True).focus()

        board.keyboard.press("ArrowRight")

        stage = "document.activeElement.closest('[data-stage]').dataset.stage"
        assert board.evaluate(stage) == "screening"

    def test_do_nothing_at_the_edge(self, board):
        board.get_by_role("link", name="Gil", exact=True).focus()

        board.keyboard.press("Shift+ArrowLeft")

        assert stage_of("Gil") == Stage.APPLIED


@pytest.mark.browser
class TestTwoRecruiters:
    def move_meanwhile(self, name: str) -> None:
        advance(
            application_id=Application.objects.get(candidate__given_name=name).pk,
            to_stage=Stage.OFFER,
            actor=ACTOR,
            moved_at=LATER,
        )

    def test_the_second_to_drag_is_told_and_sees_where_the_person_is(self, board):
        self.move_meanwhile("Gil")

        card(board, "Gil").drag_to(column(board, "interview"))

        board.get_by_text("Somebody else moved this person meanwhile").wait_for()
        column(board, "offer").locator(".person.shown", has_text="Gil").wait_for()
        assert stage_of("Gil") == Stage.OFFER

    def test_the_second_of_a_bulk_move_goes_on_with_the_others(self, board):
        for name in ("Gil", "Hoa", "Ivo"):
            board.get_by_label(f"Mark {name}").check()
        self.move_meanwhile("Hoa")

        board.get_by_label("Stage to move").select_option("interview")
        board.get_by_role("button", name="Move marked").click()
        board.get_by_text("moved by somebody else meanwhile").wait_for()
        assert (stage_of("Gil"), stage_of("Hoa")) == (Stage.APPLIED, Stage.OFFER)
        board.get_by_role("button", name="Move the 2 others").click()

        board.get_by_text("2 people moved to “Interview”").wait_for()
        assert [stage_of(name) for name in ("Gil", "Hoa", "Ivo")] == [
            Stage.INTERVIEW,
            Stage.OFFER,
            Stage.INTERVIEW,
        ]


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def any_board(
    browser: Any,
    request: pytest.FixtureRequest,
    live_server: Any,
    people: None,
    sign_in: Any,
) -> Any:
    context = browser.new_context(java_script_enabled=request.param)
    page = context.new_page()
    sign_in(page)
    page.goto(f"{live_server.url}{BOARD}?view=list")
    yield page
    context.close()


@pytest.mark.browser
class TestMarked:
    def test_are_rejected_with_one_reason_and_taken_back(self, any_board):
        for name in ("Gil", "Hoa"):
            any_board.get_by_label(f"Mark {name}").check()
        any_board.get_by_label("Reason for rejecting").select_option(index=1)

        any_board.get_by_role("button", name="Reject marked").click()
        any_board.get_by_text("2 people rejected").wait_for()
        rejected = Application.objects.filter(
            outcome=Outcome.REJECTED, candidate__given_name__in=["Gil", "Hoa"]
        )
        assert rejected.count() == 2
        any_board.get_by_role("button", name="Undo", exact=True).click()

        any_board.get_by_text("2 people are back where they were").wait_for()
        assert rejected.count() == 0
        kind = Happened.TRANSITION_UNDONE
        assert len(Event.objects.get(kind=kind).candidate_ids) == 2
