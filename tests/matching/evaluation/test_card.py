"""The examples of the encoder's model card: the right sentence is first."""

import os
from pathlib import Path

import numpy as np
import pytest

from matching.conf import (
    EncoderSettings,
    base_settings,
    default_settings,
    folder_settings,
)
from matching.encoder import Encoder, load_encoder

# A folder that `train_encoder card` wrote; without it that recipe is not tried.
CARD_ENCODER = "RECRUIT_CARD_ENCODER"

INTERACTION = (
    "Interaction design principles User behavior and psychology Wireframing and"
    " prototyping tools Animation and micro-interaction design Collaborative design"
    " processes"
)

# Each description of work with the skills it asks for, then those of other work.
EXAMPLES = [
    (
        "An API Developer creates and maintains application programming interfaces"
        " (APIs) that enable data exchange between different software applications or"
        " systems.",
        "API design and development RESTful API knowledge Security protocols (OAuth,"
        " JWT)",
        "Electrical engineering Circuit design Electronics AutoCAD proficiency"
        " Problem-solving",
        "Social media management Content creation Audience engagement Marketing"
        " strategy Communication skills",
    ),
    (
        "Family Law Attorneys deal with legal matters related to family relationships."
        " They handle cases like divorce, child custody, adoption, and domestic"
        " disputes to provide legal guidance.",
        "Family law Divorce proceedings Child custody Mediation Legal counseling Court"
        " representation",
        "Technical troubleshooting Hardware and software support Customer service"
        " Problem-solving Communication",
        "Retirement planning Social security Investment products Tax planning Estate"
        " planning",
    ),
    (
        "The Agile Project Manager leads Agile teams, facilitating effective project"
        " development and delivery. They use Agile methodologies to manage tasks,"
        " prioritize work, and adapt to changing requirements while fostering"
        " collaboration among team members.",
        "Agile methodologies Scrum or Kanban Team collaboration Agile tools (e.g.,"
        " Jira)",
        INTERACTION,
        "Automation and scripting (e.g., Python, Bash) Continuous"
        " Integration/Continuous Deployment (CI/CD) Containerization (e.g., Docker,"
        " Kubernetes) Infrastructure as Code (e.g., Terraform, Ansible) Cloud platforms"
        " (e.g., AWS, Azure, GCP) Monitoring and troubleshooting skills",
    ),
    (
        "Technical Support Specialists assist customers or end-users with technical"
        " issues related to products or services. They provide troubleshooting, resolve"
        " problems, and offer technical guidance through various communication"
        " channels, ensuring customer satisfaction.",
        "Technical troubleshooting Customer support tools (e.g., Zendesk, Freshdesk)"
        " Communication skills Problem-solving and critical thinking Ticket management"
        " Knowledge base creation",
        INTERACTION,
        "Brand strategy Brand development Creative direction Brand management Market"
        " research",
    ),
    (
        "Sustainable Design Specialists incorporate eco-friendly practices into"
        " architectural designs, promoting energy efficiency and environmental"
        " sustainability.",
        "Sustainable design principles Energy efficiency LEED certification Green"
        " building materials Environmental impact assessment",
        "Records management Data entry and retrieval Attention to detail",
        "Technical troubleshooting Customer service and communication Ticketing system"
        " usage Basic IT knowledge Problem-solving and critical-thinking skills",
    ),
]

pytestmark = [
    pytest.mark.model,
    # What the libraries under the encoder say of each other.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]


def card_settings() -> EncoderSettings:
    folder = os.environ.get(CARD_ENCODER)
    if not folder:
        pytest.skip(f"{CARD_ENCODER} names no folder")
    return folder_settings(Path(folder))


@pytest.fixture(params=[base_settings, default_settings, card_settings])
def encoder(request) -> Encoder:
    return load_encoder(request.param())


class TestExamplesOfTheCard:
    @pytest.mark.parametrize(("work", "right", "first_other", "second_other"), EXAMPLES)
    def test_have_the_right_sentence_first(
        self, encoder, work, right, first_other, second_other
    ):
        sentences = [first_other, right, second_other]

        similarities = (
            encoder.encode_first(sentences) @ encoder.encode_queries([work])[0]
        )

        assert np.argmax(similarities) == 1
