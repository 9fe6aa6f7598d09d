"""The platform's settings with an encoder that starts at once."""

from recruit.settings import *  # noqa: F403
from tests.matching.encoders import FOLDER

ENCODER_MODEL = str(FOLDER)
ENCODER_CLASS = "tests.matching.encoders.HashingEncoder"
