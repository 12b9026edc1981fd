"""Why is another computer's certificate not good enough? As people say it."""

from __future__ import annotations

__all__ = ["why_untrusted"]

# OpenSSL's X509_V_ERR_CERT_HAS_EXPIRED, _HOSTNAME_MISMATCH and _IP_ADDRESS_MISMATCH.
EXPIRED, OTHER_NAME, OTHER_NUMBER = 10, 62, 64


def why_untrusted(verify_code: int) -> str:
    """Return what OpenSSL's code means, to stand after “The certificate of … ”."""
    return {
        EXPIRED: "has expired",
        OTHER_NAME: "belongs to another name",
        OTHER_NUMBER: "belongs to another name",
    }.get(verify_code, "is not signed by anybody whom this computer trusts")
