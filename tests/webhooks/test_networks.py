"""Which addresses may be called."""

from ipaddress import ip_address

import pytest
from django.core.exceptions import ValidationError

from recruit.deployment.failures import CannotStart
from recruit.webhooks.addresses import checked_url
from recruit.webhooks.networks import is_open, may_be_called, parse_networks

CLOSED = [
    "0.0.0.0",  # noqa: S104 - read, not bound
    "0.1.2.3",
    "10.1.2.3",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.8.9.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.170",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "::ffff:0:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2002:a9fe:a9fe::",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]
OPEN = [
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.1",
    "172.32.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::1",
    "2606:4700:4700::1111",
    "2a00:1450:4001::1",
]


class TestAddress:
    @pytest.mark.parametrize("text", CLOSED)
    def test_is_closed(self, text):
        assert not is_open(ip_address(text))

    @pytest.mark.parametrize("text", OPEN)
    def test_is_open(self, text):
        assert is_open(ip_address(text))

    def test_is_called_in_a_network_that_is_allowed(self):
        allowed = parse_networks(["10.1.0.0/16", "fd00:1::/64"])

        assert may_be_called(ip_address("10.1.2.3"), allowed)
        assert may_be_called(ip_address("::ffff:10.1.2.3"), allowed)
        assert may_be_called(ip_address("fd00:1::5"), allowed)
        assert not may_be_called(ip_address("10.2.0.1"), allowed)
        assert not may_be_called(ip_address("127.0.0.1"), allowed)

    def test_of_networks_is_refused_where_it_is_none(self):
        with pytest.raises(CannotStart, match="RECRUIT_WEBHOOK_NETWORKS names 'x'"):
            parse_networks(["10.0.0.0/8", "x"])


class TestUrl:
    @pytest.mark.parametrize(
        "url",
        [
            "",
            "hooks.example.org",
            "ftp://example.org/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://",
            "https:///path",
            "https://user:word@example.org/",
            "https://user@example.org/",
            "https://example.org/#part",
            "https://example.org:0/",
            "https://example.org:70000/",
            "https://example.org:x/",
            "https://exa mple.org/",
            "https://example.org\\@127.0.0.1/",
            "https://example.org/\nHost: x",
            "https://localhost/",
            "https://a.localhost./",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://0177.0.0.01./",
            "https://169.254.169.254/latest/meta-data/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[fe80::1%25eth0]/",
            "https://[fd00:ec2::254]/",
            "http://example.org/",
            "http://8.8.8.8/",
        ],
    )
    def test_is_refused(self, url):
        with pytest.raises(ValidationError) as refused:
            checked_url(url, allowed=())

        assert list(refused.value.message_dict) == ["url"]

    @pytest.mark.parametrize(
        "url",
        [
            "https://hooks.example.org/recruit?key=1",
            "https://hooks.example.org:8443/",
            "https://8.8.8.8/",
            "https://[2606:4700:4700::1111]/",
            "https://bücher.example/",
            "https://v1.hooks-7.example.org/",
        ],
    )
    def test_is_taken(self, url):
        assert checked_url(f" {url} ", allowed=()) == url

    def test_may_be_plain_http_where_networks_are_allowed(self):
        allowed = parse_networks(["10.0.0.0/8"])

        assert checked_url("http://10.0.0.1:8080/x", allowed=allowed)
        assert checked_url("http://ats.internal/x", allowed=allowed)
        with pytest.raises(ValidationError):
            checked_url("http://192.168.0.1/", allowed=allowed)
