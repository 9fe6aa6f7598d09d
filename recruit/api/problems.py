"""Errors as problem+json (RFC 9457), whatever raised them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    ObjectDoesNotExist,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.exceptions import ValidationError as ModelError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from psycopg.errors import QueryCanceled
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

from recruit.api.parsers import MediaTypeNotTaken
from recruit.api.time_limit import TimedOut
from recruit.common.refusals import NotYours, Refused, StaleVersion
from recruit.common.request_ids import current_request_id

CONTENT_TYPE = "application/problem+json"
MESSAGE_LENGTH = 500  # a message may quote what was sent
WHOLE = {api_settings.NON_FIELD_ERRORS_KEY, NON_FIELD_ERRORS}

Errors = list["FieldError"]


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing that is wrong; field is None where it is not about one field."""

    field: str | None
    message: str
    code: str


def problem_body(
    status: int, detail: str, *, instance: str, errors: Errors
) -> dict[str, Any]:
    """Return the body of an answer that tells of an error."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail[:MESSAGE_LENGTH],
        "instance": instance,
        "request_id": current_request_id(),
        "errors": [asdict(error) for error in errors],
    }


def problem_response(
    request: HttpRequest, status: int, detail: str, code: str
) -> JsonResponse:
    """Return a problem from outside the views of the API."""
    error = FieldError(None, detail[:MESSAGE_LENGTH], code)
    body = problem_body(status, detail, instance=request.path, errors=[error])
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def answer_problem(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Return the problem for an expected failure, None for a mistake of ours."""
    error = _with_what_is_taken(error, context)
    answer = exception_handler(_translated(error), dict(context))
    if answer is None:
        return None
    errors = _field_errors(error, answer)
    detail = (
        _("The request is not valid.")
        if isinstance(error, exceptions.ValidationError | ModelError)
        else errors[0].message
    )
    answer.data = problem_body(
        answer.status_code, detail, instance=context["request"].path, errors=errors
    )
    answer.content_type = CONTENT_TYPE
    # Whatever the view itself would be written as: a page, a file.
    context["request"].accepted_renderer = JSONRenderer()
    context["request"].accepted_media_type = JSONRenderer.media_type
    return answer


def _with_what_is_taken(error: Exception, context: Mapping[str, Any]) -> Exception:
    """Return the refusal of a media type with those that the call takes."""
    if type(error) is not exceptions.UnsupportedMediaType:
        return error
    request = context["request"]
    taken = [parser.media_type for parser in request.parsers]
    return MediaTypeNotTaken(request.content_type or "", taken)


def _translated(error: Exception) -> Exception:
    """Return the error as one that REST framework has a status for."""
    if isinstance(error, ModelError):
        return exceptions.ValidationError()
    if isinstance(error, Refused):
        refusal = exceptions.APIException(str(error))
        refusal.status_code = _status_of(error)
        return refusal
    if isinstance(error, ObjectDoesNotExist):
        return exceptions.NotFound()  # gone since it was looked up
    return _translated_failure(error)


def _status_of(refused: Refused) -> HTTPStatus:
    if isinstance(refused, StaleVersion):
        return HTTPStatus.PRECONDITION_FAILED
    return (
        HTTPStatus.FORBIDDEN if isinstance(refused, NotYours) else HTTPStatus.CONFLICT
    )


def _translated_failure(error: Exception) -> Exception:
    if isinstance(error.__cause__, QueryCanceled):
        return TimedOut()
    if isinstance(error, RequestDataTooBig):
        too_big = exceptions.APIException(_("The body is too large."))
        too_big.status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return too_big
    if isinstance(error, SuspiciousOperation):
        return exceptions.ParseError(_("The request cannot be read."))
    return error


def _field_errors(error: Exception, answer: Response) -> Errors:
    if isinstance(error, ModelError):
        return list(_model_errors(error))
    if isinstance(error, exceptions.ValidationError):
        return list(_nested_errors(error.detail, ""))
    if isinstance(error, Refused):
        return [FieldError(None, str(error), snake_case(type(error).__name__))]
    detail = answer.data.get("detail", "") if isinstance(answer.data, dict) else ""
    code = getattr(detail, "code", None) or snake_case(
        HTTPStatus(answer.status_code).phrase
    )
    return [FieldError(None, str(detail)[:MESSAGE_LENGTH], code)]


def field_errors(error: exceptions.APIException) -> Errors:
    """Return the errors of a body by their places: `skills[3].years`."""
    if isinstance(error, exceptions.ValidationError):
        return list(_nested_errors(error.detail, ""))
    code = getattr(error.detail, "code", "invalid")
    return [FieldError(None, str(error.detail)[:MESSAGE_LENGTH], code)]


def snake_case(name: str) -> str:
    """Return "JobClosed" or "Not Found" as "job_closed", "not_found"."""
    words = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)
    return "_".join(words).lower()


def _nested_errors(detail: object, path: str) -> Iterator[FieldError]:
    """Flatten REST framework's errors: `skills[3].years` names the place."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _nested_errors(inner, _joined(path, name))
    elif isinstance(detail, Sequence) and not isinstance(detail, str):
        for place, inner in enumerate(detail):
            is_row = isinstance(inner, Mapping | list)
            yield from _nested_errors(inner, _joined(path, place) if is_row else path)
    else:
        code = getattr(detail, "code", "invalid")
        yield FieldError(path or None, str(detail)[:MESSAGE_LENGTH], code)


def _joined(path: str, name: str | int) -> str:
    if isinstance(name, int):
        return f"{path}[{name}]"
    if name in WHOLE:
        return path
    return f"{path}.{name}" if path else name


def _model_errors(error: ModelError) -> Iterator[FieldError]:
    """Flatten what the operations say of bad fields."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {"": [error]}
    for name, problems in by_field.items():
        for problem in problems:
            for message in problem.messages:
                # Without a code it is a rule between fields, not the form of one.
                code = getattr(problem, "code", None) or "refused"
                field = None if name in WHOLE else name or None
                yield FieldError(field, message[:MESSAGE_LENGTH], code)
