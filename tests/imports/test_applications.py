"""Tables of applications: who stands where in which pipeline."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recruit.accounts.choices import Role
from recruit.applications.blinding import hide_names
from recruit.applications.models import (
    Application,
    DispositionReason,
    PipelineStage,
    StageTransition,
)
from recruit.applications.operations import advance, reject
from recruit.applications.templates import choose_template, save_template
from recruit.applications.veil import veil_of
from recruit.audit.models import Entry
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate
from recruit.common.ids import uuid7
from recruit.events.choices import Happened
from recruit.events.models import Event, PendingEvent
from recruit.imports.readers import Sender
from recruit.imports.types import ImportKind, UnusableFile
from recruit.jobs.choices import JobStatus
from recruit.jobs.operations import change_status
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
    reason_for,
)
from tests.imports.files import counts, imported, reasons, table

pytestmark = pytest.mark.django_db

HEADER = ["id", "job", "candidate", "stage", "outcome", "disposition_reason"]
MOVED = {Happened.STAGE_CHANGED, Happened.REJECTED, Happened.HIRED}


def applications_imported(*rows, header=HEADER, **options):
    padded = [[*row, *[""] * (len(header) - len(row))] for row in rows]
    return imported(table(header, *padded), ImportKind.APPLICATIONS, **options)


def moves(application):
    return [
        (one.from_stage, one.to_stage, one.to_outcome)
        for one in application.transitions.order_by("sequence")
    ]


def told(application):
    events = Event.objects.filter(application_id=application.pk).order_by("id")
    return list(events.values_list("kind", flat=True))


class TestRow:
    def test_puts_somebody_into_a_pipeline(self):
        job, person = make_job(), make_candidate()

        result = applications_imported(["A-1", job.pk, person.pk], source="hr")

        made = Application.objects.get()
        assert counts(result) == (1, 0, 0, 0)
        assert (made.job, made.candidate) == (job, person)
        assert (made.source, made.external_id) == ("hr", "A-1")
        assert (made.stage, made.outcome, made.version) == ("applied", "active", 1)
        assert (made.applied_at, made.stage_changed_at) == (NOW, NOW)
        assert told(made) == [Happened.APPLIED]

    def test_names_both_by_the_ids_of_the_other_system(self):
        job = make_job(source="hr", external_id="7")
        person = make_candidate(source="hr", external_id="7")
        other = make_candidate(source="crm", external_id="7")

        result = applications_imported(
            ["7", "7", ""],
            ["7", "7", "crm"],
            header=["Job ID", "Candidate ID", "candidate_source"],
            source="hr",
        )

        assert counts(result) == (2, 0, 0, 0)
        people = Application.objects.filter(job=job).values_list("candidate", flat=True)
        assert set(people) == {person.pk, other.pk}

    def test_names_the_job_by_its_requisition_code(self):
        job, person = make_job(requisition_code="GARDEN-1"), make_candidate()

        applications_imported(
            ["GARDEN-1", person.pk], header=["requisition", "candidate"]
        )

        assert Application.objects.get().job == job

    def test_is_a_move_with_its_transition_and_event(self):
        application = make_application()

        result = applications_imported(
            ["", application.job_id, application.candidate_id, "Interview"],
            imported_at=LATER,
        )

        application.refresh_from_db()
        assert counts(result) == (0, 1, 0, 0)
        assert (application.stage, application.version) == ("interview", 2)
        assert application.stage_changed_at == LATER
        assert moves(application) == [("applied", "interview", "active")]
        assert told(application) == [Happened.APPLIED, Happened.STAGE_CHANGED]
        event = Event.objects.get(kind=Happened.STAGE_CHANGED)
        assert event.details == {
            "from": "applied",
            "to": "interview",
            "outcome": "active",
            "reason": "",
        }

    def test_is_in_the_audit_log_move_by_move(self):
        applications_imported(["A", make_job().pk, make_candidate().pk, "interview"])

        made = Application.objects.get()
        entries = Entry.objects.about("applications.application", str(made.pk))
        own = entries.filter(part="").order_by("id")
        assert [(one.action, (one.after or {})["stage"]) for one in own] == [
            ("created", "applied"),
            ("changed", "interview"),
        ]

    def test_comes_as_far_as_a_hire_in_one(self):
        job, person = make_job(), make_candidate()

        result = applications_imported(["A", job.pk, person.pk, "offer", "hired"])

        made = Application.objects.get()
        assert counts(result) == (1, 0, 0, 0)
        assert (made.stage, made.outcome, made.ended_at) == ("offer", "hired", NOW)
        assert moves(made) == [
            ("applied", "offer", "active"),
            ("offer", "offer", "hired"),
        ]
        assert told(made) == [Happened.APPLIED, Happened.STAGE_CHANGED, Happened.HIRED]

    @pytest.mark.parametrize("by", ["pk", "code", "label"])
    def test_ends_with_the_reason_that_it_says(self, by):
        application, reason = make_application(), reason_for("rejected")

        result = applications_imported(
            ["", application.job_id, application.candidate_id, "Screening", "Rejected",
             getattr(reason, by)],
        )  # fmt: skip

        application.refresh_from_db()
        assert counts(result) == (0, 1, 0, 0)
        assert (application.stage, application.outcome) == ("screening", "rejected")
        assert application.disposition_reason == reason

    def test_may_say_the_end_where_others_have_their_stages(self):
        application, reason = make_application(), reason_for("withdrawn")

        applications_imported(
            [application.job_id, application.candidate_id, "Withdrawn", reason.code],
            header=["job", "candidate", "current stage", "reason for rejection"],
        )

        application.refresh_from_db()
        assert (application.stage, application.outcome) == ("applied", "withdrawn")

    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("2026-03-04", datetime(2026, 3, 4, tzinfo=UTC)),
            ("2026-03-04 09:30", datetime(2026, 3, 4, 9, 30, tzinfo=UTC)),
            ("2026-03-04T09:30:00+02:00", datetime(2026, 3, 4, 7, 30, tzinfo=UTC)),
        ],
    )
    def test_says_when_somebody_new_applied(self, text, moment, settings):
        settings.TIME_ZONE = "UTC"
        job, person = make_job(), make_candidate()

        applications_imported(
            [job.pk, person.pk, text, "screening"],
            header=["job", "candidate", "applied on", "stage"],
        )

        made = Application.objects.get()
        assert (made.applied_at, made.stage_changed_at) == (moment, NOW)
        assert made.transitions.get().left_stage_entered_at == moment

    def test_knows_the_stages_of_its_job_by_their_names(self):
        stage = PipelineStage.objects.create(
            code="trial-day", label="Trial day", kind="interview"
        )
        first, offer = (
            PipelineStage.objects.get(code=code) for code in ("applied", "offer")
        )
        template = save_template(
            template_id=None,
            name="Trials",
            is_default=False,
            stage_ids=[first.pk, stage.pk, offer.pk],
            actor=ACTOR,
            saved_at=NOW,
        )
        ours, others = make_job(), make_job()
        choose_template(
            job_id=ours.pk, template_id=template.pk, actor=ACTOR, chosen_at=NOW
        )

        result = applications_imported(
            ["", ours.pk, make_candidate().pk, "trial DAY"],
            ["", others.pk, make_candidate().pk, "trial DAY"],
        )

        assert counts(result) == (1, 0, 0, 1)
        assert Application.objects.get().stage == "trial-day"
        assert reasons(result)[0].startswith("Row 3, stage: “trial DAY” is not a stage")


class TestImportedAgain:
    def test_changes_nothing(self):
        job, reason = make_job(), reason_for("rejected")
        rows = [
            ["A-1", job.pk, make_candidate().pk],
            ["A-2", job.pk, make_candidate().pk, "interview"],
            ["A-3", job.pk, make_candidate().pk, "offer", "hired"],
            ["", job.pk, make_candidate().pk, "", "rejected", reason.code],
        ]
        applications_imported(*rows)
        before = list(Application.objects.order_by("id").values())
        events = Event.objects.count()

        result = applications_imported(*rows, imported_at=LATER)

        assert counts(result) == (0, 0, 4, 0)
        assert list(Application.objects.order_by("id").values()) == before
        assert Event.objects.count() == events
        assert StageTransition.objects.count() == 4

    def test_leaves_what_it_does_not_say(self):
        application = make_application()
        applications_imported(
            ["", application.job_id, application.candidate_id, "interview"]
        )

        result = applications_imported(
            ["A-9", application.job_id, application.candidate_id]
        )

        application.refresh_from_db()
        assert counts(result) == (0, 0, 1, 0)
        assert (application.stage, application.external_id) == ("interview", "")

    def test_moves_on_from_where_it_left(self):
        job, person = make_job(), make_candidate()
        applications_imported(["A", job.pk, person.pk, "screening"])

        result = applications_imported(
            ["A", job.pk, person.pk, "interview"], imported_at=LATER
        )

        assert counts(result) == (0, 1, 0, 0)
        assert moves(Application.objects.get()) == [
            ("applied", "screening", "active"),
            ("screening", "interview", "active"),
        ]


class TestRefusedRow:
    def refused(self, *row, **options):
        result = applications_imported(row, **options)
        assert counts(result) == (0, 0, 0, 1)
        ((error,),) = [one.errors for one in result.rejected_rows]
        return error.field, error.code, error.message

    @pytest.mark.parametrize(
        ("row", "field", "code"),
        [
            (("JOB", "x"), "candidate", "invalid"),
            (("JOB", ""), "candidate", "required"),
            (("", "PERSON"), "job", "required"),
            (("JOB", "PERSON", "nowhere"), "stage", "invalid_choice"),
            (("JOB", "PERSON", "", "fired"), "outcome", "invalid"),
            (("JOB", "PERSON", "", "hired"), "outcome", "not_at_offer"),
            (("JOB", "PERSON", "", "rejected"), "disposition_reason", "required"),
            (("JOB", "PERSON", "", "", "too-far"), "disposition_reason", "refused"),
            (
                ("JOB", "PERSON", "", "rejected", "no such"),
                "disposition_reason",
                "does_not_exist",
            ),
            (
                ("JOB", "PERSON", "", "rejected", "WITHDRAWN"),
                "disposition_reason",
                "reason_does_not_fit",
            ),
        ],
    )
    def test_names_the_field(self, row, field, code):
        stand_for = {
            "JOB": make_job().pk,
            "PERSON": make_candidate().pk,
            "WITHDRAWN": reason_for("withdrawn").code,
        }

        found = self.refused("A", *(stand_for.get(one, one) for one in row))

        assert found[:2] == (field, code)
        assert not Application.objects.exists()

    def test_rejects_nobody_by_a_reason_no_longer_given(self):
        application, reason = make_application(), reason_for("rejected")
        DispositionReason.objects.filter(pk=reason.pk).update(is_active=False)

        found = self.refused(
            "", application.job_id, application.candidate_id, "", "rejected", reason.pk
        )

        assert found[:2] == ("disposition_reason", "reason_does_not_fit")

    @pytest.mark.parametrize("text", ["2027-01-01", "1850-01-01", "soon", "2026-13-40"])
    def test_names_a_moment_that_cannot_be(self, text):
        header = ["job", "candidate", "applied_at"]

        found = self.refused(
            make_job().pk, make_candidate().pk, text, header=header, imported_at=LATER
        )

        assert found[0] == "applied_at"

    def test_is_one_of_a_job_or_person_unknown(self):
        header = ["job_external_id", "candidate_external_id"]
        make_candidate(source="hr", external_id="1")

        result = applications_imported(
            ["9", "1"], ["9", "9"], header=header, source="hr"
        )

        (first,), (second, third) = [one.errors for one in result.rejected_rows]
        assert first.field == second.field == "job_external_id"
        assert third.field == "candidate_external_id"
        assert {one.code for one in (first, second, third)} == {"does_not_exist"}

    def test_is_one_of_somebody_erased(self):
        person = make_candidate()
        erase_candidate(candidate_id=person.pk, actor=ACTOR, erased_at=NOW)

        gone = self.refused("", make_job().pk, person.pk)
        unknown = self.refused("", make_job().pk, uuid7())

        assert gone == unknown
        assert gone[:2] == ("candidate", "does_not_exist")

    def test_is_one_of_a_closed_job(self):
        job = make_job()
        change_status(
            job_id=job.pk, to_status=JobStatus.CLOSED, actor=ACTOR, changed_at=NOW
        )

        assert self.refused("", job.pk, make_candidate().pk)[:2] == (
            "job",
            "job_closed",
        )

    @pytest.mark.parametrize(
        "said", [("screening",), ("", "hired"), ("", "active"), ("", "withdrawn", "R")]
    )
    def test_moves_nobody_whose_application_has_ended(self, said):
        application = make_application()
        reject(
            application_id=application.pk,
            reason=reason_for("rejected"),
            actor=ACTOR,
            moved_at=NOW,
        )
        said = [reason_for("withdrawn").code if one == "R" else one for one in said]

        found = self.refused("", application.job_id, application.candidate_id, *said)

        assert found[:2] == ("outcome", "application_not_active")

    def test_is_one_whose_id_another_application_has(self):
        job = make_job()
        applications_imported(["A-1", job.pk, make_candidate().pk])

        found = self.refused("A-1", job.pk, make_candidate().pk)

        assert found[:2] == ("external_id", "application_exists")

    def test_is_the_second_of_two_for_the_same(self):
        job, one, other = make_job(), make_candidate(), make_candidate()

        result = applications_imported(
            ["A", job.pk, one.pk],
            ["B", job.pk, one.pk, "offer"],
            ["A", job.pk, other.pk],
        )

        assert counts(result) == (1, 0, 0, 2)
        assert reasons(result) == [
            "Row 3, candidate: The application of row 2 is of the same person and job.",
            "Row 4, external_id: “A” stands in row 2 already.",
        ]
        assert Application.objects.get().stage == "applied"

    def test_leaves_the_others_of_its_batch(self):
        job = make_job()

        result = applications_imported(
            ["", job.pk, make_candidate().pk, "interview"],
            ["", job.pk, make_candidate().pk, "nowhere"],
            ["", uuid7(), make_candidate().pk],
            ["", job.pk, make_candidate().pk],
        )

        assert counts(result) == (2, 0, 0, 2)


class TestFile:
    @pytest.mark.parametrize(
        "header", ["job,stage", "candidate,stage", "job_source,candidate_source"]
    )
    def test_needs_a_column_for_the_job_and_one_for_the_person(self, header):
        with pytest.raises(UnusableFile):
            imported(f"{header}\na,b\n", ImportKind.APPLICATIONS)

    def test_that_is_tried_writes_nothing(self):
        application = make_application()

        result = applications_imported(
            ["", application.job_id, application.candidate_id, "offer", "hired"],
            ["", application.job_id, make_candidate().pk],
            ["", application.job_id, make_candidate().pk, "nowhere"],
            dry_run=True,
        )

        application.refresh_from_db()
        assert counts(result) == (1, 1, 0, 1)
        assert application.version == 1
        assert Application.objects.count() == 1
        assert list(Event.objects.filter(kind__in=MOVED)) == []


class TestSender:
    def test_speaks_of_jobs_that_they_see(self):
        recruiter = make_user()
        hidden, person = make_job(confidential=True), make_candidate()
        own = make_job(confidential=True, recruiters=[recruiter])

        result = applications_imported(
            ["", hidden.pk, person.pk],
            ["", uuid7(), person.pk],
            ["", own.pk, person.pk],
            sender=Sender(recruiter),
        )

        first, second = [one.errors for one in result.rejected_rows]
        assert counts(result) == (1, 0, 0, 2)
        assert first == second
        assert Application.objects.get().job == own

    def test_moves_nobody_of_a_hidden_job(self):
        application = make_application(make_job(confidential=True))

        result = applications_imported(
            ["", application.job_id, application.candidate_id, "offer"],
            sender=Sender(make_user(Role.RECRUITER)),
        )

        assert counts(result) == (0, 0, 0, 1)
        application.refresh_from_db()
        assert application.stage == "applied"


class TestJobThatHidesNames:
    @pytest.fixture
    def application(self):
        application = make_application()
        hide_names(
            job_id=application.job_id, reveal_stage="offer", actor=ACTOR, changed_at=NOW
        )
        advance(
            application_id=application.pk,
            to_stage="screening",
            actor=ACTOR,
            moved_at=NOW,
        )
        return application

    @pytest.fixture
    def sent(self):
        sender = Sender(make_user())
        return lambda *row: applications_imported(row, sender=sender)

    def test_does_not_tell_where_somebody_stands(self, application, sent):
        key = ["", application.job_id, application.candidate_id]

        there, elsewhere = sent(*key, "screening"), sent(*key, "interview")
        nothing = sent(*key)

        assert counts(there) == counts(elsewhere) == (0, 0, 0, 1)
        assert there.rejected_rows[0].errors == elsewhere.rejected_rows[0].errors
        assert there.rejected_rows[0].errors[0].code == "hidden"
        assert counts(nothing) == (0, 0, 1, 0)

    def test_takes_the_id_that_its_pages_give(self, application, sent):
        handle = veil_of(application.job).id_of(application.candidate_id)

        result = sent("", application.job_id, handle, "interview")

        application.refresh_from_db()
        assert counts(result) == (0, 1, 0, 0)
        assert application.stage == "interview"

    def test_takes_the_applications_own_id(self, application, sent):
        person = make_candidate()
        sent("A-1", application.job_id, person.pk, "screening")

        result = sent("A-1", application.job_id, person.pk, "interview")

        assert counts(result) == (0, 1, 0, 0)

    def test_tells_all_once_they_are_known(self, application, sent):
        advance(
            application_id=application.pk, to_stage="offer", actor=ACTOR, moved_at=NOW
        )

        result = sent("", application.job_id, application.candidate_id, "", "hired")

        assert counts(result) == (0, 1, 0, 0)


class TestManyRows:
    def rows(self, count, *said):
        jobs = [make_job() for _ in range(3)]
        people = Candidate.objects.bulk_create(
            Candidate(family_name=f"P{n}", created_at=NOW, profile_changed_at=NOW)
            for n in range(count)
        )
        return [
            [f"A-{n}-{uuid7()}", jobs[n % 3].pk, one.pk, *said]
            for n, one in enumerate(people)
        ]

    def statements(self, rows):
        with CaptureQueriesContext(connection) as queries:
            result = applications_imported(*rows)
        assert result.landed == len(rows)
        return len(queries)

    def test_take_as_many_statements_as_few(self):
        reason = reason_for("rejected").code
        few, many = (
            self.rows(number, "screening", "rejected", reason) for number in (5, 400)
        )
        self.statements(self.rows(1))

        assert self.statements(few) == self.statements(many)
        assert self.statements(few) == self.statements(many)  # all there already

    def test_of_some_thousands_land_each_with_its_events(self):
        rows = self.rows(3_000, "interview")

        first = self.statements(rows)

        assert first <= 6 * 60  # six batches of 500
        assert Application.objects.filter(stage="interview").count() == 3_000
        assert StageTransition.objects.count() == 3_000
        for kind in (Happened.APPLIED, Happened.STAGE_CHANGED):
            events = Event.objects.filter(kind=kind)
            assert events.values("application_id").distinct().count() == 3_000
        readers = PendingEvent.objects.filter(event__kind=Happened.STAGE_CHANGED)
        assert readers.count() % 3_000 == 0
        assert counts(
            applications_imported(*rows, imported_at=NOW + timedelta(days=1))
        ) == (0, 0, 3_000, 0)
