import pytest

from recruit.dashboard.import_steps import steps_of
from recruit.imports.choices import ImportState


def shown(state: ImportState, *, asks: bool = False) -> str:
    """Return the steps as signs: v for done, > for where it stands."""
    return " ".join(
        ("v" if step.is_done else "") + (">" if step.is_current else "") or "."
        for step in steps_of(state, asks_for_columns=asks)
    )


class TestSteps:
    @pytest.mark.parametrize(
        ("state", "signs"),
        [
            (ImportState.MAPPING, "v > . ."),
            (ImportState.CHECKING, "v v > ."),
            (ImportState.CHECKED, "v v v> ."),
            (ImportState.IMPORTING, "v v v >"),
            (ImportState.FINISHED, "v v v v>"),
            (ImportState.CANCELLED, "v v v >"),
            (ImportState.FAILED, "v v v >"),
        ],
    )
    def test_are_done_up_to_where_the_file_stands(self, state, signs):
        assert shown(state) == signs

    def test_go_back_where_the_columns_are_changed_after_a_check(self):
        assert shown(ImportState.CHECKED, asks=True) == "v > . ."
