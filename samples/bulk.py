"""Many live articles at once (home.bulk)."""

from home.bulk import add_live_pages


def add_articles(section, articles):
    """Write unsaved live `articles` below `section`, in this order. Each has title, lead, published_at and bylines."""
    for article in articles:
        article.section_id, article.first_published_at = section.pk, article.published_at
    add_live_pages(section, articles, ["bylines"])
