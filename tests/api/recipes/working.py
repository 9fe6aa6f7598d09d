"""A worker beside the test: reads new texts, and takes in files of rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import connection

from recruit.imports.choices import RUNNING
from recruit.imports.models import FileImport
from tests.imports.sent import work_on
from tests.matching.indexed import index_everything


@contextmanager
def a_worker() -> Iterator[None]:
    """Do what the worker would do, while something else happens."""
    stopped = Event()

    def work() -> None:
        while not stopped.wait(0.2):
            for one in FileImport.objects.filter(state__in=RUNNING):
                work_on(one.pk)
            index_everything()
        connection.close()

    worker = Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        stopped.set()
        worker.join()
