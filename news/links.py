"""Addresses that several screens of news name: feeds, and the home page in the language of the address."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language, gettext

from home.frame import home_of


def feed_links(request, section=None):
    """[{"title", "url"}] for programs that look for a page's feeds: the site's, and that of its section."""
    links = [{"title": gettext("Tin mới"), "url": reverse("site_feed")}]
    if section:
        links.append({"title": section.title, "url": f"{section.get_url(request)}rss.xml"})
    return links


def home_in_language(request):
    """The home page of the site that answers, in the language of the address; 404 where there is none."""
    home = home_of(request.frame)
    if home.locale.language_code != get_language():
        raise Http404(gettext("Trang này chưa có bản tiếng Anh."))
    return home
