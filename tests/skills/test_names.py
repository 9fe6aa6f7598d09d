import pytest

from recruit.skills.names import skill_key, without_version


class TestSkillKey:
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            (" PostgreSQL ", "postgresql"),
            ("Node-JS", "node js"),
            ("C++", "c++"),
            ("C#", "c#"),
            (".NET", ".net"),
            ("Node.js", "node.js"),
            ("CI/CD", "ci cd"),
            ("Électricité", "electricite"),
            ("• Cooking,", "cooking"),
            ("NoSQL (MongoDB)", "nosql mongodb"),
            ("…", ""),
            ("\u200f", "\u200f"),
        ],
    )
    def test_keeps_what_tells_skills_apart(self, text, key):
        assert skill_key(text) == key


class TestWithoutVersion:
    @pytest.mark.parametrize(
        ("key", "bare"),
        [
            ("postgres 16", "postgres"),
            ("python 3.12", "python"),
            ("angular 2+", "angular"),
            ("java v17", "java"),
            ("python3", "python"),
            ("s3", "s3"),
            ("python", "python"),
            ("9001", "9001"),
        ],
    )
    def test_cuts_a_version_at_the_end(self, key, bare):
        assert without_version(key) == bare
