"""One person as the screening page shows them: profile, evidence, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from matching.explained import explanations_of
from matching.types import EvidenceKind, Explanation, RequirementEvidence
from matching.veiled import About, behind_veil
from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.queries import (
    EarlierContact,
    candidates_visible_to,
    earlier_contacts,
)
from recruit.applications.veil import Veil, veil_of
from recruit.candidates.models import (
    Candidate,
    CandidateSkill,
    Document,
    Education,
    Experience,
)
from recruit.dashboard.found_sentences import Part, Sentence, around, marked
from recruit.dashboard.screened_facts import Fact, facts_of
from recruit.jobs.models import Job
from recruit.notes.models import Note
from recruit.notes.queries import notes_on_page_of
from recruit.notes.veiled import veiled_note

# What a page may hold of texts; what lies behind is read on the profile page.
MOST_BYTES_OF_DOCUMENTS = 120_000
MOST_BYTES_OF_TEXT = 20_000
MOST_WORK = 60
MOST_NOTES = 20


@dataclass(frozen=True, slots=True)
class Why:
    """A requirement with its number, and whether the profile beside it shows it."""

    number: int
    requirement: RequirementEvidence

    @property
    def is_marked(self) -> bool:
        return self.requirement.evidence.kind != EvidenceKind.NONE


@dataclass(frozen=True, slots=True)
class MarkedSkill:
    held: CandidateSkill
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MarkedWork:
    work: Experience
    title: tuple[Part, ...]
    description: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class MarkedDocument:
    document: Document
    text: tuple[Part, ...]
    holds_evidence: bool


@dataclass(frozen=True, slots=True)
class MarkedProfile:
    """A profile in which the evidence is highlighted."""

    headline: tuple[Part, ...]
    summary: tuple[Part, ...]
    skills: tuple[MarkedSkill, ...]
    work: tuple[MarkedWork, ...]
    education: tuple[Education, ...]
    documents: tuple[MarkedDocument, ...]


@dataclass(frozen=True, slots=True)
class ScreenedPerson:
    """All that one needs to decide."""

    candidate: Candidate
    explanation: Explanation
    whys: tuple[Why, ...]
    profile: MarkedProfile
    application: Application | None
    contacts: tuple[EarlierContact, ...]
    notes: tuple[Note, ...]
    facts: tuple[Fact, ...]

    @property
    def seen_version(self) -> int:
        return self.application.version if self.application else 0


def screened_person(
    job: Job, candidate_id: UUID, viewer: User, *, today: date
) -> ScreenedPerson | None:
    """Return a person for a job (loaded `with_requirements`), None where gone."""
    visible = candidates_visible_to(viewer, on_pages_of=job.pk).with_profile()
    found = visible.filter(pk=candidate_id).first()
    if found is None:
        return None
    explained = explanations_of(job=job, candidates=[found], today=today)
    veil = veil_of(job)
    (shown,) = behind_veil([About(found, explained[found.pk])], veil)
    candidate, explanation = shown.candidate, shown.explanation
    whys = tuple(
        Why(number, requirement)
        for number, requirement in enumerate(explanation.requirements, start=1)
    )
    mine = Application.objects.filter(job=job, candidate=found)
    # Of a copy nothing is known: where somebody was met before would tell who it is.
    contacts = earlier_contacts([candidate.pk], viewer, other_than=job.pk)
    return ScreenedPerson(
        candidate=candidate,
        explanation=explanation,
        whys=whys,
        profile=marked_profile(candidate, whys),
        application=mine.select_related("disposition_reason").first(),
        contacts=contacts[candidate.pk],
        notes=_notes(found, viewer, veil if candidate is not found else None),
        facts=facts_of(job, candidate, today=today),
    )


def _notes(person: Candidate, viewer: User, veil: Veil | None) -> tuple[Note, ...]:
    """Return the newest notes; behind a veil without what says who it is."""
    job_id = veil.job_id if veil else None
    notes = notes_on_page_of(person.pk, viewer, job_id=job_id)[:MOST_NOTES]
    return tuple(veiled_note(one, person, veil) if veil else one for one in notes)


def marked_profile(candidate: Candidate, whys: Sequence[Why]) -> MarkedProfile:
    """Return a profile (loaded `with_profile`) with the evidence marked in it."""
    resting = _Resting(whys)
    own = resting.sentences(candidate.pk)
    return MarkedProfile(
        headline=marked(candidate.headline, own),
        summary=_marked(candidate.summary, own, MOST_BYTES_OF_TEXT),
        skills=tuple(
            MarkedSkill(held, resting.numbers(held.pk))
            for held in candidate.skills.all()
        ),
        work=tuple(
            _work(work, resting.sentences(work.pk))
            for work in list(candidate.experience.all())[:MOST_WORK]
        ),
        education=tuple(candidate.education.all()),
        documents=_documents(list(candidate.documents.all()), resting),
    )


class _Resting:
    """Which requirements rest on which row of a profile."""

    def __init__(self, whys: Sequence[Why]) -> None:
        self._whys = whys

    def numbers(self, source_id: UUID) -> tuple[int, ...]:
        return tuple(why.number for why in self._on(source_id))

    def sentences(self, source_id: UUID) -> list[Sentence]:
        return [
            Sentence(why.number, why.requirement.evidence.text)
            for why in self._on(source_id)
        ]

    def _on(self, source_id: UUID) -> list[Why]:
        return [
            why for why in self._whys if why.requirement.evidence.source_id == source_id
        ]


def _marked(
    text: str, sentences: Sequence[Sentence], most_bytes: int
) -> tuple[Part, ...]:
    return marked(around(text, sentences, most_bytes), sentences)


def _work(work: Experience, sentences: Sequence[Sentence]) -> MarkedWork:
    title = marked(work.title, sentences)
    in_title = {number for part in title for number in part.begins}
    others = [one for one in sentences if one.number not in in_title]
    most = MOST_BYTES_OF_TEXT // 4
    return MarkedWork(work, title, _marked(work.description, others, most))


def _documents(
    documents: Sequence[Document], resting: _Resting
) -> tuple[MarkedDocument, ...]:
    most = MOST_BYTES_OF_DOCUMENTS // max(len(documents), 1)
    return tuple(
        MarkedDocument(
            document,
            _marked(document.text, resting.sentences(document.pk), most),
            bool(resting.numbers(document.pk)),
        )
        for document in documents
    )
