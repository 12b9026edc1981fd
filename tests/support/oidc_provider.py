"""A real sign-in provider in a process of its own, and people who sign in at it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

import urllib3

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CLIENT_ID", "running_provider", "signed_in_token"]

CLIENT_ID = "loyaldesk"
RETURN_TO = "http://127.0.0.1:1/signed-in"
START_S = 60


@contextmanager
def running_provider(*people: dict[str, Any], token_s: int = 600) -> Iterator[str]:
    """Yield the address of a provider that knows these people by their claims."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    words = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port)]
    words += ["-e", str(token_s)]
    words += [word for claims in people for word in ("--user-claims", json.dumps(claims))]
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(words, stdout=out, stderr=out)
        try:
            _wait_for(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def signed_in_token(issuer: str, subject: str, *, nonce: str, client_id: str = CLIENT_ID) -> str:
    """Return the id token of a person who signs in, by the code flow, as a desk goes through it."""
    asked = {
        "response_type": "code", "client_id": client_id, "redirect_uri": RETURN_TO,
        "scope": "openid email profile", "state": "s", "nonce": nonce,
    }  # fmt: skip
    with urllib3.PoolManager() as pool:
        form = {"sub": subject}
        address = f"{issuer}/oauth2/authorize?{urlencode(asked)}"
        agreed = pool.request("POST", address, fields=form, encode_multipart=False, redirect=False)
        code = parse_qs(urlsplit(agreed.headers["location"]).query)["code"][0]
        fields = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": RETURN_TO,
            "client_id": client_id, "client_secret": "any",
        }  # fmt: skip
        made = pool.request("POST", f"{issuer}/oauth2/token", fields=fields, encode_multipart=False)
        return str(made.json()["id_token"])


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("the provider ended")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            threading.Event().wait(0.05)
        else:
            return
    raise TimeoutError("the provider did not begin to listen")
