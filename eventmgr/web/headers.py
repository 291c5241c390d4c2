"""Security headers of every answer, and the guard against cross-site writes."""

from flask import Flask, Response, abort, request
from flask_wtf.csrf import CSRFProtect

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SAME_SITE = frozenset({"same-origin", "none"})

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""KERN's icons are data: images; there is no inline script or style, so no nonce."""
SCANNER_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")

csrf = CSRFProtect()


def init_headers(app: Flask) -> None:
    """Refuse writes that another site sent, protect forms, set headers."""

    @app.before_request
    def refuse_cross_site_writes() -> None:
        if request.method not in SAFE_METHODS:
            site = request.headers.get("Sec-Fetch-Site")
            if site is not None and site not in SAME_SITE:
                abort(403)

    csrf.init_app(app)
    secure = app.extensions["settings"].cookie_secure

    @app.after_request
    def set_headers(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers.setdefault("Cache-Control", "private, no-store")
        if secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        return response
