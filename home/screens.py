"""Screens register with their pages: a page class names none of what its page shows, and no circle of files arises.

    @context_of(NewsPage)                   adds to what the page's template gets
    @feed_of(NewsSectionPage)               answers `rss.xml` below the page
    @answers(DocumentRegisterPage, "dang")  answers in the page's place for `?dang=csv`; None leaves it to the page

Each holds for the class (or mixin) and those below it. The modules that register are imported by the `ready()` of their
app; which screens a class cannot do without stands in its `screens_needed` and is checked at start (home.checks).
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.models import Page

Context = Callable[[Any, HttpRequest], dict[str, Any]]
Answer = Callable[[Any, HttpRequest], HttpResponseBase | None]
Screen = TypeVar("Screen", bound=Callable[..., Any])

# (class, what): the functions; what is "context", "feed" or, for a parameter, "?dang".
_screens: dict[tuple[type, str], list[Callable[..., Any]]] = {}


def context_of(page_class: type) -> Callable[[Context], Context]:
    """Register a function (page, request) -> dict; any number for one class, each with keys of its own."""
    return lambda source: _add(page_class, "context", source)


def feed_of(page_class: type) -> Callable[[Answer], Answer]:
    """Register the function (page, request) -> response that is the page's feed; one for a class."""
    return lambda feed: _add_alone(page_class, "feed", feed)


def answers(page_class: type, parameter: str) -> Callable[[Answer], Answer]:
    """Register a function (page, request) -> response or None for a parameter of the query; one for each class."""
    return lambda answer: _add_alone(page_class, f"?{parameter}", answer)


def _add(page_class: type, what: str, screen: Screen) -> Screen:
    _screens.setdefault((page_class, what), []).append(screen)
    return screen


def _add_alone(page_class: type, what: str, screen: Screen) -> Screen:
    if (page_class, what) in _screens:
        raise ImproperlyConfigured(f"{page_class.__name__} has two screens for “{what}”.")
    return _add(page_class, what, screen)


def screens_of(page_class: type, what: str) -> list[Callable[..., Any]]:
    """What is registered for the class, then for the classes above it."""
    return [screen for above in page_class.__mro__ for screen in _screens.get((above, what), [])]


def with_screens(context: dict[str, Any], page: Page, request: HttpRequest) -> dict[str, Any]:
    """`context` with what all screens of `page` add. A key of two is an error: one would hide the other."""
    for source in screens_of(type(page), "context"):
        added = source(page, request)
        if doubled := context.keys() & added.keys():
            raise ImproperlyConfigured(f"{source.__module__}.{source.__name__} gives {sorted(doubled)} a second time.")
        context = context | added
    return context


def feed_for(page: Page | None) -> Answer | None:
    """The feed of `page`, None where it has none."""
    return next(iter(screens_of(type(page), "feed")), None)


def answer_for(page: Page, request: HttpRequest) -> HttpResponseBase | None:
    """What is answered in the place of `page` for the parameters of `request`; None for the page itself."""
    for parameter, value in request.GET.items():
        answer = next(iter(screens_of(type(page), f"?{parameter}")), None) if value else None
        response = answer(page, request) if answer else None
        if response is not None:
            return response
    return None
