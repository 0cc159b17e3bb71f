"""Gives every request its actor."""

from django.utils.functional import SimpleLazyObject

from accounts.addresses import client_address

from .actors import actor_of


class ActorMiddleware:
    """Sets `request.actor` lazily: an API request only knows its user once its token has been read."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = SimpleLazyObject(lambda: actor_of(request.user, client_address(request)))
        return self.get_response(request)
