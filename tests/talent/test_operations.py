from uuid import UUID

import pytest
from django.core.exceptions import ValidationError

from recruit.accounts.choices import Role
from recruit.candidates.operations import erase_candidate
from recruit.common.refusals import StaleVersion
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.talent.models import TalentPool
from recruit.talent.operations import (
    add_to_pool,
    change_pool,
    create_pool,
    delete_pool,
    take_from_pool,
)
from recruit.talent.queries import pools_of
from tests.factories import ACTOR, LATER, NOW, make_candidate, make_user

pytestmark = pytest.mark.django_db


def make_pool(owner=None, name="Gardeners", *, is_shared=False) -> TalentPool:
    return create_pool(
        owner=owner or make_user(),
        name=name,
        is_shared=is_shared,
        actor=ACTOR,
        created_at=NOW,
    )


def renamed(pool, name: str) -> TalentPool:
    return change_pool(
        pool_id=pool.pk,
        name=name,
        note="",
        is_shared=False,
        actor=ACTOR,
        changed_at=LATER,
        expected_version=1,
    )


def added(pool, *people) -> list[UUID]:
    ids = [person.pk for person in people]
    return add_to_pool(pool_id=pool.pk, candidate_ids=ids, actor=ACTOR, added_at=LATER)


class TestTalentPool:
    def test_is_seen_by_its_owner_and_shared_by_all_who_recruit(self):
        owner, other = make_user(), make_user()
        manager = make_user(Role.HIRING_MANAGER)
        own = make_pool(owner)
        shared = make_pool(owner, "Nurses", is_shared=True)

        assert set(TalentPool.objects.visible_to(owner)) == {own, shared}
        assert set(TalentPool.objects.visible_to(other)) == {shared}
        assert not TalentPool.objects.visible_to(manager).exists()

    def test_is_changed_by_its_owner_and_if_shared_by_administrators(self):
        owner, other = make_user(), make_user()
        administrator = make_user(Role.ADMINISTRATOR)
        own = make_pool(owner)
        shared = make_pool(owner, "Nurses", is_shared=True)

        assert own.may_be_changed_by(owner)
        assert not shared.may_be_changed_by(other)
        assert shared.may_be_changed_by(administrator)
        assert not own.may_be_changed_by(administrator)


class TestCreatePool:
    def test_wants_a_name_that_the_owner_does_not_use(self):
        owner = make_user()
        make_pool(owner)

        with pytest.raises(ValidationError) as taken:
            make_pool(owner, "GARDENERS")
        with pytest.raises(ValidationError) as empty:
            make_pool(owner, "  ")

        assert set(taken.value.message_dict) == {"name"}
        assert set(empty.value.message_dict) == {"name"}
        assert make_pool(make_user())


class TestChangePool:
    def test_refuses_what_somebody_else_changed_meanwhile(self):
        pool = make_pool()
        renamed(pool, "Trees")

        with pytest.raises(StaleVersion, match="Trees"):
            renamed(pool, "Roses")
        assert TalentPool.objects.get().name == "Trees"

    def test_records_nothing_where_nothing_changes(self):
        pool = make_pool()

        renamed(pool, pool.name)

        assert not Event.objects.filter(kind=Happened.TALENT_POOL_CHANGED).exists()


class TestAddToPool:
    def test_adds_who_is_not_in_it_with_one_event(self):
        pool, first, second = make_pool(), make_candidate(), make_candidate()
        added(pool, first)

        assert added(pool, first, second) == [second.pk]

        told = Event.objects.filter(kind=Happened.ADDED_TO_TALENT_POOL).newest_first()
        assert [event.candidate_ids for event in told] == [[second.pk], [first.pk]]

    def test_neither_adds_nor_counts_the_erased(self):
        pool, kept, gone = make_pool(), make_candidate(), make_candidate()
        added(pool, kept, gone)
        erase_candidate(candidate_id=gone.pk, actor=ACTOR, erased_at=LATER)

        assert added(pool, gone) == []
        counted = vars(TalentPool.objects.with_member_count().get())
        assert counted["member_count"] == 1


class TestTakeFromPool:
    def test_takes_only_who_is_in_it(self):
        pool, member, other = make_pool(), make_candidate(), make_candidate()
        added(pool, member)

        taken = take_from_pool(
            pool_id=pool.pk,
            candidate_ids=[member.pk, other.pk],
            actor=ACTOR,
            taken_at=LATER,
        )

        assert taken == [member.pk]
        assert pools_of(member, pool.owner) == []


class TestDeletePool:
    def test_leaves_the_people(self):
        pool, member = make_pool(), make_candidate()
        added(pool, member)

        delete_pool(pool_id=pool.pk, actor=ACTOR, deleted_at=LATER)

        member.refresh_from_db()
        assert not TalentPool.objects.exists()


class TestPoolsOf:
    def test_names_those_that_the_user_may_see(self):
        owner, member = make_user(), make_candidate()
        private, shared = make_pool(owner), make_pool(owner, "Nurses", is_shared=True)
        added(private, member)
        added(shared, member)

        assert pools_of(member, owner) == [private, shared]
        assert pools_of(member, make_user()) == [shared]
