"""What people mostly come for: pages of the menu, told apart by slug, with one line on what is behind them."""

from django.utils.translation import gettext_lazy as _

SHOWN = 4

# By rank; a site shows the first four that its menu has.
DESCRIPTIONS = {
    "thong-bao": _("Lịch, lời mời, việc người dân cần biết"),
    "chi-dao-dieu-hanh": _("Ý kiến chỉ đạo của lãnh đạo tỉnh"),
    "cai-cach-hanh-chinh": _("Thủ tục gọn hơn, trả kết quả sớm hơn"),
    "pho-bien-phap-luat": _("Quy định mới và cách áp dụng"),
    "co-cau-to-chuc": _("Ai phụ trách việc gì"),
    "lien-he": _("Địa chỉ, điện thoại, giờ làm việc"),
}


def quick_links_in(navigation):
    """The entries of `navigation` (home.context) that have a description, each with its `about`."""
    by_slug = {entry["slug"]: entry for entry in navigation}
    found = [by_slug[slug] | {"about": about} for slug, about in DESCRIPTIONS.items() if slug in by_slug]
    return found[:SHOWN]
