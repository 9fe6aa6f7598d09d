"""Who may call what: the token's scope first, then the person's role."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from recruit.api.access import Access
from recruit.talent.models import Kept

if TYPE_CHECKING:
    from rest_framework.views import APIView


class TokenHoldsScope(BasePermission):
    """A token calls only what its scopes name; a session needs none."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        reads = request.method in SAFE_METHODS
        scope = getattr(view, "read_scope" if reads else "write_scope", None)
        if scope is not None and not Access.of(request).has_scope(scope):
            raise PermissionDenied(
                _("The token lacks the scope %s.") % scope.value, code="missing_scope"
            )
        return True


class RecruitersWrite(BasePermission):
    """Hiring managers read; what they may not see stays a 404 for writes as well."""

    message = _("Hiring managers may read but not change this.")
    code = "read_only_role"

    def has_permission(self, request: Request, view: "APIView") -> bool:
        is_about_one_row = "pk" in view.kwargs
        return is_about_one_row or self._may(request)

    def has_object_permission(
        self,
        request: Request,
        view: "APIView",
        obj: object,
    ) -> bool:
        return self._may(request)

    def _may(self, request: Request) -> bool:
        return request.method in SAFE_METHODS or Access.of(request).may_write


class AdministratorsOnly(BasePermission):
    """For others what they manage does not exist."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not Access.of(request).is_administrator:
            raise NotFound
        return True


class RecruitersOnly(RecruitersWrite):
    """What is for recruiters and administrators alone, to read as well."""

    message = _("This is for recruiters and administrators.")
    code = "recruiters_only"

    def _may(self, request: Request) -> bool:
        return Access.of(request).may_write


class AdministratorsChange(RecruitersWrite):
    """Recruiters add to it; what is there, administrators alone change."""

    message = _("Administrators alone change this.")
    code = "administrators_only"

    def has_object_permission(
        self, request: Request, view: "APIView", obj: object
    ) -> bool:
        is_read = request.method in SAFE_METHODS
        return is_read or Access.of(request).is_administrator


class OwnersChange(RecruitersOnly):
    """Who owns a pool or search changes it, and administrators a shared one."""

    def has_object_permission(
        self, request: Request, view: "APIView", obj: object
    ) -> bool:
        access = Access.of(request)
        # Who is in a shared pool is for all to say who see it.
        is_its_own = getattr(view, "action", "") in {"partial_update", "destroy"}
        if isinstance(obj, Kept) and is_its_own and not access.may_change(obj):
            raise PermissionDenied(
                _("Who made this changes it, and administrators if it is shared."),
                code="not_owner",
            )
        return super().has_object_permission(request, view, obj)
