"""What is said of choices, and how calls are called."""

import json
import re
from collections import Counter

import pytest

from recruit.api.schema.wording import without_echoes
from tests.api.stated import all_calls, schema_of_the_api


class TestWithoutEchoes:
    @pytest.mark.parametrize(
        ("said", "kept"),
        [
            ("The order.\n\n* `-name` - -name\n* `name` - name", "The order."),
            ("* `rank` - RANK\n* `on_hold` - On hold", ""),
            ("* `0` - 0\n* `gone` - Answered 410", "* `0`\n* `gone` - Answered 410"),
            ("`added` or `taken`.", "`added` or `taken`."),
        ],
    )
    def test_keeps_labels_that_say_more(self, said, kept):
        assert without_echoes(said) == kept


class TestSchema:
    def test_has_no_label_that_says_what_the_value_says(self):
        text = json.dumps(schema_of_the_api(), ensure_ascii=False)

        found = re.findall(r"\* `([^`]*)` - (.*?)(?=\\n|\")", text)
        bare = [re.sub(r"[\W_]", "", value) for value, _label in found]
        labels = [re.sub(r"[\W_]", "", label).casefold() for _value, label in found]
        assert [one for one in zip(bare, labels, strict=True) if one[0] == one[1]] == []
        assert found  # those that say more stay

    def test_calls_each_call_by_a_title_of_its_own(self):
        titles = Counter(call.operation["summary"] for call in all_calls())

        assert [title for title, count in titles.items() if count > 1] == []
        assert not [title for title in titles if "{" in title]
        assert "List the skills of a candidate, in the order of the profile" in titles
