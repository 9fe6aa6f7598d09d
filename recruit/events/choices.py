"""What can happen, and who reads of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Happened(TextChoices):
    JOB_CREATED = "job_created", _("Job created")
    JOB_CHANGED = "job_changed", _("Job changed")
    JOB_STATUS_CHANGED = "job_status_changed", _("Job status changed")
    CANDIDATE_CREATED = "candidate_created", _("Candidate created")
    CANDIDATE_CHANGED = "candidate_changed", _("Candidate changed")
    CANDIDATE_ERASED = "candidate_erased", _("Candidate erased")
    APPLIED = "applied", _("Added to the pipeline")
    STAGE_CHANGED = "stage_changed", _("Moved to another stage")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrew")
    HIRED = "hired", _("Hired")
    TRANSITION_UNDONE = "transition_undone", _("Move undone")
    STAGES_CHANGED = "stages_changed", _("Stages changed")
    NAMES_HIDDEN = "names_hidden", _("Names hidden")
    NAMES_SHOWN = "names_shown", _("Names shown")
    REASON_CHANGED = "reason_changed", _("Disposition reason changed")
    TAKEN_OUT = "taken_out", _("Taken out of the pipeline")
    REVIEWED = "reviewed", _("Reviewed by the hiring manager")
    SKILL_CREATED = "skill_created", _("Skill created")
    SKILL_CONFIRMED = "skill_confirmed", _("Skill confirmed")
    SKILL_CHANGED = "skill_changed", _("Skill changed")
    JOB_DELETED = "job_deleted", _("Job deleted")
    SKILL_DELETED = "skill_deleted", _("Skill deleted")
    SKILLS_MERGED = "skills_merged", _("Skills merged")
    SKILLS_KEPT_APART = "skills_kept_apart", _("Skills kept apart")
    SKILLS_PROPOSED_AGAIN = "skills_proposed_again", _("Skills may be proposed again")
    NOTE_WRITTEN = "note_written", _("Note written")
    NOTE_EDITED = "note_edited", _("Note edited")
    NOTE_DELETED = "note_deleted", _("Note deleted")
    TAGGED = "tagged", _("Tag given")
    UNTAGGED = "untagged", _("Tag taken away")
    TAG_CREATED = "tag_created", _("Tag created")
    TAG_RENAMED = "tag_renamed", _("Tag renamed")
    TAG_DELETED = "tag_deleted", _("Tag deleted")
    TAGS_MERGED = "tags_merged", _("Tags merged")
    INDEXING_REQUESTED = "indexing_requested", _("Indexing requested")
    IMPORTED = "imported", _("Imported")
    TALENT_POOL_CREATED = "talent_pool_created", _("Talent pool created")
    TALENT_POOL_CHANGED = "talent_pool_changed", _("Talent pool changed")
    TALENT_POOL_DELETED = "talent_pool_deleted", _("Talent pool deleted")
    ADDED_TO_TALENT_POOL = "added_to_talent_pool", _("Added to a talent pool")
    TAKEN_FROM_TALENT_POOL = "taken_from_talent_pool", _("Taken from a talent pool")
    SEARCH_SAVED = "search_saved", _("Search saved")
    SEARCH_CHANGED = "search_changed", _("Saved search changed")
    SEARCH_DELETED = "search_deleted", _("Saved search deleted")
    ORGANISATION_CHANGED = "organisation_changed", _("Organisation changed")
    WEBHOOK_CREATED = "webhook_created", _("Webhook created")
    WEBHOOK_CHANGED = "webhook_changed", _("Webhook changed")
    WEBHOOK_DELETED = "webhook_deleted", _("Webhook deleted")


class Reader(TextChoices):
    """Who takes pending rows from the log; each reader has its own."""

    INDEXING = "indexing", _("Indexing")
    WEBHOOKS = "webhooks", _("Webhooks")


# Nothing of these stands in a profile text or a search row.
_NOTES_AND_TAGS = frozenset(
    {
        Happened.NOTE_WRITTEN,
        Happened.NOTE_EDITED,
        Happened.NOTE_DELETED,
        Happened.TAGGED,
        Happened.UNTAGGED,
        Happened.TAG_CREATED,
        Happened.TAG_RENAMED,
        Happened.TAG_DELETED,
        Happened.TAGS_MERGED,
    }
)

# Where other systems are told, and what is not for them.
_WEBHOOKS = frozenset(
    {
        Happened.WEBHOOK_CREATED,
        Happened.WEBHOOK_CHANGED,
        Happened.WEBHOOK_DELETED,
    }
)

# What each reader wants to hear of. Applications change the search row of a
# candidate (stage history), a renamed skill changes profile texts.
LISTENS_TO: dict[Reader, frozenset[Happened]] = {
    Reader.INDEXING: frozenset(Happened)
    - _NOTES_AND_TAGS
    - _WEBHOOKS
    - {
        Happened.IMPORTED,
        Happened.ORGANISATION_CHANGED,
        Happened.REASON_CHANGED,
        Happened.REVIEWED,
        Happened.SKILLS_KEPT_APART,
        Happened.SKILLS_PROPOSED_AGAIN,
        Happened.STAGES_CHANGED,
        Happened.TALENT_POOL_CREATED,
        Happened.TALENT_POOL_CHANGED,
        Happened.TALENT_POOL_DELETED,
        Happened.ADDED_TO_TALENT_POOL,
        Happened.TAKEN_FROM_TALENT_POOL,
        Happened.SEARCH_SAVED,
        Happened.SEARCH_CHANGED,
        Happened.SEARCH_DELETED,
    },
    # Which types of messages these become: recruit.webhooks.catalogue.
    Reader.WEBHOOKS: frozenset(Happened)
    - _WEBHOOKS
    - {
        Happened.INDEXING_REQUESTED,
        Happened.SKILLS_KEPT_APART,
        Happened.SKILLS_PROPOSED_AGAIN,
    },
}
