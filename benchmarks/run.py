"""All figures, one JSON object a line."""

import sys

from django.core.management import call_command

from benchmarks.encoding import encoder_throughput, indexing_rate
from benchmarks.figures import say
from benchmarks.pages import ranked_api, ranked_hybrid, ranked_page
from benchmarks.pool import make_pool
from benchmarks.web_process import web_memory

MEASURES = (
    ranked_page,
    ranked_hybrid,
    ranked_api,
    web_memory,
    encoder_throughput,
    indexing_rate,
)


def run() -> None:
    """Print every figure; what goes on is told on the error stream."""
    say("preparing the database")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    make_pool()
    for measure in MEASURES:
        sys.stdout.write(f"{measure().as_json()}\n")
        sys.stdout.flush()
