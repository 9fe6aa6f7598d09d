import pytest

from recruit.jobs.reading.plain_text import plain_text


class TestPlainText:
    @pytest.mark.parametrize(
        ("pasted", "text"),
        [
            ("a\r\nb\rc", "a\nb\nc"),
            ("  a \u00a0 b\t c ", "a b c"),
            ("a\n\n\n \n\nb", "a\n\nb"),
            ("so\u200bft\ufeff", "soft"),
            ("<p>One</p><p>Two</p>", "One\n\nTwo"),
            ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
            ("a<br>b<br/>c", "a\nb\nc"),
            ("<div>K&ouml;ln &amp; Bonn</div>", "Köln & Bonn"),
            ("<style>p{}</style><p>Seen</p><script>x</script>", "Seen"),
            ("List<String> and < 5 years", "List<String> and < 5 years"),
            ("<p>never closed <b>bold", "<p>never closed <b>bold"),
        ],
    )
    def test_shows_what_a_reader_sees(self, pasted: str, text: str):
        assert plain_text(pasted) == text
