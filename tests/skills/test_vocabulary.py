from datetime import UTC, datetime

import pytest

from recruit.accounts.actors import Actor
from recruit.accounts.choices import ActorKind
from recruit.common.ids import uuid7
from recruit.skills.editing import set_labels
from recruit.skills.models import Skill, SkillLabel
from recruit.skills.names import SKILL_LENGTH, skill_key
from recruit.skills.operations import (
    VocabularyEntry,
    VocabularyLoaded,
    load_vocabulary,
    resolve_skills,
)
from recruit.skills.recognition import SkillRecogniser
from recruit.skills.vocabulary import read_vocabulary

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SYSTEM = Actor.system("test")
PERSON = Actor(ActorKind.USER, None, "Ada")

POSTGRES = VocabularyEntry("PostgreSQL", ("Postgres", "pg"), frozenset({"pg"}))


def load(*entries: VocabularyEntry) -> VocabularyLoaded:
    return load_vocabulary(entries=entries, actor=SYSTEM, loaded_at=NOW)


def skill_of(words: str) -> Skill:
    return SkillLabel.objects.get(key=skill_key(words)).skill


class TestVocabularyFile:
    def test_leads_no_word_to_two_skills(self):
        keys = [
            skill_key(text)
            for entry in read_vocabulary()
            for text in (entry.name, *entry.aliases)
        ]

        assert len(keys) == len(set(keys))

    def test_covers_many_fields(self):
        names = {entry.name for entry in read_vocabulary()}

        assert len(names) >= 600
        assert {
            "PostgreSQL",
            "Critical care nursing",
            "Month-end close",
            "Contract law",
            "Hydraulics",
            "Mathematics teaching",
            "Forklift operation",
            "Bricklaying",
            "Chromatography",
        } <= names

    def test_holds_words_that_fit_into_the_table(self):
        texts = [
            text for entry in read_vocabulary() for text in (entry.name, *entry.aliases)
        ]

        assert all(text == text.strip() for text in texts)
        assert all(0 < len(skill_key(text)) <= SKILL_LENGTH for text in texts)

    def test_marks_only_its_own_words_as_found_in_lists_alone(self):
        for entry in read_vocabulary():
            assert entry.list_only <= {entry.name, *entry.aliases}

    @pytest.mark.parametrize(
        "text",
        [
            "I go to work, make tea and rest; access to the lead is a word away.",
            "She has a flair for express deliveries in spring and a swift reply.",
            "We act in a cypress grove, jest a little and wear a helm.",
            "Trains run on rails; the puppet and its celery stand at a node.",
        ],
    )
    def test_finds_no_skill_in_everyday_words(self, text):
        labels = [
            (skill_key(word), uuid7())
            for entry in read_vocabulary()
            for word in (entry.name, *entry.aliases)
            if word not in entry.list_only
        ]

        mentions = list(SkillRecogniser(labels).mentions(text))

        assert [text[found.start : found.end] for found in mentions] == []

    @pytest.mark.parametrize(
        ("text", "skill"),
        [
            ("Led a team of 12 in a shared service centre.", "Team leadership"),
            ("Customer Support Team Lead", "Team leadership"),
            ("Shift Supervisor, Distribution Centre", "Shift supervision"),
            ("Cared for two ventilated patients.", "Mechanical ventilation"),
            ("Led weaning from the ventilator.", "Mechanical ventilation"),
            ("Built a text classifier for letters.", "Natural language processing"),
        ],
    )
    def test_finds_a_skill_in_the_words_of_a_career(self, text, skill):
        entries = read_vocabulary()
        ids = {entry.name: uuid7() for entry in entries}
        labels = [
            (skill_key(word), ids[entry.name])
            for entry in entries
            for word in (entry.name, *entry.aliases)
        ]

        found = {mention.skill_id for mention in SkillRecogniser(labels).mentions(text)}

        assert ids[skill] in found


@pytest.mark.django_db
class TestLoadVocabulary:
    def test_adds_confirmed_skills_found_by_every_word(self):
        loaded = load(POSTGRES)

        assert loaded == VocabularyLoaded(created=1, labels_added=3)
        assert skill_of("postgres") == skill_of("PostgreSQL")
        assert skill_of("postgres").confirmed

    def test_marks_everyday_words(self):
        load(POSTGRES)

        in_text = SkillLabel.objects.found_in_text().values_list("text", flat=True)

        assert set(in_text) == {"PostgreSQL", "Postgres"}

    def test_changes_nothing_when_run_again(self):
        load(POSTGRES)

        assert load(POSTGRES) == VocabularyLoaded()

    def test_names_and_confirms_what_an_import_had_added(self):
        held = resolve_skills(["postgres"], actor=SYSTEM, happened_at=NOW)["postgres"]

        loaded = load(POSTGRES)

        held.refresh_from_db()
        assert (held.name, held.confirmed) == ("PostgreSQL", True)
        assert loaded == VocabularyLoaded(confirmed=1, labels_added=2)

    def test_never_moves_a_word_that_leads_elsewhere(self):
        load(VocabularyEntry("Playing golf", ("pg",)))

        load(POSTGRES)

        assert skill_of("pg").name == "Playing golf"

    def test_leaves_alone_what_people_named(self):
        load(POSTGRES)
        set_labels(
            skill_id=skill_of("pg").pk,
            name="Postgres database",
            aliases=["PostgreSQL"],
            actor=PERSON,
            changed_at=NOW,
        )

        loaded = load(POSTGRES)

        assert loaded == VocabularyLoaded()
        assert skill_of("PostgreSQL").name == "Postgres database"

    def test_loads_the_whole_file(self):
        entries = read_vocabulary()

        loaded = load(*entries)

        assert loaded.created == len(entries)
        assert skill_of("k8s").name == "Kubernetes"
        assert skill_of("ICU").name.startswith("Crit")
