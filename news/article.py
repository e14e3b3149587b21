"""What an article's own page needs beside the article."""


def article_context(article, request):
    """`bylines` with their authors."""
    return {"bylines": article.bylines.select_related("contributor")}
