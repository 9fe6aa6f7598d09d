"""A request and its answer: in one transaction, once, within limits."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import ClassVar, TypeVar, cast

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from recruit.accounts.addresses import client_address
from recruit.accounts.models import ApiToken
from recruit.api import idempotency
from recruit.api.access import Access
from recruit.api.bodies import written
from recruit.api.deprecation import Deprecated, deprecations_in, tell
from recruit.api.idempotency import Claim
from recruit.api.preconditions import conditional, tagged
from recruit.api.rates import Rate, TooManyRequests, count_failure, count_request
from recruit.api.time_limit import deadline, one_transaction
from recruit.api.uploads import received

M = TypeVar("M", bound=Model)


class Exchange(GenericViewSet[M]):
    """Answers every request in one transaction: all that it writes, or nothing.

    A POST with an `Idempotency-Key` is run once.
    """

    # Actions that wait until the worker has seen what they wrote. They run without a
    # transaction, and may write nothing that must not be written twice.
    waiting: ClassVar[frozenset[str]] = frozenset()
    # Actions whose body is a file: the time it takes to come is the network's.
    takes_files: ClassVar[frozenset[str]] = frozenset()

    deprecated: ClassVar[Mapping[str, Deprecated]] = {}  # by action

    def dispatch(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> Response:
        self.args, self.kwargs = args, kwargs
        self.request: Request = self.initialize_request(request, *args, **kwargs)
        self.headers = self.default_response_headers
        try:
            self.initial(self.request, *args, **kwargs)
            self.response = self._received_and_exchanged()
        except Exception as error:  # noqa: BLE001  raised again if not expected
            self.response = self._tell(error)
        return self.response

    def options(  # type: ignore[override]  # REST framework's request
        self, request: Request, *args: object, **kwargs: object
    ) -> Response:
        """Tell by `Allow` what may be asked here."""
        return Response(status=HTTPStatus.NO_CONTENT)

    def perform_authentication(self, request: Request) -> None:
        """Sign in, and count. Raise TooManyRequests."""
        now = timezone.now()
        try:
            super().perform_authentication(request)
        except APIException:
            self._count(count_failure(client_address(request), now=now))
            raise
        if not request.user.is_authenticated:
            return
        self._count(count_request(self.caller, now=now))

    def _count(self, rate: Rate | None) -> None:
        """Keep a count for AnswerMiddleware to tell. Raise TooManyRequests."""
        self.request._request.api_rate = rate  # type: ignore[attr-defined]
        if rate is not None and rate.is_exceeded:
            raise TooManyRequests(rate.resets_in_seconds)

    def _received_and_exchanged(self) -> Response:
        """Take a file in before the transaction begins and the time runs."""
        if self.action not in self.takes_files:
            return self._exchange()
        with received(self.request):
            return self._exchange()

    def _exchange(self) -> Response:
        given = self.request.headers.get(idempotency.HEADER)
        if self.request.method == "POST" and given is not None:
            return self._exchange_once(given)
        if self.action in self.waiting:
            return self._run_action()
        with one_transaction():
            return self._run_action()

    def _exchange_once(self, given: str) -> Response:
        claim = self._claim(given)
        if self.action in self.waiting:
            answer = idempotency.run_once_waiting(claim, self._run_action_or_tell)
        else:
            with one_transaction():
                answer = idempotency.run_once(claim, self._run_action_or_tell)
        return self._finish(cast("Response", answer))

    def _claim(self, given: str) -> Claim:
        key = idempotency.checked_key(given)
        body = written(self.request.data)
        address = self.request.get_full_path()
        return Claim(
            # Another on whose behalf it asks is another caller.
            caller=f"{self.caller}:{self.request.user.pk}",
            key=key,
            fingerprint=idempotency.fingerprint(address, body),
            rights=Access.of(self.request).digest,
            asked=f"{address}\n{body}",
            asked_at=timezone.now(),
        )

    @property
    def caller(self) -> str:
        """Return whose requests are counted: the token's, else the account's."""
        token = self.request.auth
        if isinstance(token, ApiToken):
            return f"token:{token.pk}"
        return f"user:{self.request.user.pk}"

    def _run_action_or_tell(self) -> Response:
        """Run the action; what a refused one has written is undone."""
        try:
            if self.action in self.waiting:
                return self._run_action()
            with transaction.atomic():
                return self._run_action()
        except Exception as error:  # noqa: BLE001  raised again if not expected
            return self._tell(error)

    def _run_action(self) -> Response:
        method = str(self.request.method).lower()
        known = method in self.http_method_names
        handler = getattr(self, method, None) if known else None
        run = handler or self.http_method_not_allowed
        with deadline():
            answer = self._finish(run(self.request, *self.args, **self.kwargs))
            told = conditional(self.request, answer)
            return answer if told is answer else self._finish(told)

    def _tell(self, error: Exception) -> Response:
        return self._finish(self.handle_exception(error))

    def _finish(self, answer: Response) -> Response:
        headers = dict(self.headers)
        finished = self.finalize_response(
            self.request, answer, *self.args, **self.kwargs
        )
        tell(finished, self._deprecations())
        self.headers = headers  # finalize_response takes some of them out
        if not isinstance(finished, Response):
            return finished
        # While the transaction is open: what is kept, or refused, is the whole answer.
        return tagged(self.request, finished.render())

    def _deprecations(self) -> Iterator[Deprecated]:
        if self.action in self.deprecated:
            yield self.deprecated[self.action]
        yield from deprecations_in(getattr(self, "answer_class", None))
        bodies = getattr(self, "body_classes", {})
        yield from deprecations_in(bodies.get(self.action))
