"""The register a new site starts with, and the fields that all share."""

import datetime

from commune_sites.seams import opening_steps, starter_steps
from home.slugs import vietnamese_slug

from .models import DocumentRegisterPage, Field, Issuer, PublishingDeadline

FIELDS = [
    "Tổ chức bộ máy, cán bộ",
    "Tài chính, ngân sách",
    "Kế hoạch, đầu tư",
    "Xây dựng, đô thị",
    "Giao thông",
    "Nông nghiệp, nông thôn",
    "Đất đai, môi trường",
    "Công nghiệp, thương mại",
    "Giáo dục, đào tạo",
    "Y tế, dân số",
    "Văn hóa, thể thao, du lịch",
    "Lao động, xã hội",
    "Khoa học, công nghệ",
    "Thông tin, truyền thông",
    "Tư pháp, hộ tịch",
    "Quốc phòng, an ninh",
    "Dân tộc, tôn giáo",
    "Cải cách hành chính",
    "Khiếu nại, tố cáo",
    "Lĩnh vực khác",
]

DEADLINES = [
    ((2011, 10, 1), "Nghị định 43/2011/NĐ-CP, Điều 17"),
    ((2022, 8, 15), "Chỉ tiêu của Cổng (Nghị định 42/2022/NĐ-CP yêu cầu kịp thời)"),
]


@opening_steps.register
def open_fields(organisation, home):
    """The fields come with the province; an operator's renaming stands."""
    if organisation.is_province and not Field.objects.exists():
        Field.objects.bulk_create(
            Field(name=name, slug=vietnamese_slug(name), order=order) for order, name in enumerate(FIELDS)
        )


@opening_steps.register
def open_deadlines(organisation, home):
    """The rules of documents.deadlines come with the province; an operator's change stands."""
    if organisation.is_province and not PublishingDeadline.objects.exists():
        PublishingDeadline.objects.bulk_create(
            PublishingDeadline(valid_from=datetime.date(*day), own_days=2, other_days=10, basis=basis)
            for day, basis in DEADLINES
        )


@opening_steps.register
def open_issuers(organisation, home):
    """An organisation issues documents under its own name; the province's two bodies come first."""
    names = ["Hội đồng nhân dân tỉnh Quảng Ngãi", "Ủy ban nhân dân tỉnh Quảng Ngãi"] if organisation.is_province else []
    for order, name in enumerate([*names, organisation.name]):
        Issuer.objects.named(name, order=order if names else 100)


@starter_steps.register
def open_register(kind, home):
    if not DocumentRegisterPage.objects.child_of(home).exists():
        home.add_child(
            instance=DocumentRegisterPage(title="Văn bản", slug="van-ban", show_in_menus=True, locale=home.locale)
        )
