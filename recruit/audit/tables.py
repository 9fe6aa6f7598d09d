"""What is in the audit log, and what is not and why. A model in neither fails a test.

Of people the log says that something changed and never what it was: erasing somebody
must leave nothing of them, and nothing can be taken out of the log. So for the tables
about a person the columns that are kept are named; for all others those that are not.
"""

from dataclasses import dataclass

# Counted up with every write, which says nothing.
STAMPS = ("updated_at", "profile_changed_at", "changed_at")


@dataclass(frozen=True, slots=True)
class Audited:
    """A table of the log."""

    model: str
    part_of: str = ""  # the foreign key to what its rows are parts of
    withheld: tuple[str, ...] = ()  # that they changed is told, what they say is not
    unnoted: tuple[str, ...] = ()  # their changes are not worth a row
    kept: tuple[str, ...] | None = None  # all others are withheld
    in_sum: str = ""  # one row a statement and whole: that so many parts changed


def _of_person(model: str, part: str) -> Audited:
    return Audited(model, part_of="candidate", in_sum=part)


AUDITED = (
    Audited("accounts.User", withheld=("password",), unnoted=("last_login",)),
    Audited(
        "accounts.ApiToken",
        withheld=("digest",),
        unnoted=("last_used_at", "last_used_from"),
    ),
    Audited("accounts.RetiredSecret", part_of="token", withheld=("digest",)),
    Audited("account.EmailAddress", part_of="user"),
    Audited("organisation.Organisation"),
    Audited("skills.Skill"),
    Audited("skills.SkillLabel", part_of="skill"),
    Audited("jobs.Job"),
    Audited("jobs.JobSkill", part_of="job"),
    Audited("jobs.Job_recruiters", part_of="job"),
    Audited("jobs.CriteriaVersion", part_of="job", withheld=("requirements",)),
    Audited(
        "candidates.Candidate", kept=("source", "erased_at", "version", "created_at")
    ),
    _of_person("candidates.CandidateSkill", "skills"),
    _of_person("candidates.Experience", "experience"),
    _of_person("candidates.Education", "education"),
    _of_person("candidates.CandidateLanguage", "languages"),
    _of_person("candidates.Document", "documents"),
    Audited("applications.DispositionReason"),
    Audited("applications.PipelineStage"),
    Audited("applications.StageTemplate"),
    Audited("applications.TemplateStage", part_of="template"),
    Audited("applications.JobTemplate", part_of="job"),
    Audited("applications.BlindReview", part_of="job"),
    Audited("applications.BlindPolicy"),
    # Who it is must not be told where the job hides it.
    Audited("applications.Application", withheld=("candidate_id", "external_id")),
    Audited("applications.StageTransition", part_of="application"),
    Audited(
        "reviews.Screening",
        withheld=("candidate_ids", "beyond"),
        unnoted=("shown",),
    ),
    Audited("reviews.Decision", part_of="screening", withheld=("candidate_id",)),
    Audited("reviews.Review", part_of="application", withheld=("note",)),
    Audited("curation.KeptApart"),
    # They may name people, who can be erased.
    Audited("talent.SavedSearch", withheld=("query",)),
    Audited("talent.TalentPool", withheld=("note",)),
    Audited("talent.PoolSearch", part_of="pool"),
    Audited("talent.PoolMembership", part_of="pool"),
    # A note that is deleted must be gone.
    Audited("notes.Note", withheld=("candidate_id", "text"), unnoted=("words",)),
    Audited("notes.NoteVersion", part_of="note", withheld=("text",)),
    Audited("notes.Mention", part_of="note", unnoted=("read_at",)),
    Audited("notes.Tag"),
    Audited("notes.CandidateTag", part_of="candidate"),
    Audited("notes.JobTag", part_of="job"),
    Audited(
        "imports.FileImport",
        withheld=("file_name", "headers", "first_rows", "failure"),
        unnoted=(
            *("turn", "rows_done", "rows_total", "bytes_read"),
            *("created", "changed", "unchanged", "rejected"),
        ),
    ),
    Audited("imports.RememberedColumn"),
    Audited("webhooks.Webhook", withheld=("secret", "old_secret")),
)

LEFT_OUT = {
    "admin.LogEntry": "a log itself, of the admin site",
    "auth.Permission": "made by migrations; rights follow from the role",
    "auth.Group": "not used: rights follow from the role",
    "auth.Group_permissions": "not used: rights follow from the role",
    "accounts.User_groups": "not used: rights follow from the role",
    "accounts.User_user_permissions": "not used: rights follow from the role",
    "contenttypes.ContentType": "made by migrations",
    "sessions.Session": "who is signed in; holds secrets",
    "account.EmailConfirmation": "secrets of the sign-in package",
    "deployment.Milestone": "what the installation has done by itself",
    "events.Event": "the log for readers; append-only in practice",
    "events.PendingEvent": "what a reader has yet to read",
    "talent.SearchVisit": "who has read what, not a change",
    "talent.RankingVisit": "who has read what, not a change",
    "imports.ImportedRow": "what became of each row of a file, removed after some days",
    "imports.RejectedRow": "cells of a file about people, removed after some days",
    "webhooks.Message": "made of events",
    "webhooks.Delivery": "progress of the worker",
    "webhooks.Attempt": "a log itself",
    "api.RequestCount": "counts of requests, for their limits",
    "api.KeptAnswer": "answers kept for a day; they hold what was written",
}
# Whole apps: made anew from the rest, or the queue's own.
APPS_LEFT_OUT = {
    "matching": "derived from profiles; a cluster may distribute it",
    "procrastinate": "the queue of tasks",
    "audit": "the log itself",
}
