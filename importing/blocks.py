"""The text of a line as the blocks of a page: its pictures, videos and links to files tied to what lies beside the imported file."""

from typing import Any

from home.html import Body, TooDeepError, body_of
from home.lines import LineError

from .files import AttachedFiles


def body_in(text: str) -> Body:
    """The blocks that a line's text has, files still by their names; raises LineError."""
    try:
        return body_of(text, has_files=True)
    except TooDeepError as error:
        raise LineError("nội dung quá dài, lồng quá nhiều lớp hoặc bảng quá lớn.") from error


def blocks_of(body: Body, title: str, files: AttachedFiles, notes: list[str]) -> list[dict[str, Any]]:
    """`body` as a StreamField takes it; `title` describes pictures that nothing else describes. What was lost is noted."""
    body.tie_links(lambda address: files.link(address, notes))
    notes += body.notes
    blocks = []
    for kind, value in body.blocks:
        if kind == "image":
            value = _picture(value, title, files, notes)
        elif kind == "video" and "src" in value:
            value = _video(value, files, notes)
        if value:
            blocks.append({"type": kind, "value": value})
    return blocks


def _picture(value: dict[str, str], title: str, files: AttachedFiles, notes: list[str]) -> dict[str, Any] | None:
    image = files.image(value["src"], value["alt"] or title, notes)
    if image is None:
        return None
    alt = (value["alt"] or value["caption"] or title)[:255]
    return {"image": image.pk, "alt": alt, "caption": value["caption"], "source": ""}


def _video(value: dict[str, str], files: AttachedFiles, notes: list[str]) -> dict[str, Any] | None:
    file = files.document(value["src"], notes)
    if file is None:
        return None
    return {"title": value["title"], "url": "", "file": file.pk, "poster": None, "duration": "", "transcript": ""}
