"""A small town of jobs and people, looked at through a real browser."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from matching.conf import encoder_identity
from matching.groups.pool import group_pool
from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import DispositionReason
from recruit.applications.operations import advance, reject
from recruit.candidates.inputs import DocumentInput, EducationInput, ExperienceInput
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job
from recruit.jobs.operations import RequirementInput
from recruit.notes.models import Note
from recruit.notes.operations import edit_note, write_note
from recruit.notes.tagging import tag_candidates, tag_jobs
from recruit.reviews.choices import Screened
from recruit.reviews.models import Screening
from recruit.reviews.operations import start_screening
from recruit.talent.models import SavedSearch, TalentPool
from recruit.talent.operations import add_to_pool, create_pool
from recruit.talent.pool_searches import put_search_into_pool
from recruit.talent.searches import save_search
from tests.browser.addresses import addresses, addresses_of_states
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    PASSWORD,
    make_application,
    make_candidate,
    make_job,
    make_user,
)
from tests.matching.indexed import index_everything

LAYOUT = (Path(__file__).parent / "layout.js").read_text()
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh"
TEXT = "Cares for old trees, hedges and roses in the parks of the town. " * 6


@dataclass(frozen=True, slots=True)
class Town:
    """What there is to look at."""

    recruiter: User
    job: Job
    empty_job: Job
    candidate: Candidate
    screening: Screening
    pool: TalentPool
    search: SavedSearch
    note: Note


def _give_reasons() -> None:
    # Laid by a migration, and gone after the first test that empties the tables.
    for code, outcome in (("not-met", Outcome.REJECTED), ("moved", Outcome.WITHDRAWN)):
        DispositionReason.objects.get_or_create(
            code=code, defaults={"label": code, "outcome": outcome}
        )


def _write_notes(author: User, job: Job, candidate: Candidate) -> Note:
    """Write notes with mentions and give tags; return one that was edited."""
    about = {"candidate_id": candidate.pk, "job_id": job.pk}
    write_note(text=f"@{author.name}: {TEXT}", actor=ACTOR, written_at=LATER, **about)
    by = Actor.of(author)
    note = write_note(text="x" * 300, actor=by, written_at=LATER, **about)
    for name in ("silver medallist", "w" * 50):
        tag_candidates(
            name=name, candidate_ids=[candidate.pk], actor=by, tagged_at=LATER
        )
        tag_jobs(name=name, job_ids=[job.pk], actor=by, tagged_at=LATER)
    return edit_note(note_id=note.pk, text="Better said.", actor=by, edited_at=LATER)


@pytest.fixture
def town(transactional_db: None) -> Town:
    _give_reasons()
    recruiter = make_user(Role.ADMINISTRATOR, name="Marta Lindqvist")
    job = make_job(
        RequirementInput("Pruning", minimum_proficiency="advanced"),
        "Grafting",
        RequirementInput("Tree surgery", importance="preferred"),
        RequirementInput("Motor sport", importance="excluded"),
        requisition_code="GRD-1",
        title="Head gardener",
        description=TEXT,
        place="Rotterdam",
        recruiters=[recruiter],
    )
    empty_job = make_job(requisition_code="NEW-1", title="Nothing said yet")
    people = [
        make_candidate(
            "Pruning", "Roses", "Soil", given_name=name, headline="Gardener of roses"
        )
        for name in ("Ada", "Bea", "Cem", "مريم", "🌳 Dov")
    ]
    candidate = make_candidate(
        "Pruning",
        "Grafting",
        given_name=LONG_NAME,
        family_name="",
        headline="Gardener " * 20,
        summary=TEXT,
        emails=["a.very.long.address.of.somebody@subdomain.of.example.org"],
        links=["https://example.org/" + "a" * 90],
        experience=[ExperienceInput(title="Gardener", description=TEXT)],
        education=[EducationInput(qualification="Diploma in horticulture")],
        documents=[DocumentInput(title="CV", text=TEXT * 4)],
    )
    make_candidate("Motor sport", "Pruning", given_name="Rex")
    make_candidate(given_name="Thin")
    for stage, person in zip(Stage, [candidate, *people[2:]], strict=True):
        application = make_application(job, person)
        advance(
            application_id=application.pk, to_stage=stage, actor=ACTOR, moved_at=LATER
        )
    gone = make_application(job)
    reject(
        application_id=gone.pk,
        reason=DispositionReason.objects.filter(outcome=Outcome.REJECTED)[0],
        actor=ACTOR,
        moved_at=LATER,
    )
    screening = start_screening(
        job_id=job.pk,
        user=recruiter,
        screened=Screened.APPLIED,
        candidate_ids=[candidate.pk, people[0].pk],
        started_at=LATER,
    )
    pool = _pool(recruiter, [candidate, *people])
    search = save_search(
        owner=recruiter,
        name=f"Gardeners {'of roses ' * 8}",
        query="q=a+gardener+of+roses",
        is_shared=True,
        actor=ACTOR,
        saved_at=NOW,
    )
    put_search_into_pool(
        pool_id=pool.pk, search_id=search.pk, actor=ACTOR, added_at=LATER
    )
    note = _write_notes(recruiter, job, candidate)
    return Town(recruiter, job, empty_job, candidate, screening, pool, search, note)


def _pool(owner: User, people: list[Candidate]) -> TalentPool:
    pool = create_pool(
        owner=owner,
        name=LONG_NAME,
        note=TEXT,
        is_shared=True,
        actor=ACTOR,
        created_at=NOW,
    )
    ids = [person.pk for person in people]
    add_to_pool(pool_id=pool.pk, candidate_ids=ids, actor=ACTOR, added_at=LATER)
    return pool


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def any_page(browser: Any, request: pytest.FixtureRequest) -> Any:
    """Give a page with JavaScript, then one without."""
    context = browser.new_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@pytest.fixture
def sign_in(live_server: Any, town: Town) -> Callable[[Any], None]:
    """Give a function that signs the recruiter in on a page."""

    def sign_in_on(page: Any) -> None:
        page.goto(f"{live_server.url}/accounts/login/")
        page.locator("input[name=login]").fill(town.recruiter.email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(f"{live_server.url}/")

    return sign_in_on


@pytest.fixture
def ranked(town: Town) -> None:
    """Read every job and profile and make the map, as the worker would."""
    index_everything()
    group_pool(encoder=encoder_identity(), count=2, made_at=LATER)


@pytest.fixture
def everywhere(town: Town, ranked: None, settings: Any, tmp_path: Path) -> list[str]:
    """Give the address of every page, with something to see on each."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return [*addresses(town), *addresses_of_states(town.recruiter)]
