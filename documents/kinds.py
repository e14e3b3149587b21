"""Kinds of documents, by the letters that stand for them in a document's number."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Legal normative documents first, then the 29 administrative kinds of NĐ 30/2020/NĐ-CP, article 7 and annex III."""

    CONSTITUTION = "hien-phap", _("Hiến pháp")
    LAW = "luat", _("Luật")
    CODE = "bo-luat", _("Bộ luật")
    ORDINANCE = "phap-lenh", _("Pháp lệnh")
    ORDER = "lenh", _("Lệnh")
    RESOLUTION = "nghi-quyet", _("Nghị quyết")
    JOINT_RESOLUTION = "nghi-quyet-lien-tich", _("Nghị quyết liên tịch")
    DECREE = "nghi-dinh", _("Nghị định")
    DECISION = "quyet-dinh", _("Quyết định")
    CIRCULAR = "thong-tu", _("Thông tư")
    JOINT_CIRCULAR = "thong-tu-lien-tich", _("Thông tư liên tịch")
    CONSOLIDATED = "van-ban-hop-nhat", _("Văn bản hợp nhất")
    DIRECTIVE = "chi-thi", _("Chỉ thị")
    STATUTE = "quy-che", _("Quy chế")
    REGULATION = "quy-dinh", _("Quy định")
    COMMUNIQUE = "thong-cao", _("Thông cáo")
    NOTICE = "thong-bao", _("Thông báo")
    GUIDANCE = "huong-dan", _("Hướng dẫn")
    PROGRAMME = "chuong-trinh", _("Chương trình")
    PLAN = "ke-hoach", _("Kế hoạch")
    OPTION = "phuong-an", _("Phương án")
    SCHEME = "de-an", _("Đề án")
    PROJECT = "du-an", _("Dự án")
    REPORT = "bao-cao", _("Báo cáo")
    MINUTES = "bien-ban", _("Biên bản")
    SUBMISSION = "to-trinh", _("Tờ trình")
    CONTRACT = "hop-dong", _("Hợp đồng")
    LETTER = "cong-van", _("Công văn")
    TELEGRAM = "cong-dien", _("Công điện")
    MEMORANDUM = "ban-ghi-nho", _("Bản ghi nhớ")
    AGREEMENT = "ban-thoa-thuan", _("Bản thỏa thuận")
    MANDATE = "giay-uy-quyen", _("Giấy ủy quyền")
    INVITATION = "giay-moi", _("Giấy mời")
    INTRODUCTION = "giay-gioi-thieu", _("Giấy giới thiệu")
    LEAVE = "giay-nghi-phep", _("Giấy nghỉ phép")
    SENDING_SLIP = "phieu-gui", _("Phiếu gửi")
    TRANSFER_SLIP = "phieu-chuyen", _("Phiếu chuyển")
    REPORT_SLIP = "phieu-bao", _("Phiếu báo")
    OFFICIAL_LETTER = "thu-cong", _("Thư công")
    CONCLUSION = "ket-luan", _("Kết luận")
    OTHER = "khac", _("Văn bản khác")


KIND_LABELS = dict(Kind.choices)

# As written in numbers. The case matters on paper (TTr, CTr, QyĐ) and never for recognising.
CODES = {
    "HP": Kind.CONSTITUTION,
    "PL": Kind.ORDINANCE,
    "L": Kind.ORDER,
    "LCT": Kind.ORDER,
    "NQ": Kind.RESOLUTION,
    "NQLT": Kind.JOINT_RESOLUTION,
    "NĐ": Kind.DECREE,
    "QĐ": Kind.DECISION,
    "TT": Kind.CIRCULAR,
    "TTLT": Kind.JOINT_CIRCULAR,
    "TTLB": Kind.JOINT_CIRCULAR,
    "VBHN": Kind.CONSOLIDATED,
    "CT": Kind.DIRECTIVE,
    "QC": Kind.STATUTE,
    "QyĐ": Kind.REGULATION,
    "TC": Kind.COMMUNIQUE,
    "TB": Kind.NOTICE,
    "HD": Kind.GUIDANCE,
    "CTr": Kind.PROGRAMME,
    "KH": Kind.PLAN,
    "PA": Kind.OPTION,
    "ĐA": Kind.SCHEME,
    "DA": Kind.PROJECT,
    "BC": Kind.REPORT,
    "BB": Kind.MINUTES,
    "TTr": Kind.SUBMISSION,
    "HĐ": Kind.CONTRACT,
    "CĐ": Kind.TELEGRAM,
    "BGN": Kind.MEMORANDUM,
    "BTT": Kind.AGREEMENT,
    "GUQ": Kind.MANDATE,
    "GM": Kind.INVITATION,
    "GGT": Kind.INTRODUCTION,
    "GNP": Kind.LEAVE,
    "PG": Kind.SENDING_SLIP,
    "PC": Kind.TRANSFER_SLIP,
    "PB": Kind.REPORT_SLIP,
    "KL": Kind.CONCLUSION,
    "CV": Kind.LETTER,
}

# Who stands behind the letters, where one body uses them in the whole country or the province.
ISSUERS = {
    "QH": "Quốc hội",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "CTN": "Chủ tịch nước",
    "CP": "Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "VPCP": "Văn phòng Chính phủ",
    "UBND": "Ủy ban nhân dân tỉnh Quảng Ngãi",
    "HĐND": "Hội đồng nhân dân tỉnh Quảng Ngãi",
    "TU": "Tỉnh ủy Quảng Ngãi",
    "BTC": "Bộ Tài chính",
    "BTP": "Bộ Tư pháp",
    "BNV": "Bộ Nội vụ",
    "BCA": "Bộ Công an",
    "BQP": "Bộ Quốc phòng",
    "BYT": "Bộ Y tế",
    "BXD": "Bộ Xây dựng",
    "BCT": "Bộ Công Thương",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BGTVT": "Bộ Giao thông vận tải",
    "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "NHNN": "Ngân hàng Nhà nước Việt Nam",
}
