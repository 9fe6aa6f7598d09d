"""Named conditions on the skill vocabulary."""

from typing import TYPE_CHECKING

from django.db import models

from recruit.skills.names import skill_key

if TYPE_CHECKING:
    from recruit.skills.models import Skill, SkillLabel


class SkillQuerySet(models.QuerySet["Skill"]):
    def confirmed(self) -> "SkillQuerySet":
        return self.filter(confirmed=True)

    def unconfirmed(self) -> "SkillQuerySet":
        return self.filter(confirmed=False)

    def with_labels(self) -> "SkillQuerySet":
        return self.prefetch_related("labels")

    def suggested_by(self, words: str) -> "SkillQuerySet":
        """Keep skills one of whose labels begins with the words, best known first."""
        beginning = self.filter(labels__key__startswith=skill_key(words)).distinct()
        return beginning.order_by("-confirmed", "name", "id")

    def by_name(self) -> "SkillQuerySet":
        return self.order_by("name", "id")


class SkillLabelQuerySet(models.QuerySet["SkillLabel"]):
    def of_words(self, keys: list[str]) -> "SkillLabelQuerySet":
        return self.filter(key__in=keys).select_related("skill")

    def found_in_text(self) -> "SkillLabelQuerySet":
        """Keep words that mean their skill wherever they stand."""
        return self.filter(found_in_text=True)
