"""Much data for the pages: made once, and kept."""

import sys

from django.core.management import call_command
from django.utils import timezone

from benchmarks.figures import say
from matching.conf import encoder_identity
from matching.groups.pool import group_pool
from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.accounts.operations import create_user
from recruit.candidates.models import Candidate
from recruit.talent.models import SavedSearch
from recruit.talent.operations import add_to_pool, create_pool
from recruit.talent.searches import save_search

EMAIL = "bench-large@example.org"
ACTOR = Actor.system("benchmarks")
IN_POOL = 500


def administrator_of_much() -> User:
    """Return an account that sees all of it, after making it the first time."""
    user = User.objects.filter(email=EMAIL).first() or create_user(
        email=EMAIL, name="Bench", role=Role.ADMINISTRATOR, password=None
    )
    if not SavedSearch.objects.exists():
        say("loading 20,000 candidates, 200 jobs and 30,000 applications")
        if not Candidate.objects.exists():
            call_command("load_large_demo", "--random-vectors", stdout=sys.stderr)
        _find_again(user)
    return user


def _find_again(user: User) -> None:
    now = timezone.now()
    group_pool(encoder=encoder_identity(), count=12, made_at=now)
    pool = create_pool(
        owner=user, name="Many", note="", is_shared=True, actor=ACTOR, created_at=now
    )
    ids = list(Candidate.objects.order_by("pk").values_list("pk", flat=True)[:IN_POOL])
    add_to_pool(pool_id=pool.pk, candidate_ids=ids, actor=ACTOR, added_at=now)
    save_search(
        owner=user,
        name="Nurses",
        query="q=nurse",
        is_shared=True,
        actor=ACTOR,
        saved_at=now,
    )
