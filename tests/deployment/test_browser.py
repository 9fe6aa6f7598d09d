import pytest
from django.contrib.auth import get_user_model


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestSignInPage:
    def test_signs_in_under_the_content_security_policy(self, page, live_server):
        get_user_model().objects.create_superuser("ana@example.com", "correct-horse")
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))

        page.goto(f"{live_server.url}/accounts/login/?next=/healthz")
        page.locator("input[name=login]").fill("ana@example.com")
        page.locator("input[name=password]").fill("correct-horse")
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url("**/healthz")

        assert "alive" in page.content()
        assert not [text for text in complaints if "Content Security" in text]
