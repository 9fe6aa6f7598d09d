import json

import pytest
from django.core.management import CommandError, call_command

from matching.training import decisions
from matching.training.decisions import (
    DECISIONS_FILE,
    TooFewDecisions,
    export_decisions,
    read_decisions,
)
from matching.training.negatives import known
from matching.training.pairs import DATA_SETS
from matching.training.sources import SourceInvalid
from recruit.applications.choices import EndedBy, Stage
from recruit.applications.models import Application
from recruit.applications.operations import advance, reject
from recruit.candidates.operations import erase_candidate
from tests.factories import (
    ACTOR,
    NOW,
    make_application,
    make_candidate,
    make_job,
    reason_for,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few_are_enough(monkeypatch):
    monkeypatch.setattr(decisions, "FEWEST_DECISIONS", 1)
    monkeypatch.setattr(decisions, "FEWEST_JOBS", 1)


def person(headline, **fields):
    return make_candidate("Python", headline=headline, **fields)


def invite(job, candidate):
    application = make_application(job, candidate)
    for stage in (Stage.SCREENING, Stage.INTERVIEW):
        advance(
            application_id=application.pk, to_stage=stage, actor=ACTOR, moved_at=NOW
        )
    return application


def turn_down(application: Application):
    reject(
        application_id=application.pk,
        reason=reason_for(EndedBy.REJECTED),
        actor=ACTOR,
        moved_at=NOW,
    )


def exported(tmp_path):
    export_decisions(tmp_path / DECISIONS_FILE)
    return list(read_decisions(tmp_path))


class TestExportDecisions:
    def test_puts_who_was_invited_beside_who_was_rejected(self, tmp_path):
        job = make_job("Python", title="Baker")
        invite(job, person("Bakes bread"))
        turn_down(make_application(job, person("Sings songs")))

        (decision,) = exported(tmp_path)

        assert decision.job == str(job.pk)
        assert decision.job_text.startswith("Baker")
        assert decision.chosen.startswith("Bakes bread")
        assert decision.rejected.startswith("Sings songs")

    def test_leaves_out_who_was_rejected_after_the_interview(self, tmp_path):
        job = make_job("Python")
        turn_down(invite(job, person("Was interviewed")))
        invite(job, person("Is being interviewed"))
        turn_down(make_application(job, person("Was rejected early")))

        (decision,) = exported(tmp_path)

        assert decision.chosen.startswith("Is being interviewed")
        assert decision.rejected.startswith("Was rejected early")

    def test_leaves_out_names_contacts_and_erased_people(self, tmp_path):
        job = make_job("Python")
        invite(job, person("Zdenka bakes", given_name="Zdenka", emails=["z@b.org"]))
        turn_down(make_application(job, person("Sings")))
        gone = person("Is erased")
        invite(job, gone)
        erase_candidate(candidate_id=gone.pk, actor=ACTOR, erased_at=NOW)

        exported(tmp_path)

        text = (tmp_path / DECISIONS_FILE).read_text()
        assert "Zdenka" not in text
        assert "z@b.org" not in text
        assert text.count("\n") == 1

    def test_of_too_few_writes_nothing(self, tmp_path, monkeypatch):
        monkeypatch.setattr(decisions, "FEWEST_DECISIONS", 2)
        job = make_job("Python")
        invite(job, person("Bakes"))
        turn_down(make_application(job, person("Sings")))

        with pytest.raises(
            TooFewDecisions, match="1 decisions about 1 jobs; at least 2"
        ):
            export_decisions(tmp_path / DECISIONS_FILE)

        assert not (tmp_path / DECISIONS_FILE).exists()


class TestTheCommand:
    def test_tells_how_many_there_were(self, tmp_path, capsys):
        job = make_job("Python")
        invite(job, person("Bakes"))
        turn_down(make_application(job, person("Sings")))

        call_command("export_decisions", output=tmp_path / "own")

        assert "1 decisions" in capsys.readouterr().out

    def test_never_writes_over_a_file(self, tmp_path):
        job = make_job("Python")
        invite(job, person("Bakes"))
        turn_down(make_application(job, person("Sings")))
        (tmp_path / DECISIONS_FILE).write_text("mine")

        with pytest.raises(CommandError, match="File exists"):
            call_command("export_decisions", output=tmp_path)

        assert (tmp_path / DECISIONS_FILE).read_text() == "mine"


class TestReadDecisions:
    @pytest.mark.parametrize("line", ["{", "[]", json.dumps({"job": "1"})])
    def test_names_the_line_that_is_none(self, tmp_path, line):
        (tmp_path / DECISIONS_FILE).write_text(f"{line}\n")

        with pytest.raises(SourceInvalid, match="line 1: not a decision"):
            list(read_decisions(tmp_path))

    def test_gives_pairs_that_bring_their_negative(self, tmp_path):
        job = make_job("Python")
        invite(job, person("Bakes"))
        turn_down(make_application(job, person("Sings")))
        export_decisions(tmp_path / DECISIONS_FILE)

        pairs = list(DATA_SETS["decisions"].make(tmp_path, 42))

        negatives = known(pairs, 1)

        assert negatives is not None
        assert negatives[0][0].startswith("Sings")
        assert pairs[0].group == str(job.pk)
