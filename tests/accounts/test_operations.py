import pytest
from django.core.exceptions import ValidationError

from recruit.accounts.choices import Role, Scope
from recruit.accounts.models import ApiToken, User
from recruit.accounts.operations import (
    create_user,
    issue_token,
    revoke_token,
    token_digest,
)
from tests.factories import LATER, NOW, make_user
from tests.races import at_once

pytestmark = pytest.mark.django_db


class TestCreateUser:
    def test_keeps_the_address_in_lower_case(self):
        user = create_user(email=" Ada@Example.org ", name="Ada", role=Role.RECRUITER)

        assert user.email == "ada@example.org"
        assert not user.has_usable_password()

    def test_refuses_an_address_in_use_whatever_its_case(self):
        make_user(email="ada@example.org")

        with pytest.raises(ValidationError, match="e-mail exists"):
            create_user(email="ADA@example.org", name="Ada", role=Role.RECRUITER)

    def test_refuses_an_address_that_is_none(self):
        with pytest.raises(ValidationError) as refusal:
            create_user(email="ada at home", name="Ada", role=Role.RECRUITER)

        assert list(refusal.value.message_dict) == ["email"]

    def test_lets_administrators_alone_into_the_admin_site(self):
        staff = {role: make_user(role).is_staff for role in Role}

        assert staff == {
            Role.ADMINISTRATOR: True,
            Role.RECRUITER: False,
            Role.HIRING_MANAGER: False,
        }


class TestGetByNaturalKey:
    def test_finds_whatever_the_case(self):
        user = make_user(email="ada@example.org")

        assert User.objects.get_by_natural_key("ADA@Example.ORG") == user


class TestIssueToken:
    def test_keeps_a_digest_and_not_the_secret(self):
        token, secret = issue_token(
            user=make_user(), name="sync", scopes=[Scope.JOBS_READ], created_at=NOW
        )

        assert token.digest == token_digest(secret)
        assert secret not in str(ApiToken.objects.values_list().get())

    def test_refuses_unknown_scopes(self):
        with pytest.raises(ValidationError):
            issue_token(user=make_user(), name="x", scopes=["all"], created_at=NOW)

    def test_refuses_an_expiry_in_the_past(self):
        with pytest.raises(ValidationError):
            issue_token(
                user=make_user(), name="x", scopes=[], created_at=NOW, expires_at=NOW
            )


class TestValidAt:
    def test_leaves_out_revoked_expired_and_inactive(self):
        gone = make_user()
        kept, _ = issue_token(
            user=make_user(), name="kept", scopes=[], created_at=NOW, expires_at=LATER
        )
        revoked, _ = issue_token(
            user=make_user(), name="revoked", scopes=[], created_at=NOW
        )
        issue_token(user=gone, name="inactive", scopes=[], created_at=NOW)

        revoke_token(token_id=revoked.pk, revoked_at=NOW)
        User.objects.filter(pk=gone.pk).update(is_active=False)

        assert list(ApiToken.objects.valid_at(NOW)) == [kept]
        assert not ApiToken.objects.valid_at(LATER).exists()


@pytest.mark.django_db(transaction=True)
class TestCreateUserAtOnce:
    def test_makes_one_account_for_one_address(self):
        def make(name):
            return create_user(email="ada@example.org", name=name, role=Role.RECRUITER)

        answers = at_once(lambda: make("Ada"), lambda: make("Ada too"))

        assert sum(isinstance(one, ValidationError) for one in answers) == 1
        assert User.objects.count() == 1
