"""Content security policies: nothing inline, nothing from elsewhere, and the admin's scripts in the admin alone."""

from django.conf import settings

from home.addresses import host_address

from .hosts import hostname_of

COMMON = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
# Scripts by path and not by 'self': a file that somebody uploaded lies on the same host and never runs.
PUBLIC_POLICY = COMMON + (
    "; img-src 'self' data:; style-src 'self'; script-src {host}/static/js/; frame-ancestors 'self'"
    "; require-trusted-types-for 'script'; trusted-types 'none'"
)
# Pictures of what is pasted before it is uploaded are data: and blob:. Wagtail's editor sets sizes and places by style attributes.
ADMIN_POLICY = COMMON + (
    "; img-src 'self' data: blob: {sites}; style-src-elem 'self'; style-src-attr 'unsafe-inline'; script-src 'self'"
    "; frame-src 'self' {sites}; frame-ancestors 'self'"
)
PERMISSIONS = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"


def public_policy(hostname):
    """The policy of the pages that `hostname` shows to everyone."""
    return PUBLIC_POLICY.format(host=host_address(hostname))


def admin_policy():
    """The policy of the admin; it shows pages, and what is not public yet, in frames from the sites' own hosts."""
    domain = settings.PORTAL_DOMAIN
    return ADMIN_POLICY.format(sites=f"{host_address(domain)} {host_address('*.' + domain)}")


class ContentSecurityPolicyMiddleware:
    """Send the policy of the host with every answer that has none of its own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_admin = getattr(request, "is_admin_host", False)
        policy = admin_policy() if is_admin else public_policy(hostname_of(request))
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-site")
        return response
