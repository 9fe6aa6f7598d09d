"""How far a new installation has come, told from what is there."""

from dataclasses import dataclass
from enum import StrEnum

from matching.status import is_any_ranked
from recruit.accounts.models import User
from recruit.candidates.models import Candidate
from recruit.demo.people import SOURCE
from recruit.demo.queries import demo_is_loaded
from recruit.jobs.models import Job
from recruit.jobs.querysets import JobQuerySet
from recruit.organisation.models import Organisation

ADMINISTRATORS_NAMED = 3


class Step(StrEnum):
    """The steps to a first ranking, in their order."""

    COMPANY = "company"
    JOB = "job"
    PEOPLE = "people"
    RANKING = "ranking"


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What is done, what comes next, and whether anybody is to be led there."""

    done: frozenset[Step]
    is_administrator: bool
    has_demo: bool = False
    is_put_away: bool = False

    @property
    def next(self) -> Step | None:
        """Return the first step left that the reader may do; None where none is."""
        left = (step for step in Step if step not in self.done)
        return next((step for step in left if self.may_do(step)), None)

    def may_do(self, step: Step) -> bool:
        return self.is_administrator or step is not Step.COMPANY

    @property
    def has_people(self) -> bool:
        return Step.PEOPLE in self.done

    @property
    def is_over(self) -> bool:
        """True after the first ranking; a company without a name works as well."""
        return self.done >= {Step.JOB, Step.PEOPLE, Step.RANKING}

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to show yet, so that the guide is all."""
        return not self.is_over and not self.done & {Step.JOB, Step.PEOPLE}

    @property
    def is_trying_out(self) -> bool:
        """True where there is demo data, and no job of one's own yet."""
        return self.has_demo and Step.JOB not in self.done

    @property
    def is_shown(self) -> bool:
        return not (self.is_over or self.is_put_away or self.is_trying_out)

    @property
    def is_offered(self) -> bool:
        """True where an administrator is told how to begin with data of their own."""
        return self.is_trying_out and self.is_administrator and not self.is_put_away


def administrators_named() -> list[User]:
    """Return whom to ask for what only an administrator may do."""
    administrators = User.objects.active_administrators().order_by("name", "id")
    return list(administrators[:ADMINISTRATORS_NAMED])


def own_jobs(viewer: User) -> JobQuerySet:
    """Return the jobs a viewer may see that are no demo jobs."""
    return Job.objects.visible_to(viewer).exclude(source=SOURCE)


def first_steps_of(viewer: User, organisation: Organisation) -> FirstSteps:
    """Return how far the installation has come, as the viewer may see it."""
    jobs = own_jobs(viewer)
    done = {
        Step.COMPANY: bool(organisation.name),
        Step.JOB: jobs.exists(),
        Step.PEOPLE: Candidate.objects.not_erased().exists(),
    }
    done[Step.RANKING] = done[Step.JOB] and done[Step.PEOPLE] and is_any_ranked(jobs)
    return FirstSteps(
        done=frozenset(step for step, is_done in done.items() if is_done),
        is_administrator=viewer.is_administrator,
        has_demo=done[Step.PEOPLE] and demo_is_loaded(),
        is_put_away=organisation.is_guide_put_away,
    )
