"""Cases for near skills, made from a small folder of data; the command on them."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from matching.conf import folder_settings
from matching.near_skill_cases import OTHERS, Case, cases, judge
from matching.thresholds import FILE
from matching.training.splits import is_held_out
from tests.matching.encoders import FOLDER, HashingEncoder

# So many names that some are kept back from training, and some not.
VERBS = ("assess", "clean", "inspect", "repair", "tune")
THINGS = ("bells", "clocks", "drums", "flutes", "harps", "lutes", "organs", "violas")
ACTIVITIES = [f"{verb} {thing}" for verb in VERBS for thing in THINGS]
KEPT_BACK = [label for label in ACTIVITIES if is_held_out(label)]
TOOLS = ("Perl", "Ruby", "Fortran", "Kafka", "Postgres", "Docker", "Zipkin", "Foobar")
ROLES = "Machine learning Git hygiene Team work Data cleaning Chess Go-live Robotics"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder of the files that cases are read from."""
    folder = tmp_path / "data"
    folder.mkdir()

    def write(name: str, columns: str, *rows: tuple[str, ...]) -> None:
        with (folder / name).open("w", newline="", encoding="utf-8") as opened:
            csv.writer(opened).writerows([columns.split(","), *rows])

    write(
        "onet_pairs.csv",
        "soc,title,description,tech_skills,activities",
        ("15-0000.00", "Tuner", "Tunes.", "Perl", "Tuning"),
    )
    write("onet_titles.csv", "soc,title")
    write("onet_tasks.csv", "soc,task")
    write(
        "onet_technology.csv",
        "soc,technology,category",
        *(("15-0000.00", tool, "Tools" * (tool < "P")) for tool in TOOLS),
    )
    write(
        "esco_skills.csv",
        "label,other_words,description",
        *(
            (label, f"{label} well repair old {label.split()[1]}", "")
            for label in ACTIVITIES
        ),
    )
    write(
        "esco_ict_occupation_skills.csv",
        "occupation,description,skill",
        *(("tuner", "Tunes.", label) for label in ACTIVITIES),
    )
    write(
        "role_skills_pairs.csv",
        "role,title,description,skills",
        ("Analyst", "Analyst", "Analyses.", ROLES),
    )
    return folder


def of_kind(folder: Path, kind: str) -> list[Case]:
    return [case for case in cases(folder) if case.kind == kind]


def calibrated(data: Path, *options: str) -> str:
    out = StringIO()
    call_command("calibrate_near_skills", str(data), *options, stdout=out)
    return out.getvalue()


class TestCases:
    def test_say_a_technology_in_the_words_of_the_vocabulary(self, data):
        found = {(case.asked, case.same) for case in of_kind(data, "technologies")}

        assert ("Kafka", "Apache Kafka") in found

    def test_never_hold_the_skill_asked_for_among_the_others(self, data):
        for case in cases(data):
            own = {case.asked.casefold(), case.same.casefold()}
            assert own.isdisjoint(name.casefold() for name in case.others)

    def test_put_tools_for_the_same_purpose_beside_a_technology(self, data):
        kafka = next(
            case for case in of_kind(data, "technologies") if case.asked == "Kafka"
        )

        assert set(kafka.others[:3]) == {"Fortran", "Docker", "Foobar"}
        assert len(kafka.others) == len(TOOLS) - 1

    def test_ask_only_for_esco_skills_kept_back_from_training(self, data):
        asked = {case.asked for case in of_kind(data, "ICT skills")}

        assert asked == set(KEPT_BACK)
        assert asked != set(ACTIVITIES)

    def test_part_the_other_words_of_an_activity_at_its_verbs(self, data):
        asked = KEPT_BACK[0]

        said = [
            case.same for case in of_kind(data, "ICT skills") if case.asked == asked
        ]

        assert said == [f"{asked} well", f"repair old {asked.split()[1]}"]

    def test_hold_as_many_others_as_a_profile(self, data):
        assert {len(case.others) for case in of_kind(data, "ICT skills")} == {OTHERS}

    def test_leave_out_what_is_wider_or_narrower(self, data):
        for case in of_kind(data, "ICT skills"):
            words = set(case.same.split())
            assert not any(set(other.split()) <= words for other in case.others)

    def test_part_the_skills_of_a_role_at_its_capitals(self, data):
        case = next(
            case for case in of_kind(data, "pairs") if case.asked == "Machine learning"
        )

        assert {"Git hygiene", "Team work", "Data cleaning"} <= set(case.others)

    def test_are_the_same_every_time(self, data):
        assert cases(data) == cases(data)


class TestJudge:
    def test_takes_the_best_of_the_others(self):
        case = Case("tools", "welding steel", "steel welding", ("steel", "bread"))

        (judged,) = judge([case], HashingEncoder(FOLDER))

        assert judged.same == pytest.approx(1, abs=1e-5)
        assert judged.other == pytest.approx(0.5**0.5, abs=0.01)


class TestCommand:
    def test_prints_a_table_and_a_proposal(self, data):
        printed = calibrated(data, "--target", "0")

        assert "precision" in printed
        assert "Proposal 0.40, the lowest from which on" in printed
        assert "ICT skills" in printed

    def test_prints_one_object(self, data):
        found: Any = json.loads(calibrated(data, "--json", "--target", "0"))

        assert found["proposal"]["threshold"] == 0.4
        assert found["cases"] >= found["skills"] > 0
        assert set(found["rows"][0]["precision"]) == {"value", "low", "high"}
        assert set(found["kinds"]) == {"technologies", "ICT skills", "pairs"}

    def test_keeps_the_proposal_in_the_folder_of_an_encoder(self, data, tmp_path):
        folder = tmp_path / "encoder"
        folder.mkdir()
        for name in ("config.json", "model.safetensors"):
            (folder / name).write_bytes((FOLDER / name).read_bytes())
        before = folder_settings(folder)

        calibrated(data, "--encoder", str(folder), "--target", "0", "--write")

        after = folder_settings(folder)
        assert json.loads((folder / FILE).read_text()) == {"near_skill_threshold": 0.4}
        assert (before.near_skill_threshold, after.near_skill_threshold) == (0.9, 0.4)
        assert after.identity == before.identity

    def test_tells_that_no_threshold_is_good_enough(self, data, tmp_path):
        assert "No threshold reaches 1.01." in calibrated(data, "--target", "1.01")

    def test_tells_a_missing_file(self, data):
        (data / "esco_skills.csv").unlink()

        with pytest.raises(CommandError, match=r"esco_skills\.csv cannot be read"):
            calibrated(data)

    def test_tells_a_missing_encoder(self, data):
        with pytest.raises(CommandError, match="does not exist"):
            calibrated(data, "--encoder", "/nowhere/at/all")

    def test_does_not_write_without_a_folder(self, data):
        with pytest.raises(CommandError, match="needs --encoder"):
            calibrated(data, "--write")
