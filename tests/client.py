"""A browser of the tests: what it asks of the admin goes to the admin's host, as in a person's browser."""

from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client

ADMIN = ("/admin/", "/loi-moi/")


class PortalClient(Client):
    """Sends addresses of the admin to its host where the test names a site of the province, or no host at all.

    A test that means another host for them says so by a name in `HTTP_HOST` of `extra`.
    """

    def generic(self, method, path, *args, headers=None, **extra):
        if path.startswith(ADMIN) and "HTTP_HOST" not in extra:
            headers = {name: value for name, value in (headers or {}).items() if name.lower() != "host"}
            headers["host"] = settings.ADMIN_HOST
        return super().generic(method, path, *args, headers=headers, **extra)


def shown(response):
    """What a preview leads to: the page on the host of its site, asked for by a browser that has signed in nowhere."""
    assert response.status_code == 302, response.status_code
    address = urlsplit(response.headers["Location"])
    return Client().get(address.path, headers={"host": address.hostname})
