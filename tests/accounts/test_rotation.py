"""Another secret for a token: its overlap, twins, the command."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from recruit.accounts.models import ApiToken, RetiredSecret
from recruit.accounts.operations import (
    TokenEnded,
    end_retired_secrets,
    revoke_token,
    rotate_token,
)
from tests.accounts.tokens import DAY, holder, issue, status
from tests.factories import LATER, NOW, make_user
from tests.races import at_once

pytestmark = pytest.mark.django_db


class TestRotateToken:
    def test_leaves_the_old_secret_good_until_the_overlap_ends(self):
        token, old = issue()

        _token, fresh = rotate_token(token_id=token.pk, rotated_at=NOW)

        assert holder(old) == holder(fresh) == token
        assert holder(old, NOW + DAY - timedelta(seconds=1)) == token
        assert holder(old, NOW + DAY) is None
        assert holder(fresh, NOW + DAY) == token

    def test_keeps_account_scopes_and_end(self):
        token, _ = issue(expires_at=LATER)

        rotated, _ = rotate_token(token_id=token.pk, rotated_at=NOW)

        rotated.refresh_from_db()
        assert (rotated.user, rotated.scopes) == (token.user, token.scopes)
        assert rotated.expires_at == LATER

    def test_takes_another_end(self):
        token, _old = issue(expires_at=LATER)

        _, fresh = rotate_token(
            token_id=token.pk, rotated_at=NOW, expires_at=LATER + DAY
        )

        assert holder(fresh, LATER) == token

    def test_ends_the_old_secret_at_once_without_an_overlap(self):
        token, old = issue()

        rotate_token(token_id=token.pk, rotated_at=NOW, overlap=timedelta(0))

        assert holder(old) is None

    def test_ends_those_before_it_too_without_an_overlap(self):
        token, oldest = issue()
        _token, old = rotate_token(token_id=token.pk, rotated_at=NOW)

        _token, fresh = rotate_token(
            token_id=token.pk, rotated_at=NOW, overlap=timedelta(0)
        )

        assert holder(fresh) == token
        assert holder(oldest) is None is holder(old)

    def test_leaves_each_secret_its_own_overlap(self):
        token, first = issue()

        _, second = rotate_token(token_id=token.pk, rotated_at=NOW)
        half = NOW + DAY / 2
        rotate_token(token_id=token.pk, rotated_at=half)

        assert holder(first, half) == holder(second, half) == token
        assert holder(first, NOW + DAY) is None
        assert holder(second, NOW + DAY) == token

    def test_forgets_secrets_that_have_ended(self):
        token, _ = issue()
        rotate_token(token_id=token.pk, rotated_at=NOW)

        rotate_token(token_id=token.pk, rotated_at=NOW + 2 * DAY)

        assert RetiredSecret.objects.count() == 1

    def test_keeps_no_secret(self):
        token, old = issue()

        _, fresh = rotate_token(token_id=token.pk, rotated_at=NOW)

        kept = str([*ApiToken.objects.values_list(), *RetiredSecret.objects.values()])
        assert old not in kept
        assert fresh not in kept

    @pytest.mark.parametrize("overlap", [-DAY, 8 * DAY])
    def test_refuses_an_overlap_out_of_bounds(self, overlap):
        token, old = issue()

        with pytest.raises(ValidationError) as refusal:
            rotate_token(token_id=token.pk, rotated_at=NOW, overlap=overlap)

        assert list(refusal.value.message_dict) == ["overlap"]
        assert holder(old) == token

    def test_refuses_an_end_in_the_past(self):
        token, _ = issue()

        with pytest.raises(ValidationError):
            rotate_token(token_id=token.pk, rotated_at=NOW, expires_at=NOW)

    def test_refuses_a_token_that_has_ended(self):
        expired, _ = issue(expires_at=LATER)
        revoked, _ = issue()
        revoke_token(token_id=revoked.pk, revoked_at=NOW)

        for ended in (expired, revoked):
            with pytest.raises(TokenEnded):
                rotate_token(token_id=ended.pk, rotated_at=LATER)

    def test_ends_both_secrets_when_the_token_is_revoked(self):
        token, old = issue()
        _, fresh = rotate_token(token_id=token.pk, rotated_at=timezone.now())
        assert (status(old), status(fresh)) == (200, 200)

        revoke_token(token_id=token.pk, revoked_at=timezone.now())

        assert (status(old), status(fresh)) == (401, 401)

    def test_can_end_the_old_secrets_earlier(self):
        token, old = issue()
        _, fresh = rotate_token(token_id=token.pk, rotated_at=NOW)

        assert end_retired_secrets(token_id=token.pk) == 1
        assert holder(old) is None
        assert holder(fresh) == token


@pytest.mark.django_db(transaction=True)
class TestRotateTokenAtOnce:
    def test_leaves_every_secret_that_was_given_out_good(self):
        token, old = issue()

        def rotate():
            return rotate_token(token_id=token.pk, rotated_at=NOW)[1]

        given: list[Any] = at_once(rotate, rotate, rotate)

        assert {holder(one) for one in [old, *given]} == {token}


class TestRotateTokenCommand:
    def run(self, *arguments: str) -> str:
        out = StringIO()
        call_command("rotate_token", *arguments, stdout=out)
        return out.getvalue().splitlines()[-1]

    def test_prints_the_new_token_alone_on_its_last_line(self):
        token, old = issue()

        fresh = self.run(str(token.pk))

        assert fresh != old
        assert (status(old), status(fresh)) == (200, 200)

    def test_says_before_it_which_token_it_is(self):
        token, _old = issue()
        out = StringIO()

        call_command("rotate_token", str(token.pk), stdout=out)

        assert f"Id:       {token.pk}" in out.getvalue().splitlines()

    def test_takes_the_beginning_of_the_secret_and_an_overlap(self):
        token, old = issue()

        fresh = self.run("--overlap-hours", "0", "--", token.prefix)

        assert (status(old), status(fresh)) == (401, 200)

    def test_takes_a_new_end(self):
        token, _ = issue(expires_at=timezone.now() + DAY)

        self.run(str(token.pk), "--expires-days", "30")

        token.refresh_from_db()
        assert token.expires_at is not None
        assert token.expires_at > timezone.now() + 29 * DAY

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["nonesuch"], "no token nonesuch"),
            ([str(make_user)], "no token"),
            (["{token}", "--overlap-hours", "200"], "0 to 7"),
            (["{token}", "--overlap-hours", "1e300"], "large|overflow|0 to 7"),
            (["{token}", "--overlap-hours", "nan"], "NaN|0 to 7"),
            (["{token}", "--expires-days", "0"], "expired"),
        ],
    )
    def test_says_what_is_wrong(self, arguments, message):
        token, _ = issue()

        with pytest.raises(CommandError, match=message):
            self.run(*[one.format(token=token.pk) for one in arguments])
