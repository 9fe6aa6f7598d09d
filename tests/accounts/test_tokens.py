"""The life of a token: used, rotated, revoked, ended with its account."""

from datetime import timedelta

import pytest

from recruit.accounts.choices import Role
from recruit.accounts.models import ApiToken, User
from recruit.accounts.operations import (
    TokenExists,
    TokenRotated,
    deactivate_users,
    note_token_use,
    rotate_token,
    update_user,
)
from recruit.common.ids import uuid7
from tests.accounts.tokens import holder, issue, status
from tests.factories import LATER, NOW, make_user
from tests.races import at_once

pytestmark = pytest.mark.django_db


class TestTwins:
    """Twice the same form: only one of the two answers has a secret to show."""

    @pytest.mark.django_db(transaction=True)
    def test_at_once_make_one_token(self):
        user, token_id = make_user(), uuid7()

        ended = at_once(*[lambda: issue(user=user, token_id=token_id)] * 4)

        refused = [one for one in ended if isinstance(one, TokenExists)]
        (made,) = [one for one in ended if isinstance(one, tuple)]
        assert len(refused) == 3
        assert ApiToken.objects.get() == made[0] == holder(made[1])

    @pytest.mark.django_db(transaction=True)
    def test_at_once_make_one_secret(self):
        token, old = issue()
        zero = timedelta(0)

        ended = at_once(
            *[
                lambda: rotate_token(
                    token_id=token.pk,
                    rotated_at=NOW,
                    overlap=zero,
                    expected_prefix=token.prefix,
                )
            ]
            * 4
        )

        refused = [one for one in ended if isinstance(one, TokenRotated)]
        (made,) = [one for one in ended if isinstance(one, tuple)]
        assert len(refused) == 3
        assert holder(made[1]) == token
        assert holder(old) is None

    def test_leave_another_token_as_it_is(self):
        token, secret = issue()

        with pytest.raises(TokenExists):
            issue(name="other", token_id=token.pk)

        assert holder(secret) == token
        assert ApiToken.objects.get().name == "sync"


class TestNoteTokenUse:
    def test_writes_at_most_once_a_minute(self):
        token, _ = issue()

        note_token_use(token=token, used_at=NOW, used_from="192.0.2.1")
        token.refresh_from_db()
        soon = NOW + timedelta(seconds=30)
        note_token_use(token=token, used_at=soon, used_from="192.0.2.1")

        assert ApiToken.objects.get().last_used_at == NOW

    def test_writes_another_address_at_once(self):
        token, _ = issue()

        note_token_use(token=token, used_at=NOW, used_from="192.0.2.1")
        token.refresh_from_db()
        soon = NOW + timedelta(seconds=30)
        note_token_use(token=token, used_at=soon, used_from="2001:db8::1")

        token.refresh_from_db()
        assert (token.last_used_at, token.last_used_from) == (soon, "2001:db8::1")

    def test_takes_the_address_that_the_trusted_proxy_has_seen(self, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        token, secret = issue()

        status(secret, **{"x-forwarded-for": "198.51.100.9, 203.0.113.7"})

        token.refresh_from_db()
        assert token.last_used_from == "203.0.113.7"

    def test_believes_no_header_without_a_trusted_proxy(self):
        token, secret = issue()

        status(secret, **{"x-forwarded-for": "203.0.113.7"})

        token.refresh_from_db()
        assert token.last_used_from == "127.0.0.1"

    @pytest.mark.parametrize("claimed", ["nonsense", "", "203.0.113.7"])
    def test_answers_though_the_address_is_unknown(self, settings, claimed):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
        _token, secret = issue()

        assert status(secret, **{"x-forwarded-for": claimed}) == 200


def change(user: User, *, is_active: bool) -> None:
    update_user(
        user_id=user.pk,
        email=user.email,
        name=user.name,
        role=Role(user.role),
        is_active=is_active,
        changed_at=LATER,
    )


class TestAccountThatEnds:
    def test_ends_its_tokens_for_good(self):
        user = make_user()
        _token, secret = issue(user=user)

        deactivate_users(user_ids=[user.pk], ended_at=NOW)
        assert status(secret) == 401
        change(user, is_active=True)

        assert status(secret) == 401

    def test_ends_them_by_its_form_too(self):
        user = make_user()
        token, _ = issue(user=user)
        other, _ = issue()

        change(user, is_active=False)

        token.refresh_from_db()
        other.refresh_from_db()
        assert (token.revoked_at, other.revoked_at) == (LATER, None)
