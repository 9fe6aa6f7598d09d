"""Every write to tags that means something.

Apart from `operations`, which writes notes. Giving a tag to many people is one event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Manager, QuerySet
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.candidates.models import Candidate
from recruit.common.refusals import Refused, StaleVersion
from recruit.events.choices import Happened
from recruit.jobs.models import Job
from recruit.notes.models import (
    ACTOR_LENGTH,
    TAG_KEY_LENGTH,
    CandidateTag,
    JobTag,
    Tag,
)
from recruit.notes.tag_events import record_jobs, record_people, record_tags, without


class TagGone(Refused):
    """The tag is no more; somebody deleted it or made it part of another."""


class TagNameTaken(Refused):
    """Another tag has this name, or had it before it became part of another."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """The tag, and who or what bears it now and did not before."""

    tag: Tag
    ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class MergedTags:
    """What a merge of two tags moved."""

    people: int
    jobs: int


@transaction.atomic
def tag_candidates(
    *,
    name: str = "",
    tag_id: UUID | None = None,
    candidate_ids: Sequence[UUID],
    actor: Actor,
    tagged_at: datetime,
) -> Tagged:
    """Give people a tag; erased people are left out.

    The tag of the id, else of the name, made if there is none. Raise ValidationError
    where the name is none, TagGone.
    """
    tag = _tag_meant(name, tag_id, actor, tagged_at)
    people = Candidate.objects.not_erased().filter(pk__in=candidate_ids)
    standing = _locked_ids(people)
    borne = CandidateTag.objects.filter(tag=tag, candidate__in=standing)
    fresh = without(standing, borne.values_list("candidate_id", flat=True))
    CandidateTag.objects.bulk_create(
        CandidateTag(
            candidate_id=candidate_id,
            tag=tag,
            tagged_at=tagged_at,
            tagged_by_name=actor.name[:ACTOR_LENGTH],
        )
        for candidate_id in fresh
    )
    record_people(Happened.TAGGED, tag, fresh, actor, tagged_at)
    return Tagged(tag, fresh)


@transaction.atomic
def untag_candidates(
    *, tag_id: UUID, candidate_ids: Sequence[UUID], actor: Actor, untagged_at: datetime
) -> Tagged:
    """Take a tag away from people. Raise TagGone."""
    tag = _standing_tag(tag_id)
    people = Candidate.objects.filter(pk__in=candidate_ids)
    borne = CandidateTag.objects.filter(tag=tag, candidate__in=_locked_ids(people))
    bearers = tuple(sorted(borne.values_list("candidate_id", flat=True)))
    borne.delete()
    record_people(Happened.UNTAGGED, tag, bearers, actor, untagged_at)
    return Tagged(tag, bearers)


@transaction.atomic
def tag_jobs(
    *,
    name: str = "",
    tag_id: UUID | None = None,
    job_ids: Sequence[UUID],
    actor: Actor,
    tagged_at: datetime,
) -> Tagged:
    """Give jobs a tag: that of the id, else of the name, made if there is none.

    Raise ValidationError where the name is none, TagGone.
    """
    tag = _tag_meant(name, tag_id, actor, tagged_at)
    standing = _locked_ids(Job.objects.filter(pk__in=job_ids))
    borne = JobTag.objects.filter(tag=tag, job__in=standing)
    fresh = without(standing, borne.values_list("job_id", flat=True))
    JobTag.objects.bulk_create(
        JobTag(
            job_id=job_id,
            tag=tag,
            tagged_at=tagged_at,
            tagged_by_name=actor.name[:ACTOR_LENGTH],
        )
        for job_id in fresh
    )
    record_jobs(Happened.TAGGED, tag, fresh, actor, tagged_at)
    return Tagged(tag, fresh)


@transaction.atomic
def untag_jobs(
    *, tag_id: UUID, job_ids: Sequence[UUID], actor: Actor, untagged_at: datetime
) -> Tagged:
    """Take a tag away from jobs. Raise TagGone."""
    tag = _standing_tag(tag_id)
    jobs = _locked_ids(Job.objects.filter(pk__in=job_ids))
    borne = JobTag.objects.filter(tag=tag, job__in=jobs)
    bearers = tuple(sorted(borne.values_list("job_id", flat=True)))
    borne.delete()
    record_jobs(Happened.UNTAGGED, tag, bearers, actor, untagged_at)
    return Tagged(tag, bearers)


@transaction.atomic
def create_tag(*, name: str, actor: Actor, created_at: datetime) -> Tag:
    """Make a tag that nobody bears yet. Raise TagNameTaken, ValidationError."""
    tag = _cleaned(Tag(name=name, created_at=created_at))
    _refuse_taken(tag)
    made = _created(tag, actor)
    _refuse_taken(tag)  # by somebody at the same moment
    return made


@transaction.atomic
def rename_tag(
    *,
    tag_id: UUID,
    name: str,
    actor: Actor,
    renamed_at: datetime,
    expected_version: int | None = None,
) -> Tag:
    """Give a tag another name; the same name writes nothing.

    Raise TagGone, TagNameTaken, StaleVersion, ValidationError.
    """
    tag = _standing_tag(tag_id, expected_version)
    before = tag.name
    tag.name = name
    _cleaned(tag)
    if tag.name == before:
        return tag
    _refuse_taken(tag)
    tag.version += 1
    tag.save()
    record_tags(Happened.TAG_RENAMED, [tag], actor, renamed_at)
    return tag


@transaction.atomic
def merge_tags(
    *,
    kept_id: UUID,
    merged_id: UUID,
    actor: Actor,
    merged_at: datetime,
    expected_version: int | None = None,
) -> MergedTags:
    """Make one tag of two: people and jobs of the merged bear the kept one.

    The name of the merged one leads to the kept one from then on; `expected_version`
    is of the merged one. Raise TagGone, StaleVersion.
    """
    tags = Tag.objects.standing().filter(pk__in=[kept_id, merged_id]).order_by("pk")
    both = {tag.pk: tag for tag in tags.select_for_update(of=("self",))}
    if len(both) < len(("kept", "merged")):
        raise TagGone(_("One of the tags is no more. It may have been merged."))
    kept, merged = both[kept_id], both[merged_id]
    _refuse_stale(merged, expected_version)
    people = _moved(CandidateTag.objects, "candidate_id", kept, merged)
    jobs = _moved(JobTag.objects, "job_id", kept, merged)
    merged.merged.update(merged_into=kept)
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])
    record_tags(Happened.TAGS_MERGED, [kept, merged], actor, merged_at)
    return MergedTags(people=people, jobs=jobs)


@transaction.atomic
def delete_tag(
    *,
    tag_id: UUID,
    actor: Actor,
    deleted_at: datetime,
    expected_version: int | None = None,
) -> None:
    """Take a tag away from everybody and from the list. Raise TagGone, StaleVersion."""
    tag = _standing_tag(tag_id, expected_version)
    record_tags(Happened.TAG_DELETED, [tag], actor, deleted_at)
    tag.delete()


def _tag_meant(
    name: str, tag_id: UUID | None, actor: Actor, created_at: datetime
) -> Tag:
    """Return the tag of an id or a name, locked so that it stays."""
    if tag_id is None:
        return _tag_named(name, actor, created_at)
    known = Tag.objects.select_related("merged_into").filter(pk=tag_id).first()
    leads_to = (known.merged_into or known) if known else None
    return _standing_tag(leads_to.pk if leads_to else tag_id)


def _tag_named(name: str, actor: Actor, created_at: datetime) -> Tag:
    """Return the tag of a name, locked so that it stays; make it if there is none."""
    tag = _cleaned(Tag(name=name, created_at=created_at))
    known = Tag.objects.select_related("merged_into").filter(key=tag.key).first()
    if known is None:
        return _created(tag, actor)
    leads_to = known.merged_into or known
    return _standing_tag(leads_to.pk)


def _created(tag: Tag, actor: Actor) -> Tag:
    # One made meanwhile by somebody else stays theirs.
    Tag.objects.bulk_create([tag], ignore_conflicts=True)
    made = Tag.objects.select_for_update(of=("self",)).get(key=tag.key)
    if made.pk == tag.pk:
        record_tags(Happened.TAG_CREATED, [tag], actor, tag.created_at)
    return made


def _cleaned(tag: Tag) -> Tag:
    tag.full_clean(
        exclude=["id", "key", "merged_into"],
        validate_unique=False,
        validate_constraints=False,
    )
    if len(tag.key) > TAG_KEY_LENGTH:
        raise ValidationError({"name": _("This name is too long.")})
    return tag


def _standing_tag(tag_id: UUID, expected_version: int | None = None) -> Tag:
    tags = Tag.objects.standing().select_for_update(of=("self",), no_key=True)
    tag = tags.filter(pk=tag_id).first()
    if tag is None:
        raise TagGone(_("This tag is no more. It may have been merged."))
    _refuse_stale(tag, expected_version)
    return tag


def _refuse_stale(tag: Tag, expected_version: int | None) -> None:
    if expected_version is not None and tag.version != expected_version:
        raise StaleVersion(
            _("Somebody renamed this tag meanwhile; it is called “%s” now.") % tag.name
        )


def _refuse_taken(tag: Tag) -> None:
    other = Tag.objects.filter(key=tag.key).exclude(pk=tag.pk).first()
    if other is not None:
        raise TagNameTaken(_("There is a tag “%s” already.") % other.name)


def _locked_ids(rows: QuerySet[Candidate] | QuerySet[Job]) -> list[UUID]:
    # In the order of the keys, so that two writers never wait for each other.
    locked = rows.order_by("pk").select_for_update(no_key=True, of=("self",))
    return list(locked.values_list("pk", flat=True))


def _moved(
    rows: Manager[CandidateTag] | Manager[JobTag], bearer: str, kept: Tag, merged: Tag
) -> int:
    """Give the rows of the merged tag to the kept one; return how many there were."""
    of_merged = rows.filter(tag=merged)
    count = of_merged.count()
    of_kept = rows.filter(tag=kept)
    of_merged.filter(**{f"{bearer}__in": of_kept.values(bearer)}).delete()
    of_merged.update(tag=kept)
    return count
