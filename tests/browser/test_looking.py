"""What is looked for is seen: a look that finds nothing would please everybody."""

import pytest

from tests.browser.looking import look_at, new_page

PAGE = """<!doctype html><html lang="en"><head><title>Faults</title></head>
<style>
  body { margin: 0; background: #fff; color: #000; }
  ::placeholder { color: #bbb; }
  .before::before { content: "label"; color: #aaa; }
  .striped { background: linear-gradient(90deg, #fff 50%, #333 50%); }
  button:disabled { border: 0; background: #fff; color: #bbb; }
  .pale { opacity: 0.4; }
  .scroller { width: 200px; overflow-x: auto; }
  .wide { width: 700px; }
  @media (prefers-color-scheme: dark) { .night { background: #000; } }
</style>
<main><h1>Faults</h1>
<input aria-label="Field" placeholder="placeholder">
<button disabled>disabled</button>
<p class="before">words</p><p class="striped">striped</p><p class="pale">pale</p>
<p class="night">night</p><p>plain</p>
<svg width="90" height="40"><rect width="90" height="40" fill="#222"/>
  <text x="10" y="20" fill="#000">drawn</text></svg>
<div class="scroller"><div class="wide">scrolled</div></div>
<div class="wide">wide</div></main>"""


@pytest.mark.browser
class TestLook:
    def test_sees_what_axe_leaves_out(self, browser):
        page = new_page(browser)
        page.set_content(PAGE)

        problems = look_at(page)
        page.context.close()

        told = "\n".join(problems)
        for words in (
            "1280 px, light: contrast 1.92 of the placeholder",
            "1280 px, light: contrast 1.92 of button “disabled”",
            "of ::beforep.before “words”",
            "of p.striped “striped”",
            "of p.pale “pale”",
            "of text “drawn”",
            "320 px, dark: contrast 1.00 of p.night “night”",
            "no key scrolls div.scroller",
            "scrolls and has no label: div.scroller",
            "390 px, light: 310 px too wide, for div.wide “wide”",
            "200 %: 60 px too wide",
        ):
            assert words in told
        assert "plain" not in told
        assert "light: contrast 1.00 of p.night" not in told
