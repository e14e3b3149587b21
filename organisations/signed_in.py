"""What a request is behind the admin's door."""

from django.http import HttpRequest

from .models import User


class SignedInRequest(HttpRequest):
    """A type alone, nothing makes one: a request that `require_admin_access` or the admin's own addresses let through."""

    user: User
