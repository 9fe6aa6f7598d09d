"""Which messages other systems are sent, and what of an event each speaks of."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recruit.events.choices import Happened
from recruit.events.models import Event

PING = "webhook.ping"

Ids = dict[str, UUID | None]
Split = Callable[[Event], Iterator[Ids]]


@dataclass(frozen=True, slots=True)
class Announced:
    """One type of messages: its stable name, the ids it carries, and what it means."""

    type: str
    ids: tuple[str, ...]  # the keys of `data`, in this order
    split: Split
    meaning: Promise
    # The id by which messages are kept in order; of several the first that is there.
    objects: tuple[str, ...] = ()

    def messages_of(self, event: Event) -> Iterator[Ids]:
        """Return the ids of each message that an event becomes."""
        for ids in self.split(event):
            yield {name: ids.get(name) for name in self.ids}

    def object_of(self, ids: Ids) -> UUID | None:
        """Return what a message is about."""
        named = (ids[name] for name in self.objects or self.ids[:1])
        return next((one for one in named if one is not None), None)


def _listed(event: Event, name: str) -> list[UUID]:
    return [UUID(str(one)) for one in event.details.get(name, ())]


def _one(event: Event, name: str) -> UUID | None:
    said = event.details.get(name)
    return UUID(str(said)) if said else None


def _first(ids: list[UUID]) -> UUID | None:
    return ids[0] if ids else None


def _each_job(event: Event) -> Iterator[Ids]:
    for job in event.job_ids:
        yield {"job": job}


def _job_or_all(event: Event) -> Iterator[Ids]:
    if not event.job_ids:
        yield {"job": None}
    yield from _each_job(event)


def _each_candidate(event: Event) -> Iterator[Ids]:
    for candidate in event.candidate_ids:
        yield {"candidate": candidate}


def _each_application(event: Event) -> Iterator[Ids]:
    """One event may tell of many applications for one job."""
    applications: list[UUID | None] = [*_listed(event, "applications")]
    if event.application_id is not None:
        applications = [event.application_id]
    if not applications:  # written before the event named them: looked up later
        applications = [None] * len(event.candidate_ids)
    for application, candidate in zip(applications, event.candidate_ids, strict=False):
        job = _first(event.job_ids)
        yield {"application": application, "job": job, "candidate": candidate}


def _each_skill(event: Event) -> Iterator[Ids]:
    for skill in _listed(event, "skills"):
        yield {"skill": skill}


def _merged_skill(event: Event) -> Iterator[Ids]:
    yield from _merged("skill", _listed(event, "skills"))


def _merged(name: str, both: list[UUID]) -> Iterator[Ids]:
    if len(both) == len(("kept", "merged")):
        yield {name: both[0], "merged": both[1]}


def _note(event: Event) -> Iterator[Ids]:
    yield {
        "note": _one(event, "note"),
        "job": _first(event.job_ids),
        "candidate": _first(event.candidate_ids),
    }


def _each_tagged(event: Event) -> Iterator[Ids]:
    for tag in _listed(event, "tags"):
        for job in event.job_ids:
            yield {"tag": tag, "job": job}
        for candidate in event.candidate_ids:
            yield {"tag": tag, "candidate": candidate}


def _tag(event: Event) -> Iterator[Ids]:
    yield {"tag": _first(_listed(event, "tags"))}


def _merged_tag(event: Event) -> Iterator[Ids]:
    yield from _merged("tag", _listed(event, "tags"))


def _pool(event: Event) -> Iterator[Ids]:
    # What somebody keeps for themselves is nobody else's to hear of.
    if event.details.get("shared"):
        yield {"pool": _one(event, "pool")}


def _each_pooled(event: Event) -> Iterator[Ids]:
    for ids in _pool(event):
        for candidate in event.candidate_ids:
            yield {**ids, "candidate": candidate}


def _search(event: Event) -> Iterator[Ids]:
    if event.details.get("shared"):
        yield {"search": _one(event, "search")}


def _reason(event: Event) -> Iterator[Ids]:
    yield {"disposition_reason": _one(event, "reason")}


def _import(event: Event) -> Iterator[Ids]:
    yield {"import": _one(event, "import")}


def _once(_event: Event) -> Iterator[Ids]:
    yield {}


JOB = ("job",)
CANDIDATE = ("candidate",)
APPLICATION = ("application", "job", "candidate")
SKILL = ("skill",)
NOTE = ("note", "job", "candidate")
TAG = ("tag",)
TAGGED = ("tag", "candidate", "job")
POOL = ("pool",)
POOLED = ("pool", "candidate")
SEARCH = ("search",)
BEARER = ("candidate", "job")  # who bears a tag


def _application(name: str, meaning: Promise) -> Announced:
    # An application that was taken out before it was told of has no id any more.
    by = ("application", "candidate")
    return Announced(f"application.{name}", APPLICATION, _each_application, meaning, by)


# What becomes no message, and why.
NOT_ANNOUNCED: Mapping[Happened, str] = {
    Happened.INDEXING_REQUESTED: "nothing changed",
    Happened.SKILLS_KEPT_APART: "changes which proposals are shown, and no skill",
    Happened.SKILLS_PROPOSED_AGAIN: "changes which proposals are shown, and no skill",
    Happened.WEBHOOK_CREATED: "a webhook hears of nobody's webhooks",
    Happened.WEBHOOK_CHANGED: "a webhook hears of nobody's webhooks",
    Happened.WEBHOOK_DELETED: "a webhook hears of nobody's webhooks",
}

ANNOUNCED: Mapping[Happened, Announced] = {
    Happened.JOB_CREATED: Announced(
        "job.created", JOB, _each_job, _("A job was made.")
    ),
    Happened.JOB_CHANGED: Announced(
        "job.changed", JOB, _each_job, _("Fields or requirements of a job changed.")
    ),
    Happened.JOB_STATUS_CHANGED: Announced(
        "job.status_changed", JOB, _each_job, _("A job was opened, held or closed.")
    ),
    Happened.JOB_DELETED: Announced(
        "job.deleted", JOB, _each_job, _("A job was deleted.")
    ),
    Happened.STAGES_CHANGED: Announced(
        "job.stages_changed",
        JOB,
        _job_or_all,
        _("A job got other stages; `job` is null where all jobs may have."),
    ),
    Happened.NAMES_HIDDEN: Announced(
        "job.names_hidden",
        JOB,
        _job_or_all,
        _("A job hides names from now on; `job` is null for the rule of all jobs."),
    ),
    Happened.NAMES_SHOWN: Announced(
        "job.names_shown",
        JOB,
        _job_or_all,
        _("A job shows names again; `job` is null for the rule of all jobs."),
    ),
    Happened.CANDIDATE_CREATED: Announced(
        "candidate.created", CANDIDATE, _each_candidate, _("A candidate was added.")
    ),
    Happened.CANDIDATE_CHANGED: Announced(
        "candidate.changed",
        CANDIDATE,
        _each_candidate,
        _("Fields, skills, experience or documents of a candidate changed."),
    ),
    Happened.CANDIDATE_ERASED: Announced(
        "candidate.erased",
        CANDIDATE,
        _each_candidate,
        _("A person was erased: erase your copy as well."),
    ),
    Happened.APPLIED: _application(
        "created", _("A candidate was put into a job's pipeline.")
    ),
    Happened.STAGE_CHANGED: _application(
        "stage_changed", _("An application moved to another stage.")
    ),
    Happened.REJECTED: _application(
        "rejected", _("An application ended by our decision.")
    ),
    Happened.WITHDRAWN: _application(
        "withdrawn", _("An application ended by the candidate's decision.")
    ),
    Happened.HIRED: _application("hired", _("An application ended with a hire.")),
    Happened.TRANSITION_UNDONE: _application(
        "move_undone", _("The last move of an application was taken back.")
    ),
    Happened.TAKEN_OUT: _application(
        "deleted", _("An application was taken out as if it had not been made.")
    ),
    Happened.REVIEWED: _application(
        "reviewed", _("The hiring manager answered about an application.")
    ),
    Happened.REASON_CHANGED: Announced(
        "disposition_reason.changed",
        ("disposition_reason",),
        _reason,
        _("A disposition reason was made or changed."),
    ),
    Happened.SKILL_CREATED: Announced(
        "skill.created", SKILL, _each_skill, _("The vocabulary got a skill.")
    ),
    Happened.SKILL_CONFIRMED: Announced(
        "skill.confirmed", SKILL, _each_skill, _("A person confirmed a skill.")
    ),
    Happened.SKILL_CHANGED: Announced(
        "skill.changed", SKILL, _each_skill, _("A skill or its labels changed.")
    ),
    Happened.SKILL_DELETED: Announced(
        "skill.deleted", SKILL, _each_skill, _("A skill was deleted.")
    ),
    Happened.SKILLS_MERGED: Announced(
        "skill.merged",
        ("skill", "merged"),
        _merged_skill,
        _("`merged` became part of `skill`, for all who held or required it."),
    ),
    Happened.NOTE_WRITTEN: Announced(
        "note.created", NOTE, _note, _("A note was written.")
    ),
    Happened.NOTE_EDITED: Announced(
        "note.changed", NOTE, _note, _("A note was edited.")
    ),
    Happened.NOTE_DELETED: Announced(
        "note.deleted", NOTE, _note, _("A note was deleted.")
    ),
    Happened.TAGGED: Announced(
        "tag.given", TAGGED, _each_tagged, _("A candidate or job got a tag."), BEARER
    ),
    Happened.UNTAGGED: Announced(
        "tag.taken", TAGGED, _each_tagged, _("A candidate or job lost a tag."), BEARER
    ),
    Happened.TAG_CREATED: Announced("tag.created", TAG, _tag, _("A tag was made.")),
    Happened.TAG_RENAMED: Announced("tag.changed", TAG, _tag, _("A tag was renamed.")),
    Happened.TAG_DELETED: Announced("tag.deleted", TAG, _tag, _("A tag was deleted.")),
    Happened.TAGS_MERGED: Announced(
        "tag.merged",
        ("tag", "merged"),
        _merged_tag,
        _("`merged` became part of `tag`, for all who bore it."),
    ),
    Happened.IMPORTED: Announced(
        "import.finished", ("import",), _import, _("A file was imported.")
    ),
    Happened.TALENT_POOL_CREATED: Announced(
        "pool.created", POOL, _pool, _("A shared talent pool was made.")
    ),
    Happened.TALENT_POOL_CHANGED: Announced(
        "pool.changed", POOL, _pool, _("A shared talent pool changed.")
    ),
    Happened.TALENT_POOL_DELETED: Announced(
        "pool.deleted", POOL, _pool, _("A shared talent pool was deleted.")
    ),
    Happened.ADDED_TO_TALENT_POOL: Announced(
        "pool.candidate_added",
        POOLED,
        _each_pooled,
        _("A candidate was put into a shared talent pool."),
        CANDIDATE,
    ),
    Happened.TAKEN_FROM_TALENT_POOL: Announced(
        "pool.candidate_removed",
        POOLED,
        _each_pooled,
        _("A candidate was taken out of a shared talent pool."),
        CANDIDATE,
    ),
    Happened.SEARCH_SAVED: Announced(
        "search.created", SEARCH, _search, _("A shared search was saved.")
    ),
    Happened.SEARCH_CHANGED: Announced(
        "search.changed", SEARCH, _search, _("A shared search changed.")
    ),
    Happened.SEARCH_DELETED: Announced(
        "search.deleted", SEARCH, _search, _("A shared search was deleted.")
    ),
    Happened.ORGANISATION_CHANGED: Announced(
        "organisation.changed", (), _once, _("The organisation's settings changed.")
    ),
}

OF_TYPE: Mapping[str, Announced] = {one.type: one for one in ANNOUNCED.values()}
TYPES: tuple[str, ...] = tuple(OF_TYPE)
# Those that a hiring manager may read of, for their own jobs.
OF_JOBS: tuple[str, ...] = tuple(
    one for one in TYPES if one.startswith(("job.", "application."))
)
