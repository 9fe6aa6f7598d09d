from uuid import UUID

from recruit.skills.names import skill_key
from recruit.skills.recognition import SkillRecogniser

WORDS = [
    "Python",
    "C",
    "C++",
    "C#",
    ".NET",
    "Node.js",
    "Machine learning",
    "Machine learning operations",
    "CI/CD",
    "Pflege",
]
RECOGNISER = SkillRecogniser(
    (skill_key(word), UUID(int=number)) for number, word in enumerate(WORDS)
)


def found(text: str) -> list[tuple[str, str]]:
    return [
        (WORDS[mention.skill_id.int], text[mention.start : mention.end])
        for mention in RECOGNISER.mentions(text)
    ]


class TestMentions:
    def test_finds_words_where_they_stand(self):
        assert found("Wrote PYTHON, and some C++.") == [
            ("Python", "PYTHON"),
            ("C++", "C++"),
        ]

    def test_tells_apart_names_that_differ_in_marks(self):
        assert found("C, C++, C#, .NET and node.js") == [
            ("C", "C"),
            ("C++", "C++"),
            ("C#", "C#"),
            (".NET", ".NET"),
            ("Node.js", "node.js"),
        ]

    def test_prefers_the_longest_label(self):
        assert found("machine-learning operations; machine learning") == [
            ("Machine learning operations", "machine-learning operations"),
            ("Machine learning", "machine learning"),
        ]

    def test_does_not_find_words_inside_words(self):
        assert found("pythonic Scala, the CD") == []

    def test_finds_nothing_in_nothing(self):
        assert found("") == found("\x00 🙂 --") == []
