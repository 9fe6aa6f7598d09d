"""Accounts, to be read."""

from typing import Any

from rest_framework import serializers

from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.api.access import Access
from recruit.api.serializers.base import StrictModelSerializer
from recruit.api.serializers.query import PageQuery, ShapedQuery


class UserQuery(PageQuery):
    orders = {
        "name": ("name", "id"),
        "-name": ("-name", "-id"),
        "created_at": ("date_joined", "id"),
        "-created_at": ("-date_joined", "-id"),
    }

    role = serializers.ChoiceField(
        choices=Role.choices, required=False, help_text="Accounts of this role."
    )
    email = serializers.CharField(
        required=False,
        max_length=254,
        help_text="The account of this e-mail address, whatever its case.",
    )
    is_active = serializers.BooleanField(
        required=False, help_text="Those that may sign in, or those that may not."
    )


class UserSerializer(StrictModelSerializer[User]):
    """An account: a recruiter, hiring manager or administrator."""

    email = serializers.SerializerMethodField(
        help_text="The address by which they sign in; to hiring managers null for"
        " others than themselves."
    )
    created_at = serializers.DateTimeField(
        source="date_joined", read_only=True, help_text="When the account was made."
    )

    class Meta:
        model = User
        fields = ("id", "name", "email", "role", "is_active", "created_at")
        read_only_fields = fields
        extra_kwargs = {
            "name": {"help_text": "Their name."},
            "role": {"help_text": "What they may do."},
            "is_active": {"help_text": "Whether they may sign in."},
        }

    def get_email(self, user: User) -> str | None:
        access: Any = self.context.get("access")
        knows = isinstance(access, Access) and (
            access.may_write or access.user.pk == user.pk
        )
        return user.email if knows else None


class UserRowSerializer(UserSerializer):
    """An account in a list."""


class UserListQuery(ShapedQuery, UserQuery):
    row_class = UserRowSerializer


class UserRowQuery(ShapedQuery):
    row_class = UserSerializer
