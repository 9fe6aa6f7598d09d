"""The shared vocabulary of skills."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recruit.common.fields import line, no_null_characters
from recruit.common.ids import uuid7
from recruit.skills.names import SKILL_LENGTH
from recruit.skills.querysets import SkillLabelQuerySet, SkillQuerySet


class Skill(models.Model):
    """One entry of the vocabulary; unconfirmed until a person has looked at it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(
        _("name"), max_length=SKILL_LENGTH, validators=[no_null_characters]
    )
    confirmed = models.BooleanField(_("confirmed"), default=False)
    esco_code = line(max_length=100)
    onet_code = line(max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SkillQuerySet.as_manager()

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="skills_have_a_name"),
            models.UniqueConstraint(
                fields=["esco_code"],
                condition=~Q(esco_code=""),
                name="skills_one_per_esco_code",
            ),
        ]
        indexes = [models.Index(fields=["name", "id"], name="skills_by_name")]

    def __str__(self) -> str:
        return self.name


class SkillLabel(models.Model):
    """A word by which a skill is found: its name and its aliases.

    One table for both, so that no word can lead to two skills.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="labels")
    text = models.CharField(
        _("word"), max_length=SKILL_LENGTH, validators=[no_null_characters]
    )
    key = models.CharField(max_length=SKILL_LENGTH, editable=False)
    found_in_text = models.BooleanField(
        _("found in running text"),
        default=True,
        help_text=_(
            "Off for everyday words (“go”, “access”) that mean the skill in a list of "
            "skills only."
        ),
    )

    objects = SkillLabelQuerySet.as_manager()

    class Meta:
        verbose_name = _("skill label")
        verbose_name_plural = _("skill labels")
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="skill_labels_one_per_key",
                violation_error_message=_("This word belongs to another skill."),
            ),
            models.CheckConstraint(
                condition=~Q(key=""), name="skill_labels_have_a_key"
            ),
        ]
        indexes = [
            models.Index(
                fields=["key"],
                name="skill_labels_prefix",
                opclasses=["text_pattern_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.text
