"""What a browser may do with a page: nothing but show it, run our own scripts, and talk to this service."""

from typing import Final

_POLICY: Final = (
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("font-src", "'self'"),
    ("img-src", "'self' data:"),
    ("connect-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
)


def security_headers(*, is_embedded: bool = False) -> dict[str, str]:
    """The headers of a page; one that is made to be embedded may stand in a frame of any other page."""
    ancestors = "*" if is_embedded else "'self'"
    policy = "; ".join(f"{name} {value}" for name, value in (*_POLICY, ("frame-ancestors", ancestors)))
    headers = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    return headers if is_embedded else {**headers, "Cross-Origin-Opener-Policy": "same-origin"}
