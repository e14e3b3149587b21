"""What a page embeds of elsewhere, or of its own files: videos, sound, frames."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from bs4 import Tag

_HOSTS = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|tiktok\.com|vtv\.vn|vtvgo\.vn|quangngaitv\.vn)$"
)
_VIDEO_FILE = re.compile(r"\.(?:mp4|m4v|webm|mov|m3u8|flv|avi|wmv)$", re.IGNORECASE)
_YOUTUBE = re.compile(r"^/(?:embed|v|shorts)/([\w-]{1,20})")


@dataclass(frozen=True)
class Embedded:
    """`address` is absolute where `is_away`, else that of an own file."""

    address: str
    title: str
    host: str
    is_away: bool
    is_video: bool


def embedded_in(node: Tag) -> Embedded | None:
    """What an iframe, video, audio, embed or object shows; None where it names nothing."""
    address = _address(node)
    if not address:
        return None
    if address.startswith("//"):
        address = f"https:{address}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return None
    away = parts.scheme in {"http", "https"} and bool(host)
    if parts.scheme and not away:
        return None
    is_video = node.name == "video" or bool(_VIDEO_FILE.search(parts.path)) or bool(_HOSTS.search(host))
    is_video |= host.endswith("facebook.com") and "/plugins/video" in parts.path
    title = " ".join(str(node.get("title") or "").split())[:200] or _name(parts.path, host, is_video)
    return Embedded(_watched(address, host, parts.path, parts.query), title, host, away, is_video)


def _address(node: Tag) -> str:
    for name in ("src", "data"):
        if value := str(node.get(name) or "").strip():
            return value
    for part in node.find_all(["source", "embed", "iframe", "video"]):
        if value := str(part.get("src") or "").strip():
            return value
    for part in node.find_all("param"):
        if str(part.get("name") or "").lower() in {"movie", "src", "url"}:
            return str(part.get("value") or "").strip()
    return ""


def _watched(address: str, host: str, path: str, query: str) -> str:
    """Where people watch what a frame shows."""
    youtube = _YOUTUBE.match(path) if "youtube" in host else None
    if youtube:
        return f"https://www.youtube.com/watch?v={youtube[1]}"
    if host.endswith("facebook.com") and (shown := parse_qs(query).get("href")):
        return shown[0] if shown[0].startswith("https://") else address
    return address


def _name(path: str, host: str, is_video: bool) -> str:
    if is_video:
        return "Video"
    return unquote(path.rsplit("/", 1)[-1])[:200] or host or "Nội dung nhúng"
