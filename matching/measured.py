"""From which figures on pages propose something, and what was measured there.

They belong to the encoder that the project ships. Each was read from a table that a
command prints; run it again after a change of the encoder, and change figure and
comment together.
"""

# A family is proposed from this distance to the next best one on.
# `manage.py evaluate_families DATA_DIR`
FAMILY_MARGIN = 0.05

# Two skills are proposed as twins from this cosine of their names' vectors on; where
# one name is the initials of the other's words, from the lower figure on; where they
# differ in blanks and marks alone, always. Never where their numbers differ.
# `manage.py evaluate_twins DATA_DIR`
SKILL_TWINS = 0.75
SHORTENED_SKILL = 0.25

# Two jobs are said to look alike from this cosine of their texts' vectors on.
# `manage.py evaluate_twins DATA_DIR`
JOB_TWINS = 0.80
