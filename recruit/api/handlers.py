"""Failures outside the views: a problem below /api/, Django's own page elsewhere."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import defaults

from recruit.api.problems import problem_response

API = "/api/"


def bad_request(
    request: HttpRequest,
    exception: Exception,  # noqa: ARG001 - Django passes it by this name
) -> HttpResponse:
    if not request.path.startswith(API):
        # Django's own view would read the body once more, and fail again.
        page = render_to_string("400.html")
        return HttpResponse(page, status=HTTPStatus.BAD_REQUEST)
    sentence = _("The request cannot be read.")
    return problem_response(request, HTTPStatus.BAD_REQUEST, sentence, "bad_request")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith(API):
        return defaults.permission_denied(request, exception)
    sentence = _("This is not allowed.")
    return problem_response(request, HTTPStatus.FORBIDDEN, sentence, "forbidden")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith(API):
        return defaults.page_not_found(request, exception)
    sentence = _("There is nothing at this address.")
    return problem_response(request, HTTPStatus.NOT_FOUND, sentence, "not_found")


def server_error(request: HttpRequest) -> HttpResponse:
    if not request.path.startswith(API):
        return defaults.server_error(request)
    sentence = _("The request failed because of a mistake of ours; it is in the log.")
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return problem_response(request, status, sentence, "internal_server_error")
