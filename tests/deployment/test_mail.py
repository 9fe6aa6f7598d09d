"""Whom mails come from."""

import pytest

from recruit.deployment.mail import mail_sender

ORIGIN = "https://hiring.example.org:8443"


class TestMailSender:
    @pytest.mark.parametrize(
        ("user", "origin", "sender"),
        [
            ("hr@example.org", ORIGIN, "hr@example.org"),
            ("smtp-user", ORIGIN, "recruit@hiring.example.org"),
            (None, ORIGIN, "recruit@hiring.example.org"),
            ("", "", "recruit@localhost"),
        ],
    )
    def test_is_an_address_that_the_server_may_send_for(self, user, origin, sender):
        assert mail_sender(user=user, origin=origin) == sender
