"""Which network asks: what is counted together when somebody tries often."""

import pytest
from flask import Flask

from eventmgr.accounts import guard


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8::9", "2001:db8::/64"),
        ("::1", "::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_a_network_is_an_ipv4_address_or_an_ipv6_prefix(
    app_alone: Flask, address: str, network: str
) -> None:
    with app_alone.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert guard.network() == network
