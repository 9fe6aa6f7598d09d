"""Rows of candidates: what they say, whom they speak of, writing them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recruit.candidates.choices import SkillOrigin
from recruit.candidates.inputs import CandidateFields, ProfileInput, SkillInput
from recruit.candidates.models import MOST_YEARS, Candidate, CandidateSkill
from recruit.candidates.operations import (
    ProfileWrite,
    Written,
    new_candidate,
    save_profiles,
)
from recruit.candidates.part import MOST_ROWS
from recruit.candidates.queries import ids_of_emails
from recruit.common.locations import split_location
from recruit.imports.cells import (
    email_addresses,
    phone_numbers,
    skill_words,
    split_name,
    split_skills,
    total_years,
)
from recruit.imports.faults import Faults
from recruit.imports.importer import Origin, claim, external_id_of, id_from_content
from recruit.imports.reasons import rejected
from recruit.imports.seen import SeenRows
from recruit.imports.types import Outcome, Record, Row, RowResult
from recruit.skills.models import Skill
from recruit.skills.operations import check_skill_words, resolve_skills


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """What a row says of a person; blank cells say nothing."""

    row: Row
    external_id: str
    email: str
    fields: CandidateFields
    skills: tuple[SkillInput, ...] | None


class CandidateImporter:
    """Finds the person of each row, or makes one, and writes what the row says."""

    def __init__(self, origin: Origin, seen: SeenRows) -> None:
        self._origin = origin
        self._seen = seen

    def read(self, row: Row) -> CandidateRow:
        """Understand a row. Raise ValidationError naming all bad fields."""
        faults = Faults()
        external_id, skills = "", None
        with faults.gathered():
            external_id = external_id_of(row.values)
        fields = candidate_fields(row.values, faults)
        with faults.gathered():
            skills = stated_skills(row.values.get("skills", ""))
        if "email" in faults and not row.values.get("external_id"):
            # Nobody can be found by such a row, so that it would be somebody new.
            _refuse_nameless(fields, row.values, faults)
        faults.refuse()
        email = fields["emails"][0] if "emails" in fields else ""
        if not external_id and not email:
            external_id = id_from_content(row.values)
        self._claim(row.number, external_id, email)
        return CandidateRow(row, external_id, email, fields, skills)

    def _claim(self, number: int, external_id: str, email: str) -> None:
        """Refuse what an earlier row has said of the same person.

        People with ids of their own may share an address.
        """
        if external_id:
            claim(self._seen, "external_id", external_id, number)
        if not email:
            return
        alone = self._seen.first_row(f"email without id:{email}")
        if not external_id or alone is not None:
            claim(self._seen, "email", email, number)
        if not external_id:
            self._seen.claim(f"email without id:{email}", number)
        self._seen.claim(f"email:{email}", number)

    def write(self, rows: Sequence[CandidateRow]) -> list[RowResult]:
        """Write rows inside the caller's transaction; bad ones say why."""
        found = self._people(rows)
        results: list[RowResult] = []
        known: list[tuple[CandidateRow, Candidate | None]] = []
        for row in rows:
            try:
                known.append((row, self._person(row, found)))
            except ValidationError as error:
                results.append(_rejected(row, error))
        writes = self._writes(known)
        written = save_profiles(
            writes=writes,
            actor=self._origin.actor,
            changed_at=self._origin.imported_at,
        )
        pairs = zip(known, written, strict=True)
        return results + [_result(row, outcome) for (row, _), outcome in pairs]

    def _people(self, rows: Sequence[CandidateRow]) -> "_People":
        people = Candidate.objects.not_erased().select_for_update(of=("self",))
        people = people.order_by("pk").with_skills()
        ids = [row.external_id for row in rows if row.external_id]
        # The exclusion lets PostgreSQL use the index, which leaves blank ids out.
        named = people.filter(source=self._origin.source, external_id__in=ids)
        found = _People(named.exclude(external_id=""), self._origin.source)
        emails = [
            row.email
            for row in rows
            if row.email and row.external_id not in found.by_external_id
        ]
        if emails:
            found.add_by_email(people.filter(pk__in=ids_of_emails(emails)))
        return found

    def _person(self, row: CandidateRow, found: "_People") -> Candidate | None:
        """Return whom the row speaks of, None for somebody new."""
        if row.external_id in found.by_external_id:
            return found.by_external_id[row.external_id]
        number = row.row.number
        people = [
            person
            for person in found.by_email.get(row.email, ())
            if not (row.external_id and self._has_other_id(person, number))
        ]
        if len(people) > 1:
            raise ValidationError(
                {
                    "email": ngettext(
                        "%(count)d person has the address “%(email)s”.",
                        "%(count)d people have the address “%(email)s”.",
                        len(people),
                    )
                    % {"count": len(people), "email": row.email}
                }
            )
        if not people:
            return None
        claim(self._seen, "email", f"{row.email} {people[0].pk}", number)
        if row.external_id and not people[0].external_id:
            self._seen.claim(f"named:{people[0].pk}", number)
        return people[0]

    def _has_other_id(self, person: Candidate, number: int) -> bool:
        """True for somebody whom this source, or a row before, knows by another id."""
        named = self._seen.first_row(f"named:{person.pk}")
        if named is not None and named != number:
            return True
        return bool(person.external_id) and person.source == self._origin.source

    def _writes(
        self, known: Sequence[tuple[CandidateRow, Candidate | None]]
    ) -> list[ProfileWrite]:
        words = [
            stated.skill
            for row, person in known
            if person is not None
            for stated in row.skills or ()
        ]
        skills = resolve_skills(
            words, actor=self._origin.actor, happened_at=self._origin.imported_at
        )
        return [
            self._addition(row) if person is None else self._change(row, person, skills)
            for row, person in known
        ]

    def _addition(self, row: CandidateRow) -> ProfileWrite:
        fields = row.fields | {
            "source": self._origin.source,
            "external_id": row.external_id,
        }
        candidate = new_candidate(self._origin.imported_at)
        return ProfileWrite(candidate, ProfileInput(fields, row.skills), is_new=True)

    def _change(
        self, row: CandidateRow, person: Candidate, skills: Mapping[str, Skill]
    ) -> ProfileWrite:
        fields = row.fields.copy()
        if row.external_id and not person.external_id:
            fields["source"] = self._origin.source
            fields["external_id"] = row.external_id
        if "emails" in fields:
            fields["emails"] = _with_new(person.emails, fields["emails"])
        if "phones" in fields:
            fields["phones"] = _with_new(person.phones, fields["phones"])
        stated = row.skills
        if stated is not None:
            stated = merged_skills(person.skills.all(), stated, skills)
        return ProfileWrite(person, ProfileInput(fields, stated), is_new=False)


class _People:
    """The people in the database whom a batch may speak of."""

    def __init__(self, named: Iterable[Candidate], source: str) -> None:
        self.by_external_id = {person.external_id: person for person in named}
        self.by_email: dict[str, list[Candidate]] = defaultdict(list)
        self._source = source

    def add_by_email(self, people: Iterable[Candidate]) -> None:
        for found in people:
            # One object for one person, however found.
            is_named = found.source == self._source
            known = self.by_external_id.get(found.external_id) if is_named else None
            for address in found.emails:
                self.by_email[address].append(known or found)


def _refuse_nameless(
    fields: CandidateFields, values: Mapping[str, str], faults: Faults
) -> None:
    if "given_name" in fields:
        return
    column = "name" if "name" in values else "family_name"
    with faults.gathered():
        raise ValidationError({column: _("A candidate needs a name.")})


def candidate_fields(values: Mapping[str, str], faults: Faults) -> CandidateFields:
    """Return the fields that cells which are not blank speak of; note bad ones."""
    fields: CandidateFields = {}
    given, family = values.get("given_name", ""), values.get("family_name", "")
    if not given and not family:
        given, family = split_name(values.get("name", ""))
    if given or family:
        fields["given_name"], fields["family_name"] = given, family
    if email := values.get("email"):
        with faults.gathered():
            fields["emails"] = email_addresses(email)
    if phone := values.get("phone"):
        with faults.gathered():
            fields["phones"] = phone_numbers(phone)
    if location := values.get("location"):
        fields["place"], fields["region"], fields["country"] = split_location(location)
    if headline := values.get("headline"):
        fields["headline"] = headline
    if summary := values.get("summary"):
        fields["summary"] = summary
    if years := values.get("years"):
        with faults.gathered():
            fields["years_of_experience"] = total_years(years)
    return fields


def stated_skills(text: str) -> tuple[SkillInput, ...] | None:
    """Return the skills of a cell, None for a blank one."""
    texts = split_skills(text)
    if not texts:
        return None
    if len(texts) > MOST_ROWS:
        raise ValidationError(
            {
                "skills": _("%(count)d entries; at most %(most)d are taken.")
                % {"count": len(texts), "most": MOST_ROWS}
            }
        )
    stated = [skill_words(text) for text in texts]
    check_skill_words(words.name for words in stated)
    for words in stated:
        if words.years is not None and words.years > MOST_YEARS:
            raise ValidationError(
                {
                    "skills": _("%(name)s: more than %(most)d years.")
                    % {"name": words.name, "most": MOST_YEARS}
                }
            )
    return tuple(
        SkillInput(
            words.name, words.proficiency, words.years, origin=SkillOrigin.IMPORTED
        )
        for words in stated
    )


def merged_skills(
    held: Iterable[CandidateSkill],
    stated: Sequence[SkillInput],
    skills: Mapping[str, Skill],
) -> tuple[SkillInput, ...]:
    """Return what a person holds once the file has spoken.

    Skills that came another way stay as they are; imported ones become those of the
    file, and keep proficiency and years where the file does not tell them.
    """
    held = list(held)
    own = [row for row in held if row.origin != SkillOrigin.IMPORTED]
    imported = {row.skill_id: row for row in held if row.origin == SkillOrigin.IMPORTED}
    kept = tuple(
        SkillInput(
            row.skill.name, row.proficiency, row.years, row.last_used, row.origin
        )
        for row in own
    )
    told = tuple(
        _completed(words, imported.get(skills[words.skill].pk)) for words in stated
    )
    return kept + told


def _completed(stated: SkillInput, held: CandidateSkill | None) -> SkillInput:
    if held is None:
        return stated
    return replace(
        stated,
        proficiency=stated.proficiency or held.proficiency,
        years=held.years if stated.years is None else stated.years,
        last_used=held.last_used,
    )


def _with_new(held: Sequence[str], stated: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*held, *stated]))


def _rejected(row: CandidateRow, error: ValidationError) -> RowResult:
    return rejected(row.row.record, error, row.row.values)


def _result(row: CandidateRow, written: Written) -> RowResult:
    if written.error is not None:
        return _rejected(row, written.error)
    return landed(row.row.record, written)


def landed(record: Record, written: Written) -> RowResult:
    """Return the result of a row whose person was written."""
    outcome = Outcome.CHANGED if written.is_changed else Outcome.UNCHANGED
    return RowResult(
        record,
        Outcome.CREATED if written.is_new else outcome,
        object_id=written.candidate.pk,
    )
