"""No file says anything to people that cannot be translated."""

from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Field
from django.utils.functional import Promise

from tests.words.modules import in_javascript, in_python
from tests.words.templates import in_folder, untranslated

ROOT = Path(__file__).parents[2]
PACKAGES = ("recruit", "matching")


class TestTemplates:
    def test_hold_no_words_of_their_own(self):
        found = [str(one) for one in in_folder(ROOT / "templates", ROOT)]

        assert not found, "\n".join(found)

    @pytest.mark.parametrize(
        "source",
        [
            "<p>Hello</p>",
            "<p>{% if a %}\nHello{% endif %}</p>",
            '<a title="Open it">·</a>',
            '<p aria-label="Open {{ name }}">·</p>',
            '<form data-confirm="Delete it?">·</form>',
            '<input type="submit" value="Save">',
            '{{ name|default:"nobody" }}',
            '{{ day|date:"d/m/Y" }}',
            "{{ people }} {{ people|pluralize }}",
            '{% include "a.html" with title="Open jobs" %}',
        ],
    )
    def test_are_searched_for_plain_words(self, source: str):
        assert len(list(untranslated(source, "a.html"))) == 1

    @pytest.mark.parametrize(
        "source",
        [
            '{% load i18n %}<p class="card">{% translate "Hello" %}: {{ name }}</p>',
            "<p>{% blocktranslate %}Hello <b>you</b>{% endblocktranslate %}</p>",
            '<p title="{% translate \'Open it\' %}" data-board="list">–</p>',
            '{% block width %}narrow{% endblock %} hx-target="#flash"',
            '{{ name|default:_("nobody") }} {{ day|date:"DATETIME_FORMAT" }}',
            '<button name="do" value="yes">CSV</button><script>let a</script>',
        ],
    )
    def test_may_hold_what_is_no_word(self, source: str):
        assert list(untranslated(source, "a.html")) == []

    def test_are_reported_with_their_lines(self):
        source = "{% blocktranslate %}a\nb{% endblocktranslate %}\n<p>\n Hello</p>"

        assert [str(one) for one in untranslated(source, "a.html")] == [
            "a.html:4: Hello"
        ]


class TestModules:
    def test_of_python_say_nothing_untranslated(self):
        files = [path for name in PACKAGES for path in (ROOT / name).rglob("*.py")]

        found = [str(one) for path in files for one in in_python(path, ROOT)]

        assert not found, "\n".join(found)

    def test_of_javascript_say_nothing(self):
        files = list((ROOT / "recruit").rglob("static/**/*.js"))

        found = [str(one) for path in files for one in in_javascript(path, ROOT)]

        assert not found, "\n".join(found)

    @pytest.mark.parametrize(
        "source",
        [
            'name = CharField(label="Name")',
            'messages.success(request, f"Saved {name}")',
            'raise ValidationError("Too long")',
            'class Stage(TextChoices):\n    APPLIED = "applied", "Applied"',
            'class Meta:\n    verbose_name = "job"',
            'sentence = "Nobody was moved."',
            '_(f"{name} was moved")',
            '_("%s was moved to %s")',
        ],
    )
    def test_are_searched_for_plain_words(self, source: str, tmp_path: Path):
        (tmp_path / "module.py").write_text(source)

        assert len(list(in_python(tmp_path / "module.py", tmp_path))) == 1

    def test_of_javascript_are_searched_for_plain_words(self, tmp_path: Path):
        script = tmp_path / "a.js"
        script.write_text('// "Not this one"\nsay("Nobody was moved.");\n')

        found = [str(one) for one in in_javascript(script, tmp_path)]

        assert found == ["a.js:2: Nobody was moved."]


class TestColumns:
    def test_are_all_called_in_the_language_of_the_reader(self):
        shown = set(admin.site._registry)
        shown |= {
            one.model for page in admin.site._registry.values() for one in page.inlines
        }
        ours = [model for model in shown if model.__module__.startswith(PACKAGES)]

        in_english = [
            f"{field}: name it, or add it to recruit/admin_site/column_names.py"
            for model in ours
            for field in model._meta.get_fields()
            if isinstance(field, Field) and not isinstance(field.verbose_name, Promise)
        ]

        assert not in_english, "\n".join(in_english)

    def test_stand_in_models_and_apps_with_translated_names(self):
        shown = [
            model
            for model in admin.site._registry
            if model.__module__.startswith(PACKAGES)
        ]
        named = [
            (name, getattr(owner, name))
            for model in shown
            for owner, name in (
                (model._meta, "verbose_name"),
                (model._meta, "verbose_name_plural"),
                (apps.get_app_config(model._meta.app_label), "verbose_name"),
            )
        ]

        assert [each for each in named if not isinstance(each[1], Promise)] == []
