"""From one encoder to another: all is made anew, and nothing is ever mixed."""

import shutil

import numpy as np
import pytest
from django.db import connection
from procrastinate.contrib.django import app

from matching import tasks
from matching.conf import encoder_identity
from matching.matches import (
    CandidateNotEmbedded,
    JobNotEmbedded,
    jobs_for_candidate,
    matches_for_job,
)
from matching.models import CandidateEmbedding, JobEmbedding, SkillEmbedding
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job
from tests.factories import make_candidate, make_job
from tests.matching.encoders import FOLDER, HashingEncoder
from tests.matching.indexed import index_everything

WELDER = "Welds pipes and tanks of steel"
BAKER = "Bakes bread and cakes of rye"


class OppositeEncoder(HashingEncoder):
    """Another encoder: what is near for the first is far for it."""

    def encode_documents(self, texts):
        return -super().encode_documents(texts)


@pytest.fixture
def switch(settings, tmp_path):
    """Give what makes another encoder the configured one."""

    def to_another():
        folder = shutil.copytree(FOLDER, tmp_path / "another_encoder")
        (folder / "matching.json").write_text('{"near_skill_threshold": 0.5}')
        (folder / "tokenizer.json").write_text("{}")
        settings.ENCODER_MODEL = str(folder)
        settings.ENCODER_CLASS = f"{__name__}.OppositeEncoder"

    return to_another


def work():
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as worker_app:
        worker_app.run_worker(
            wait=False, install_signal_handlers=False, listen_notify=False
        )


def ranked(job):
    found = matches_for_job(
        job=Job.objects.with_requirements().get(pk=job.pk), limit=10, viewer=None
    )
    return found.encoder, [match.candidate.headline for match in found.matches]


@pytest.mark.django_db(transaction=True)
class TestSwitchingTheEncoder:
    @pytest.fixture(autouse=True)
    def _close_connections_of_tasks(self, monkeypatch):
        monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)

    @pytest.fixture
    def job(self):
        make_candidate("Steel", "Pipes", headline=WELDER, summary=WELDER)
        make_candidate("Bread", "Cakes", headline=BAKER, summary=BAKER)
        return make_job("Steel", title="Welder", description=WELDER)

    def test_makes_every_vector_anew_through_the_worker(self, job, switch):
        index_everything()
        before, order = ranked(job)
        switch()

        tasks.find_stale()
        work()

        identity = encoder_identity()
        after, other_order = ranked(job)
        assert before != after == identity
        assert order == [WELDER, BAKER]
        assert other_order == [BAKER, WELDER]
        assert JobEmbedding.objects.of_encoder(identity).count() == 1
        assert CandidateEmbedding.objects.of_encoder(identity).count() == 2
        assert (
            SkillEmbedding.objects.of_encoder(identity).count()
            == SkillEmbedding.objects.of_encoder(before).count()
        )

    def test_ranks_nobody_by_the_vectors_of_the_other(self, job, switch):
        index_everything()
        switch()

        with pytest.raises(JobNotEmbedded):
            ranked(job)
        candidate = Candidate.objects.with_profile().get(headline=WELDER)
        with pytest.raises(CandidateNotEmbedded):
            jobs_for_candidate(candidate=candidate, limit=5, viewer=None)

    def test_shows_only_whom_the_new_one_has_read(self, job, switch):
        index_everything()
        switch()
        identity = encoder_identity()
        vector = np.full(384, 1.0) / np.sqrt(384)
        old = JobEmbedding.objects.get()
        JobEmbedding.objects.create(
            job_id=job.pk,
            encoder=identity,
            vector=vector.tolist(),
            text_digest=old.text_digest,
            token_count=old.token_count,
            stamp=old.stamp,
        )

        encoder, people = ranked(job)

        assert encoder == identity
        assert people == []

    def test_finds_the_first_ones_vectors_on_the_way_back(self, job, switch, settings):
        index_everything()
        before = ranked(job)
        first = (settings.ENCODER_MODEL, settings.ENCODER_CLASS)
        switch()
        tasks.find_stale()
        work()

        settings.ENCODER_MODEL, settings.ENCODER_CLASS = first

        assert ranked(job) == before
