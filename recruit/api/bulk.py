"""Lines of bulk imports: bodies, each checked by the serializer of its kind."""

from collections.abc import Callable
from typing import Any

from rest_framework.exceptions import APIException
from rest_framework.serializers import BaseSerializer

from recruit.api import protected
from recruit.api.access import Access
from recruit.api.parsers import read_json
from recruit.api.problems import field_errors
from recruit.api.serializers.candidates import CandidateSerializer, profile_of
from recruit.api.serializers.imports import ApplicationLineSerializer
from recruit.api.serializers.jobs import JobSerializer, fields_of, requirements_of
from recruit.imports.lines import as_bytes
from recruit.imports.readers import (
    CandidateStated,
    JobStated,
    ReadLine,
    RowRefused,
    Sender,
    Stated,
    read_lines_with,
)
from recruit.imports.types import ImportKind, RowError


def name_readers() -> None:
    """Tell the imports how lines are read."""
    read_lines_with(ImportKind.CANDIDATES, _candidates)
    read_lines_with(ImportKind.JOBS, _jobs)
    read_lines_with(ImportKind.APPLICATIONS, _applications)


def _candidates(sender: Sender) -> ReadLine:
    access = access_of(sender)
    body = CandidateSerializer(context={"access": access})

    def understood(stated: Any) -> CandidateStated:
        if access.sees_protected:
            return CandidateStated(profile_of(stated))
        return CandidateStated(
            profile_of(stated),
            about=lambda person: profile_of(protected.texts_kept(dict(stated), person)),
        )

    return _reader(body, understood)


def _jobs(sender: Sender) -> ReadLine:
    body = JobSerializer(context={"access": access_of(sender)})
    return _reader(
        body, lambda stated: JobStated(fields_of(stated), requirements_of(stated))
    )


def _applications(_sender: Sender) -> ReadLine:
    # Whom and what it names is looked up for many lines at once, with the sender's
    # rights: recruit.imports.application_references.
    return _reader(ApplicationLineSerializer(), ApplicationLineSerializer.stated)


def access_of(sender: Sender) -> Access:
    """Return the rights that the sender of a file had when sending it."""
    if sender.token is not None:
        sender.token.on_behalf_of = sender.on_behalf_of
    return Access(user=sender.user, token=sender.token)


def _reader(
    body: "BaseSerializer[Any]", understood: Callable[[Any], Stated]
) -> ReadLine:
    # One serializer for all lines: making its fields takes longer than using them.
    def read(line: str) -> Stated:
        try:
            return understood(body.run_validation(read_json(as_bytes(line))))
        except APIException as error:
            raise RowRefused(
                [
                    RowError(one.field, one.message, one.code)
                    for one in field_errors(error)
                ]
            ) from error

    return read
