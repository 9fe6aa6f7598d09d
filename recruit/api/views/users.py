"""/users"""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from recruit.accounts.choices import Scope
from recruit.accounts.models import User
from recruit.api.serializers.users import (
    UserListQuery,
    UserRowQuery,
    UserRowSerializer,
    UserSerializer,
)
from recruit.api.views.base import Resource


class Users(Resource[User]):
    """Who works with the platform; accounts are made and changed in the admin site."""

    read_scope = Scope.USERS_READ
    query_classes = {"list": UserListQuery, "retrieve": UserRowQuery}
    row_class = UserSerializer
    list_class = UserRowSerializer

    def visible(self) -> "QuerySet[User]":
        return self.access.users()

    def list(self, request: Request) -> Response:
        """List the accounts by name.

        Hiring managers read themselves and who recruits for their jobs, the others
        without their addresses.
        """
        users = self.visible()
        for name in ("role", "is_active"):
            if name in self.query:
                users = users.filter(**{name: self.query[name]})
        if "email" in self.query:
            users = users.filter(email__iexact=self.query["email"])
            if not self.access.may_write:
                # Whose address is hidden is not found by it.
                users = users.filter(pk=self.access.user.pk)
        return self.answer_page(users)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Read one account."""
        return self.answer_row(self.get_object())
