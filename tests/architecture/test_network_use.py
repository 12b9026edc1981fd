"""Do few modules speak to a network, and can nobody switch certificates off?"""

import ast

import pytest

from tests.architecture.source import modules, name, tree

# What makes a connection that believes anybody.
UNCHECKED = {
    "CERT_NONE", "CERT_OPTIONAL", "_create_unverified_context", "_create_stdlib_context",
    "check_hostname", "verify_mode", "wrap_bio",
}  # fmt: skip
NETWORK = {
    "aiohttp", "ftplib", "http", "httpx", "imaplib", "requests", "smtplib", "ssl", "truststore",
    "urllib3",
}  # fmt: skip
SPEAKERS = [
    "loyaldesk/hub/accounts/oidc_fetch.py",
    "loyaldesk/hub/http/tls.py",
    "loyaldesk/mail/smtp.py",
    "loyaldesk/mail/trouble.py",
    "loyaldesk/sync/reach/loopback.py",
    "loyaldesk/sync/reach/provider.py",
    "loyaldesk/sync/reach/transport.py",
    "loyaldesk/sync/reach/trouble.py",
]
SOURCES = modules("loyaldesk")


def names_in(nodes):
    attributes = {node.attr for node in ast.walk(nodes) if isinstance(node, ast.Attribute)}
    return attributes | {node.id for node in ast.walk(nodes) if isinstance(node, ast.Name)}


def imported_by(nodes):
    for node in ast.walk(nodes):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_no_certificate_goes_unchecked():
    assert [name(file) for file in SOURCES if names_in(tree(file)) & UNCHECKED] == []


def test_only_the_transports_know_the_network():
    assert [name(file) for file in SOURCES if NETWORK & {*imported_by(tree(file))}] == SPEAKERS


@pytest.mark.parametrize("source", ["ssl.CERT_NONE", "c.check_hostname = False", "CERT_NONE"])
def test_the_search_finds_what_it_looks_for(source):
    assert names_in(ast.parse(source)) & UNCHECKED
