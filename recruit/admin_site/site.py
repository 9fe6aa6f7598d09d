"""The admin site: Django's own, behind the sign-in that everybody uses."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

ViewMethod = TypeVar("ViewMethod", bound=Callable[..., Any])


class RecruitAdminSite(AdminSite):
    site_title = _("Administration")
    site_header = _("Recruiting administration")
    index_title = _("Everything that is kept")
    # The list of models stands on the first page; beside each page it would cover
    # half of a phone.
    enable_nav_sidebar = False

    def admin_view(self, view: ViewMethod, cacheable: bool = False) -> ViewMethod:
        """Let nobody but administrators know that a page exists."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        return cast(ViewMethod, guarded)

    @method_decorator(never_cache)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send whoever is not signed in to the one sign-in, whose tries are limited."""
        if request.user.is_authenticated:
            if not self.has_permission(request):
                raise Http404
            return redirect("admin:index")
        index = reverse("admin:index")
        wanted = request.GET.get("next", index)
        is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
        return redirect_to_login(wanted if is_ours else index)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Leave passwords to the accounts pages, whose tries are limited."""
        return redirect("account_change_password")
