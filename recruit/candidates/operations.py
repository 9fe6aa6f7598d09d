"""Every write to candidates that means something.

One path for one person and for a batch: `save_profiles`. Creating or changing a single
person is a batch of one that raises what the batch reports.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.candidates.erasure import erase_elsewhere
from recruit.candidates.files import remove_on_commit
from recruit.candidates.inputs import CandidateFields, ProfileInput
from recruit.candidates.models import Candidate
from recruit.candidates.parts import PARTS, ProfileRows
from recruit.candidates.querysets import CandidateQuerySet
from recruit.common.copying import copy_rows
from recruit.common.ids import uuid7
from recruit.common.refusals import Refused, StaleVersion
from recruit.common.text import with_plain_line_ends
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.skills.models import Skill
from recruit.skills.operations import check_skill_words, resolve_skills

# What a profile text is made from. Names are among it because they are taken out of
# free text. A change of any other field leaves the embedding as it is.
PROFILE_FIELDS = frozenset({"given_name", "family_name", "headline", "summary"})

_FIELDS = frozenset(field.name for field in Candidate._meta.concrete_fields)
_COLUMNS = sorted(_FIELDS - {Candidate._meta.pk.name})


class CandidateExists(Refused):
    """Another candidate has this source and external id."""


class CandidateErased(Refused):
    """The person was erased; nothing can be written about them."""


@dataclass(slots=True)
class ProfileWrite:
    """One person to be written: the row as it is now (or new) and what is said."""

    candidate: Candidate
    profile: ProfileInput
    is_new: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one write: nothing landed where there are errors."""

    candidate: Candidate
    is_new: bool
    is_changed: bool
    error: ValidationError | None = None


def _tidy(fields: CandidateFields) -> CandidateFields:
    tidy = fields.copy()
    if "emails" in tidy:
        addresses = (address.strip().lower() for address in tidy["emails"])
        tidy["emails"] = list(dict.fromkeys(filter(None, addresses)))
    if "phones" in tidy:
        numbers = (number.strip() for number in tidy["phones"])
        tidy["phones"] = list(dict.fromkeys(filter(None, numbers)))
    if "country" in tidy:
        tidy["country"] = tidy["country"].strip().upper()
    return tidy


def _assign(candidate: Candidate, fields: CandidateFields) -> set[str]:
    changed = set()
    for name, stated in _tidy(fields).items():
        value = with_plain_line_ends(stated) if isinstance(stated, str) else stated
        if getattr(candidate, name) != value:
            setattr(candidate, name, value)
            changed.add(name)
    return changed


def _skill_words(profile: ProfileInput) -> list[str]:
    return [stated.skill for stated in profile.skills or ()]


def _put_fields(write: ProfileWrite) -> set[str]:
    """Put the fields into the row; return those that changed.

    Raise ValidationError for bad fields, and for words that are no skills.
    """
    check_skill_words(_skill_words(write.profile))
    for part in PARTS:
        part.refuse_many(part.stated(write.profile) or ())
    changed = _assign(write.candidate, write.profile.fields)
    # What stays as it is was checked when it was written.
    write.candidate.full_clean(
        exclude=_FIELDS - changed, validate_unique=False, validate_constraints=False
    )
    return changed


def _part_rows(
    write: ProfileWrite, changed: set[str], skills: dict[str, Skill]
) -> ProfileRows:
    """Return the parts to replace, and name them among what changed."""
    rows: ProfileRows = {}
    for part in PARTS:
        stated = part.stated(write.profile)
        if stated is None:
            continue
        made = part.rows(write.candidate, stated, skills)
        if write.is_new or part.differs(write.candidate, made):
            rows[part] = made
            if made or not write.is_new:
                changed.add(part.name)
    return rows


@transaction.atomic
def save_profiles(
    *, writes: Sequence[ProfileWrite], actor: Actor, changed_at: datetime
) -> list[Written]:
    """Write people in one transaction; bad ones are left out and say why.

    The rows must be locked (or new) and loaded `with_profile`. One event speaks of all
    that were created and one of all that changed. Raise CandidateExists where a new
    person's source and external id are in use.
    """
    errors: dict[int, ValidationError] = {}
    changes: dict[int, set[str]] = {}
    for number, write in enumerate(writes):
        try:
            changes[number] = _put_fields(write)
        except ValidationError as error:
            errors[number] = error
    # Only now, so that the words of a refused person do not become skills.
    words = [
        word for number in changes for word in _skill_words(writes[number].profile)
    ]
    skills = resolve_skills(words, actor=actor, happened_at=changed_at)
    parts: list[tuple[Candidate, ProfileRows]] = []
    for number, changed in changes.items():
        write = writes[number]
        try:
            parts.append((write.candidate, _part_rows(write, changed, skills)))
        except ValidationError as error:
            errors[number] = error
        else:
            _stamp(write, changed, changed_at)
    written = [
        Written(
            write.candidate,
            write.is_new,
            is_changed=number not in errors and (write.is_new or bool(changes[number])),
            error=errors.get(number),
        )
        for number, write in enumerate(writes)
    ]
    _store([row for row in written if row.is_changed])
    new = {write.candidate.pk for write in writes if write.is_new}
    for part in PARTS:
        part.replace(
            [(who, rows[part]) for who, rows in parts if part in rows], new=new
        )
    _record(written, actor, changed_at)
    return written


def _stamp(write: ProfileWrite, changed: set[str], changed_at: datetime) -> None:
    candidate = write.candidate
    if write.is_new:
        return
    if changed - set(_COLUMNS) or changed & PROFILE_FIELDS:
        candidate.profile_changed_at = changed_at
    if changed:
        candidate.version += 1


def _store(written: list[Written]) -> None:
    try:
        with transaction.atomic():
            copy_rows(Candidate, [row.candidate for row in written if row.is_new])
            # One statement for all, where saving each would take one for each.
            Candidate.objects.bulk_create(
                [row.candidate for row in written if not row.is_new],
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=_COLUMNS,
            )
    except IntegrityError as error:
        if "candidate_pkey" in str(error):
            raise CandidateExists(_("This person was added already.")) from error
        if "candidates_one_per_source_and_external_id" not in str(error):
            raise
        raise CandidateExists(
            _("A candidate with this source and external id exists.")
        ) from error


def _record(written: list[Written], actor: Actor, happened_at: datetime) -> None:
    landed = [row for row in written if row.is_changed]
    for kind, is_new in (
        (Happened.CANDIDATE_CREATED, True),
        (Happened.CANDIDATE_CHANGED, False),
    ):
        ids = [row.candidate.pk for row in landed if row.is_new == is_new]
        if ids:
            record(kind, actor=actor, happened_at=happened_at, candidate_ids=ids)


def new_candidate(created_at: datetime, candidate_id: UUID | None = None) -> Candidate:
    """Return an empty row for `save_profiles`."""
    return Candidate(
        id=candidate_id or uuid7(),
        created_at=created_at,
        profile_changed_at=created_at,
    )


def save_one(write: ProfileWrite, actor: Actor, at: datetime) -> Candidate:
    """Write one person. Raise what a batch would report."""
    with transaction.atomic():
        (written,) = save_profiles(writes=[write], actor=actor, changed_at=at)
        if written.error is not None:
            raise written.error
    return written.candidate


def create_candidate(
    *,
    profile: ProfileInput,
    actor: Actor,
    created_at: datetime,
    candidate_id: UUID | None = None,
) -> Candidate:
    """Make a candidate. Raise ValidationError naming bad fields, CandidateExists.

    Who may send the same again chooses the id beforehand: the second is refused.
    """
    write = ProfileWrite(new_candidate(created_at, candidate_id), profile, is_new=True)
    return save_one(write, actor, created_at)


@transaction.atomic
def update_candidate(
    *,
    candidate_id: UUID,
    profile: ProfileInput,
    actor: Actor,
    changed_at: datetime,
    expected_version: int | None = None,
) -> Candidate:
    """Change what is given and differs; equal input writes nothing.

    Raise StaleVersion if somebody changed the person since expected_version was read,
    CandidateErased, CandidateExists, or ValidationError naming bad fields.
    """
    people = Candidate.objects.with_profile()
    candidate = locked(people, candidate_id, expected_version)
    return save_one(ProfileWrite(candidate, profile, is_new=False), actor, changed_at)


def locked(
    people: CandidateQuerySet, candidate_id: UUID, expected_version: int | None
) -> Candidate:
    """Return a person whom nobody else changes. Raise StaleVersion, CandidateErased."""
    candidate = people.select_for_update(of=("self",)).get(pk=candidate_id)
    if candidate.erased_at:
        raise CandidateErased(_("This person was erased."))
    if expected_version is not None and candidate.version != expected_version:
        raise StaleVersion(_("Somebody else changed this candidate meanwhile."))
    return candidate


@transaction.atomic
def erase_candidate(*, candidate_id: UUID, actor: Actor, erased_at: datetime) -> None:
    """Forget a person: only the bare row stays, for the counts of past pipelines.

    The person leaves every sourcing pool at once; indexing then deletes the vectors.
    Erasing again changes nothing.
    """
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate_id)
    if candidate.erased_at:
        return
    documents = candidate.documents.filter(size__isnull=False)
    remove_on_commit(documents.values_list("pk", flat=True))
    for part in PARTS:
        part.of(candidate).delete()
    erase_elsewhere(candidate.pk)
    blank = new_candidate(candidate.created_at)
    blank.pk = candidate.pk
    blank.version = candidate.version + 1
    blank.erased_at = blank.profile_changed_at = erased_at
    blank.save(force_update=True)
    record(
        Happened.CANDIDATE_ERASED,
        actor=actor,
        happened_at=erased_at,
        candidate_ids=[candidate.pk],
    )


@transaction.atomic
def request_indexing(
    *, candidate_ids: Sequence[UUID], actor: Actor, requested_at: datetime
) -> int:
    """Have people indexed anew although nothing changed; return how many."""
    # In the order of the keys, so that two requests never wait for each other.
    people = Candidate.objects.not_erased().filter(pk__in=candidate_ids).order_by("pk")
    locked = list(people.select_for_update(of=("self",)).values_list("pk", flat=True))
    if locked:
        Candidate.objects.filter(pk__in=locked).update(profile_changed_at=requested_at)
        record(
            Happened.INDEXING_REQUESTED,
            actor=actor,
            happened_at=requested_at,
            candidate_ids=locked,
        )
    return len(locked)
