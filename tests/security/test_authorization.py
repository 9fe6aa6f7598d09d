"""Every address with every caller about every row: who sees and changes what.

The addresses come from the URL resolver, the rules from `matrix`. What an actor may
not see is answered as if it did not exist, to the letter.
"""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import override_settings

from tests.security.actors import Actor, make_actors, make_staff
from tests.security.addresses import Address, all_addresses
from tests.security.matrix import ROWS, row_of, sees, verdict
from tests.security.requests import (
    READING,
    Answer,
    ask,
    trace,
)
from tests.security.rules import Interface, Row, Verdict
from tests.security.worlds import (
    World,
    make_gone_world,
    make_random_world,
    make_world,
)
from tests.sharing import shared_rows

pytestmark = pytest.mark.django_db

ADDRESSES = all_addresses()
DOMAIN = [one for one in ADDRESSES if not one.pattern.startswith("admin/")]
NOT_ALLOWED_HERE = 405

STATUSES = {
    (Interface.CLOSED, Verdict.HIDDEN): {404},
    (Interface.PAGES, Verdict.SIGN_IN): {302},
    (Interface.API, Verdict.SIGN_IN): {401},
    (Interface.PAGES, Verdict.HIDDEN): {404},
    (Interface.API, Verdict.HIDDEN): {404},
    (Interface.API, Verdict.FORBIDDEN): {403},
}
READ = {200, 302}
WRITTEN = {200, 201, 202, 204, 302, 400, 409, 412, 415, 422, 428, 429}


class Scene:
    """The accounts, their rows and everybody who asks for them."""

    def __init__(self) -> None:
        staff = make_staff()
        self.actors = make_actors(staff)
        named = [staff.recruiter, staff.administrator]
        self.named: set[UUID] = {user.pk for user in named}
        opened = make_world(
            "open",
            manager=staff.manager,
            recruiters=named,
            owner=staff.outsider,
            confidential=False,
        )
        confidential = make_world(
            "confidential",
            manager=staff.manager,
            recruiters=named,
            owner=staff.administrator,
            confidential=True,
        )
        self.random = make_random_world()
        self.worlds = [opened, confidential, make_gone_world(opened), self.random]
        self.clients = {actor.name: actor.client() for actor in self.actors}
        self.before = trace()

    def hidden_words(self, actor: Actor) -> list[str]:
        """Return the words that no answer may show to the actor."""
        words: list[str] = []
        for world in self.worlds:
            sees_job = actor.sees_job(world.job, self.named)
            if not (sees_job and world.has_job):
                words.extend(world.job_words)
            if not (world.has_candidate and (sees_job or actor.is_recruiting)):
                words.extend(world.person_words)
        return words


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    """Give one scene to all tests: every request is taken back."""
    uploads = str(tmp_path_factory.mktemp("uploads"))
    with override_settings(MEDIA_ROOT=uploads), shared_rows(django_db_blocker):
        yield Scene()


def worlds_for(actor: Actor, scene: Scene, row: Row, *, is_varied: bool) -> list[World]:
    """Return what an actor asks about: of one who is let in nowhere, what is and isn't.

    The same for whose rights are those of another actor, or none. What is gone is as
    hidden to all, so that one of each role asks about it.
    """
    if not is_varied:
        return scene.worlds[:1]
    opened, confidential, gone, random = scene.worlds
    is_stranger = actor.is_token and row.interface is not Interface.API
    if actor.user is None or is_stranger or actor.is_like_another:
        return [opened, random]
    if actor.asks_about_what_is_gone:
        return [opened, confidential, gone, random]
    return [opened, confidential, random]


def answers_of(scene: Scene, address: Address, row: Row) -> Iterator[Answer]:
    """Yield the answer to every request that can be made of an address."""
    is_varied = bool(address.parameters) or row.interface is Interface.API
    for actor in scene.actors:
        client = scene.clients[actor.name]
        for world in worlds_for(actor, scene, row, is_varied=is_varied):
            for method in (READING, *address.methods):
                yield ask(actor, client, world, method, address=address, row=row)


def expected_statuses(row: Row, ruled: Verdict, *, writes: bool) -> set[int]:
    """Return the statuses that an answer may have under the rules."""
    if ruled is not Verdict.ALLOWED:
        return {*STATUSES[row.interface, ruled], NOT_ALLOWED_HERE}
    expected = {*(WRITTEN if writes else READ), NOT_ALLOWED_HERE}
    return expected | row.also


def faults_of(scene: Scene, row: Row, answer: Answer) -> Iterator[str]:
    """Yield what is wrong with one answer."""
    writes = answer.method != READING
    actor, said = answer.actor, answer.described
    ruled = verdict(actor, row, answer.world, writes=writes, named=scene.named)
    if answer.status >= 500 and answer.status not in row.also:
        yield f"{said}: an error"
    if any(word in answer.body for word in scene.hidden_words(actor)):
        yield f"{said}: shows what is hidden"
    if row.interface is Interface.OPEN:
        return
    has_written = answer.left not in {None, scene.before}
    if has_written and ruled is not Verdict.ALLOWED:
        yield f"{said}: writes"
    expected = expected_statuses(row, ruled, writes=writes)
    if answer.status not in expected:
        yield f"{said}: expected {sorted(expected)} ({ruled.name})"
    is_to_sign_in = answer.location.startswith("/accounts/login/")
    if answer.status == 302 and is_to_sign_in != (ruled is Verdict.SIGN_IN):
        yield f"{said}: leads to {answer.location}"


class TestMatrix:
    def test_has_a_row_for_every_address(self):
        missing = [one.pattern for one in ADDRESSES if row_of(one.pattern) is None]

        assert missing == []

    def test_has_an_address_for_every_row(self):
        known = {address.pattern for address in ADDRESSES}

        assert set(ROWS) - known == set()


def differences_of(scene: Scene, row: Row, answers: list[Answer]) -> Iterator[str]:
    """Yield where a hidden row is answered otherwise than one that does not exist."""
    hidden: dict[tuple[str, str], dict[str, Answer]] = {}
    for answer in answers:
        if not sees(answer.actor, row, answer.world, scene.named):
            asked = hidden.setdefault((answer.actor.name, answer.method), {})
            asked[answer.world.name] = answer
    for asked in hidden.values():
        unknown = asked[scene.random.name].compared()
        for answer in asked.values():
            if answer.compared() != unknown:
                yield f"{answer.described}, not as about an unknown id"


class TestAddress:
    @pytest.mark.parametrize("address", DOMAIN, ids=lambda one: one.pattern)
    def test_answers_everybody_as_the_matrix_says(self, address: Address, scene: Scene):
        row = row_of(address.pattern)
        assert row is not None

        answers = list(answers_of(scene, address, row))

        faults = [one for each in answers for one in faults_of(scene, row, each)]
        faults += differences_of(scene, row, answers)
        assert "\n".join(faults) == ""
