"""What became of a line."""

from dataclasses import dataclass, field

from wagtail.models import Page


@dataclass
class Outcome:
    """What became of a line: added, changed, unchanged, left (to whoever works on its page); or an error.

    Notes say what was left out of it; `holds`, why its page waits as a draft although it was public where it comes from.
    """

    number: int
    result: str = ""
    error: str = ""
    notes: list[str] = field(default_factory=list)
    holds: list[str] = field(default_factory=list)
    external_id: str = ""
    page: Page | None = None

    def hold(self, reason: str) -> None:
        """Keep the page a draft, and say why."""
        self.holds.append(reason)
        self.notes.append(f"{reason}, để bản nháp.")

    def leave(self, reason: str) -> bool:
        """Leave the page as it is for `reason`, and say so; False where there is none. The next import tries again."""
        if reason:
            self.result = "left"
            self.notes.append(f"{reason}; để nguyên, chạy lại sau khi xong.")
        return bool(reason)
