"""Every answer is as the schema says, whoever asks and whatever they send."""

import os
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from recruit.wsgi import application
from tests.fuzzing.engine import Bounds, fuzz
from tests.fuzzing.outcome import Outcome
from tests.fuzzing.roles import ROLES, make_world

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
KEPT_IN = os.environ.get("FUZZ_OUTCOMES")
SHORT = Bounds(examples=2, walks=5, with_coverage=False)
SECONDS = int(os.environ.get("FUZZ_SECONDS", "0"))
LONG = Bounds(EXAMPLES, walks=EXAMPLES * 2, seconds=SECONDS)
BOUNDS = LONG if EXAMPLES else SHORT
ASKING = list(ROLES) if EXAMPLES else ["recruiter"]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # What the tool says of its own state and of its libraries.
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture
def _connected():
    """Keep the connection of the tests when a request begins and ends."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def keep(outcome: Outcome) -> None:
    if KEPT_IN:
        outcome.keep(Path(KEPT_IN))


class TestSchema:
    @pytest.mark.usefixtures("_connected")
    @pytest.mark.parametrize("role", ASKING)
    def test_is_what_the_api_does(self, role, settings, tmp_path):
        settings.MEDIA_ROOT = str(tmp_path)
        settings.API_RATE = 0
        ids = make_world()

        outcome = fuzz(application, role, ROLES[role](), BOUNDS, ids, after_phase=keep)

        assert outcome.told == ""
        assert outcome.total > 100
