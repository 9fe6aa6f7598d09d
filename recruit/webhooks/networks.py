"""Which addresses may be called: those of the open internet, and what is allowed.

An address may hide another (an IPv4 address within an IPv6 one): both are looked at.
"""

from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from recruit.deployment.failures import CannotStart

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# IPv6 addresses that stand for an IPv4 address, and where in them it stands (the
# number of bits behind it).
_EMBEDDING = (
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped
    (IPv6Network("::/96"), 0),  # IPv4-compatible
    (IPv6Network("::ffff:0:0:0/96"), 0),  # IPv4-translated
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (IPv6Network("2002::/16"), 80),  # 6to4
)
# Never the open internet, whatever Python's lists say.
_CLOSED: tuple[Network, ...] = (
    IPv4Network("0.0.0.0/8"),
    IPv4Network("100.64.0.0/10"),  # carrier-grade NAT
    IPv4Network("169.254.0.0/16"),  # link-local, metadata of clouds
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),  # 6to4 relays
    IPv4Network("224.0.0.0/3"),  # multicast, reserved, broadcast
    IPv6Network("64:ff9b:1::/48"),  # NAT64 of one network
    IPv6Network("100::/64"),  # discarded
    IPv6Network("2001::/23"),  # Teredo among them
    IPv6Network("2001:db8::/32"),  # documentation
    IPv6Network("3fff::/20"),  # documentation
    IPv6Network("5f00::/16"),  # segment routing
    IPv6Network("fc00::/7"),  # unique local
    IPv6Network("fe80::/9"),  # link-local and site-local
    IPv6Network("ff00::/8"),  # multicast
)


def parse_networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """Return networks as CIDR names them. Raise CannotStart naming the wrong one."""
    networks = []
    for text in texts:
        try:
            networks.append(ip_network(text.strip()))
        except ValueError as error:
            raise CannotStart(
                f"RECRUIT_WEBHOOK_NETWORKS names {text!r}, no network: {error}."
                " Write networks as 10.1.0.0/16, separated by commas."
            ) from error
    return tuple(networks)


def is_within(address: Address, networks: Sequence[Network]) -> bool:
    """Tell whether an address, or the one that it hides, is in one of the networks."""
    return any(one in network for one in _meant_by(address) for network in networks)


def is_open(address: Address) -> bool:
    """Tell whether an address is one of the open internet, hidden ones included."""
    return all(_is_open(one) for one in _meant_by(address))


def may_be_called(address: Address, allowed: Sequence[Network]) -> bool:
    """Tell whether a webhook may be sent to an address."""
    return is_within(address, allowed) or is_open(address)


def literal_address(host: str) -> Address | None:
    """Return the address that a host is, None where it is a name."""
    try:
        return ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def _meant_by(address: Address) -> list[Address]:
    """Return what an address stands for: the hidden address where it hides one."""
    if isinstance(address, IPv6Address):
        for network, bits_behind in _EMBEDDING:
            if address in network:
                return [IPv4Address((int(address) >> bits_behind) & 0xFFFFFFFF)]
    return [address]


def _is_open(address: Address) -> bool:
    closed = any(address in network for network in _CLOSED)
    return address.is_global and not address.is_multicast and not closed
