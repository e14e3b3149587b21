"""Where in an attached file the words stand, when the page itself does not have them."""

from django.utils.html import mark_safe

from home.media.models import FileText
from organisations.folding import fold

from .highlighting import highlighted

MOST_READ = 300_000


def file_places(hits, answer):
    """{page id: {"title", "url", "number", "highlight"}} of those of `hits` whose words stand in a file rather than in the page."""
    wanted = {fold(word) for word in (answer.words[0] if answer.words else ())}
    lacking = {
        hit["id"]: hit["shown"] for hit in hits if hit["shown"].get("files") and not has_all(hit["shown"], wanted)
    }
    names = [pk for shown in lacking.values() for pk in shown["files"]]
    if not names or not wanted:
        return {}
    texts = {words.pk: words for words in FileText.objects.filter(pk__in=names).select_related("file")}
    places = {}
    for pk, shown in lacking.items():
        found = best_page([texts[name] for name in shown["files"] if name in texts], wanted)
        if found and found[0] > len(wanted & words_in(f"{shown['title']} {shown['text']}")):
            places[int(pk)] = described(*found[1:], answer)
    return places


def has_all(shown, wanted):
    return wanted <= words_in(f"{shown['title']} {shown['text']}")


def words_in(text):
    return set("".join(char if char.isalnum() else " " for char in fold(text)).split())


def best_page(texts, wanted):
    """(how many of the words, FileText, number of the page) of the first page with most of them."""
    best, read = None, 0
    for words in texts:
        for number, page in enumerate(words.pages, start=1):
            read += len(page)
            if read > MOST_READ:
                return best
            count = len(wanted & words_in(page))
            if count and (best is None or count > best[0]):
                best = (count, words, number)
    return best


def described(words, number, answer):
    is_pdf = words.file.file_extension.lower() == "pdf"
    return {
        "title": words.file.title,
        "url": words.file.url + (f"#page={number}" if is_pdf else ""),
        "number": number if is_pdf else None,
        "highlight": mark_safe(highlighted(words.pages[number - 1], answer.words)),
    }
