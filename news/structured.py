"""What machines read of an article: schema.org data as JSON-LD."""

from django.utils.translation import get_language

from home.names import local_name


def news_article(article, address, names, image=None):
    """The article at `address`, under the pen `names`; what authors earn by it is nobody's business."""
    publisher = {"@type": "GovernmentOrganization", "name": local_name(article.publisher)}
    data = {
        "@type": "NewsArticle",
        "@id": address,
        "mainEntityOfPage": address,
        "headline": article.title,
        "description": article.lead,
        "inLanguage": get_language(),
        "datePublished": _moment(article.published_at),
        "dateModified": _moment(article.last_published_at or article.published_at),
        "author": [{"@type": "Person", "name": name} for name in names] or [publisher],
        "publisher": publisher,
        "articleSection": local_name(article.category) if article.category else None,
        "image": [image["url"]] if image else None,
        "isBasedOn": article.source_url or None,
        "contentReferenceTime": article.event_date.isoformat() if article.event_date else None,
    }
    return {name: value for name, value in data.items() if value}


def _moment(value):
    return value.isoformat(timespec="seconds") if value else None
