"""The true encoder: offline, deterministic, unit vectors, sensible."""

import shutil

import numpy as np
import pytest

from matching.adapters import EncoderFolderInvalid
from matching.conf import (
    DIMENSIONS,
    MAX_TOKENS,
    encoder_settings,
    folder_settings,
    packaged_folder,
)
from matching.encoder import Encoder, load_encoder

# Descriptions of work, each with the skills it asks for and those of other work.
CARD = [
    (
        "An API Developer creates and maintains application programming interfaces"
        " (APIs) that enable data exchange between different software applications.",
        [
            "API design and development RESTful API knowledge Security protocols",
            "Electrical engineering Circuit design Electronics AutoCAD proficiency",
            "Social media management Content creation Audience engagement",
        ],
    ),
    (
        "Family Law Attorneys deal with legal matters related to family relationships."
        " They handle cases like divorce, child custody and adoption.",
        [
            "Family law Divorce proceedings Child custody Mediation Legal counseling",
            "Technical troubleshooting Hardware and software support Customer service",
            "Retirement planning Social security Investment products Tax planning",
        ],
    ),
    (
        "The Agile Project Manager leads Agile teams, facilitating effective project"
        " development and delivery.",
        [
            "Agile methodologies Scrum or Kanban Team collaboration Agile tools",
            "Interaction design principles User behavior and psychology Wireframing",
            "Automation and scripting Continuous Integration Containerization",
        ],
    ),
    (
        "Technical Support Specialists assist customers or end-users with technical"
        " issues related to products or services.",
        [
            "Technical troubleshooting Customer support tools Communication skills",
            "Interaction design principles User behavior and psychology Wireframing",
            "Brand strategy Brand development Creative direction Market research",
        ],
    ),
    (
        "Sustainable Design Specialists incorporate eco-friendly practices into"
        " architectural designs, promoting energy efficiency.",
        [
            "Sustainable design principles Energy efficiency LEED certification",
            "Records management Data entry and retrieval Attention to detail",
            "Technical troubleshooting Customer service Ticketing system usage",
        ],
    ),
]

pytestmark = [
    pytest.mark.model,
    # What the libraries under the encoder say of each other.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]


@pytest.fixture
def encoder(settings) -> Encoder:
    settings.ENCODER_MODEL = ""
    return load_encoder(encoder_settings())


class TestSentenceTransformerEncoder:
    @pytest.mark.parametrize(("work", "skills"), CARD)
    def test_puts_the_right_skills_first(self, encoder, work, skills):
        similarities = (
            encoder.encode_documents(skills) @ encoder.encode_queries([work])[0]
        )

        assert similarities.argmax() == 0

    def test_makes_unit_vectors_in_the_order_of_the_texts(self, encoder):
        texts = ["a long text about welding steel " * 20, "bread", "steel"]

        vectors = encoder.encode_documents(texts)

        assert vectors.shape == (3, DIMENSIONS)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
        alone = encoder.encode_documents(["bread"])[0]
        assert np.allclose(vectors[1], alone, atol=1e-5)

    def test_gives_the_same_text_the_same_vector(self, encoder):
        texts = ["welding steel", "baking bread and pastry for a whole town"]

        first, second = (encoder.encode_documents(texts) for _ in range(2))

        assert np.array_equal(first, second)

    def test_reads_256_tokens_and_counts_them_all(self, encoder):
        short = "steel " * (MAX_TOKENS - 2)

        with_more, without = encoder.encode_first([short + "bread " * 500, short])

        assert np.array_equal(with_more, without)
        assert encoder.token_counts([short])[0] == MAX_TOKENS

    def test_reads_the_same_of_a_text_without_end(self, encoder):
        words = "steel " * 100_000

        vector, head = encoder.encode_documents([words, words[:30_000]])

        assert np.array_equal(vector, head)

    def test_reads_a_word_without_end(self, encoder):
        assert np.isfinite(encoder.encode_documents(["steel" * 100_000])).all()

    @pytest.mark.parametrize("word_count", [1, 100, 254])
    def test_leaves_the_vector_of_a_short_text_as_it_is(self, encoder, word_count):
        text = "steel " * word_count

        for encode in (encoder.encode_documents, encoder.encode_queries):
            assert np.array_equal(encode([text]), encoder.encode_first([text]))

    def test_makes_no_vectors_of_no_texts(self, encoder):
        assert len(encoder.encode_documents([])) == 0

    def test_makes_the_vector_of_a_text_whatever_stands_beside_it(self, encoder):
        long = "Bakes bread and pastry for a whole town. " * 60

        together = encoder.encode_documents(["steel", long, "bread"])

        for text, vector in zip(["steel", long, "bread"], together, strict=True):
            assert np.allclose(vector, encoder.encode_documents([text])[0], atol=1e-5)
            assert np.isclose(np.linalg.norm(vector), 1, atol=1e-5)

    def test_finds_what_a_long_career_says_late(self, encoder):
        office = "Answered the telephone, sorted the post and booked rooms. "
        wards = "Nursed patients on a surgical ward and gave medication. "
        clerk_then_nurse = "Clerk\n" + office * 30 + "\n" + wards * 15
        clerk = "Clerk\n" + office * 45
        (job,) = encoder.encode_queries(["Nurse for patients on a surgical ward"])

        first = encoder.encode_first([clerk_then_nurse, clerk]) @ job
        whole = encoder.encode_documents([clerk_then_nurse, clerk]) @ job

        assert first[0] == pytest.approx(first[1], abs=0.01)
        assert whole[0] > whole[1] + 0.1

    def test_takes_a_text_without_words(self, encoder):
        assert np.isfinite(encoder.encode_documents([""])).all()


class TestLoadEncoder:
    def test_says_that_the_weights_of_a_folder_are_damaged(self, tmp_path):
        folder = tmp_path / "damaged"
        shutil.copytree(packaged_folder(), folder)
        weights = folder / "model.safetensors"
        weights.write_bytes(weights.read_bytes()[:5000])

        with pytest.raises(EncoderFolderInvalid, match="damaged cannot be loaded"):
            load_encoder(folder_settings(folder))
