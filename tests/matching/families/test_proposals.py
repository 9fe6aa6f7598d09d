import pytest

from matching.conf import encoder_identity, encoder_settings
from matching.families import encoding, reading
from matching.families.encoding import are_families_encoded, encode_families
from matching.families.proposals import FamilyProposal, family_for_job
from matching.families.reading import Family
from matching.models import FamilyEmbedding
from recruit.jobs.choices import JobFamily
from tests.factories import make_job
from tests.matching.encoders import HashingEncoder
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db

SURGEON = "Tree surgeon: climb, prune and fell trees in town."


@pytest.fixture
def encoded_families() -> None:
    encode_families(encoder_settings())


class TestFamilyForJob:
    @pytest.mark.usefixtures("encoded_families")
    def test_is_the_one_whose_sentences_say_what_the_job_says(self):
        job = make_job(title="Tree surgeon", description="Climb, prune and fell trees.")
        index_everything()

        assert family_for_job(job) == FamilyProposal(JobFamily.FACILITIES, SURGEON)

    @pytest.mark.usefixtures("encoded_families")
    def test_is_none_where_two_fit_about_as_well(self):
        job = make_job(title="Xylophone", description="Quixotic zeppelins.")
        index_everything()

        assert family_for_job(job) is None

    @pytest.mark.usefixtures("encoded_families")
    def test_is_none_before_the_job_was_read(self):
        assert family_for_job(make_job(title="Tree surgeon")) is None

    def test_is_none_before_the_families_were_read(self):
        job = make_job(title="Tree surgeon")
        index_everything()

        assert family_for_job(job) is None

    @pytest.mark.usefixtures("encoded_families")
    def test_asks_the_database_twice(self, django_assert_num_queries):
        job = make_job(title="Tree surgeon")
        index_everything()

        with django_assert_num_queries(2):
            family_for_job(job)


class TestEncodeFamilies:
    def test_writes_a_centre_and_each_sentence_once(self):
        encode_families(encoder_settings())
        HashingEncoder.encoded.clear()

        encode_families(encoder_settings())

        rows = sum(len(one.examples) + 1 for one in reading.read_families())
        assert FamilyEmbedding.objects.count() == rows
        assert HashingEncoder.encoded == []

    def test_follows_a_change_of_the_sentences(self, monkeypatch):
        encode_families(encoder_settings())
        changed = (
            Family("sales", ("Sells things.",), ()),
            Family("legal", ("Sues people.",), ()),
        )
        for module in (reading, encoding):
            monkeypatch.setattr(module, "read_families", lambda: changed)
        assert not are_families_encoded(encoder_identity())

        encode_families(encoder_settings())

        assert are_families_encoded(encoder_identity())
        assert FamilyEmbedding.objects.count() == 4

    def test_leaves_the_vectors_of_another_encoder(self):
        encode_families(encoder_settings())
        FamilyEmbedding.objects.update(encoder="another@1/profile-1")

        encode_families(encoder_settings())

        encoders = FamilyEmbedding.objects.values_list("encoder", flat=True)
        assert set(encoders) == {"another@1/profile-1", encoder_identity()}
