"""Encodings before Unicode: what is proven is read rightly, whatever it is written in, and text of today stays as it is."""

import pytest

from organisations.legacy_text import UTF_8, readable

PROVEN = [
    ("TCVN3", "QuyÕt ®Þnh vÒ viÖc thö", "Quyết định về việc thử"),
    ("TCVN3", "§éc lËp", "Độc lập"),
    ("TCVN3", "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("TCVN3", "V¨n b¶n", "Văn bản"),
    ("TCVN3", "NguyÔn V¨n An", "Nguyễn Văn An"),
    ("TCVN3", "NguyÔn", "Nguyễn"),
    ("TCVN3", "TrÇn ThÞ BÝch H¹nh", "Trần Thị Bích Hạnh"),
    ("TCVN3", "Hµ Néi", "Hà Nội"),
    ("TCVN3", "®­êng Tr­êng Sa", "đường Trường Sa"),
    ("TCVN3", "Phßng chèng lôt b·o n¨m 2018 t¹i c¸c huyÖn", "Phòng chống lụt bão năm 2018 tại các huyện"),
    ("TCVN3", "QuyÕt ®Þnh 16/2017/Q§-UBND ngµy 19/4/2017", "Quyết định 16/2017/QĐ-UBND ngày 19/4/2017"),
    ("TCVN3", "§iÒu 1. Ph¹m vi ®iÒu chØnh", "Điều 1. Phạm vi điều chỉnh"),
    ("TCVN3", "vÒ c¸n bé, c«ng chøc", "về cán bộ, công chức"),
    ("TCVN3", "<p>KÕt qu¶ <b>kiÓm tra</b></p>", "<p>Kết quả <b>kiểm tra</b></p>"),
    ("TCVN3", "Quy&Otilde;t &reg;&THORN;nh &amp; ngh&THORN; quy&Otilde;t", "Quyết định &amp; nghị quyết"),
    ("VNI", "Quyeát ñònh veà vieäc thöû", "Quyết định về việc thử"),
    ("VNI", "Ñoäc laäp", "Độc lập"),
    ("VNI", "Uûy ban nhaân daân tænh Quaûng Ngaõi", "Ủy ban nhân dân tỉnh Quảng Ngãi"),
    ("VNI", "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("VNI", "Nguyeãn Vaên An", "Nguyễn Văn An"),
    ("VNI", "Nguyeãn", "Nguyễn"),
    ("VNI", "Traàn Thò Bích Haïnh", "Trần Thị Bích Hạnh"),
    ("VNI", "Haø Noäi", "Hà Nội"),
    ("VNI", "ñöôøng Tröôøng Sa", "đường Trường Sa"),
    ("VNI", "Coâng vaên hoûa toác", "Công văn hỏa tốc"),
    ("VNI", "Sôû Xaây döïng", "Sở Xây dựng"),
    ("VNI", "Quyeát ñònh 16/2017/QÑ-UBND", "Quyết định 16/2017/QĐ-UBND"),
    ("VNI", "Ñieàu 1. Phaïm vi ñieàu chænh", "Điều 1. Phạm vi điều chỉnh"),
    ("VNI", "thöûa ñaát, giaáy pheùp", "thửa đất, giấy phép"),
    ("VISCII", "Quyªt ð¸nh v« vi®c thØ", "Quyết định về việc thử"),
    ("VISCII", "Ðµc l§p", "Độc lập"),
    ("VISCII", "Cµng hòa xã hµi chü nghîa Vi®t Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("VISCII", "\x9cy ban nhân dân tïnh Quäng Ngãi", "Ủy ban nhân dân tỉnh Quảng Ngãi"),
    ("VISCII", "œy ban nhân dân tïnh Quäng Ngãi", "Ủy ban nhân dân tỉnh Quảng Ngãi"),
    ("VISCII", "Nguy­n Vån An", "Nguyễn Văn An"),
    ("VISCII", "Vån bän", "Văn bản"),
    ("VISCII", "ðß¶ng Trß¶ng Sa", "đường Trường Sa"),
    ("VISCII", "Công vån höa t¯c", "Công văn hỏa tốc"),
    ("VISCII", "Bµ Xây dñng", "Bộ Xây dựng"),
    ("VISCII", "Phòng ch¯ng løt bão nåm 2018", "Phòng chống lụt bão năm 2018"),
    ("VISCII", "Gi¤y phép", "Giấy phép"),
    ("VISCII", "thØa ð¤t", "thửa đất"),
    (UTF_8, "Quyáº¿t Ä‘á»‹nh vá»\x81 viá»‡c", "Quyết định về việc"),
    (UTF_8, "ThÃ´ng bÃ¡o cá»§a Sá»Ÿ", "Thông báo của Sở"),
    (UTF_8, "â€œQuyáº¿t Ä‘á»‹nhâ€\x9d", "“Quyết định”"),
    (UTF_8, "QuyÃ¡ÂºÂ¿t Ã„â€˜Ã¡Â»â€¹nh", "Quyết định"),
]
OF_TODAY = (
    """
Về phong trào «Toàn dân đoàn kết»|«Toàn dân»|«Ba»|«n»|Nồng độ bụi không quá 50 µg/m³|50 µg/m³|10 µm|5 µl, 3 µg|µm|µ|Ghi chú¹ của bảng
Ghi chú¹|xã¹|ban¹|m¹|H¹|tiêu chuẩn¹ và quy chuẩn²|Phần mềm ©Sở Thử|©Sở|© 2018|Apple® iPhone|Windows®|Sản phẩm OCOP®|®|§ 5|§5 BGB
20°C|m² sàn|CO²|1½ ngày|¼ hecta|1 × 2 = 2|30 £, 20 ¥, 5 €|ngày 5·6|nº 5|1ª vez|Köln|Müller|Zürich và Genève|Café|résumé
Société Générale|São Paulo|España|Citroën|Noël|naïve|Malmö|Björk|Haïti|Taïwan|Curaçao|Åland|Søren Kierkegaard|Beyoncé|El Niño|La Niña
Pokémon|Größe|Straße|Ça va|Hoà Bình|Toàn quyền|Hoà, Toàn, Loan, Khoá|Thông báo|Công an|Lê Thanh|Bùi Thanh Hà|thì là mà|Ô tô|bé Na|CÔNG BÁO
Ông Ích Khiêm|Đà Nẵng|Quyết định về việc thử|“Ngày hội”|Internet|Tòa án nhân dân|El Niño và La Niña|<p>Thông báo &reg; &laquo;Ba&raquo;</p>
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize(("encoding", "raw", "meant"), PROVEN)
def test_proven__is_read_as_it_was_meant(encoding, raw, meant):
    reading = readable(raw)
    assert (reading.text, reading.encoding) == (meant, encoding)


@pytest.mark.parametrize("text", OF_TODAY)
def test_text_of_today__stays(text):
    reading = readable(text)
    assert (reading.text, reading.encoding, reading.is_doubtful) == (text, "", False)


def test_counts():
    assert len(PROVEN) > 40
    assert len(OF_TODAY) > 75


def test_paragraphs_of_both_kinds__each_stay_what_they_are():
    reading = readable("<p>QuyÕt ®Þnh vÒ viÖc thö</p><p>Nồng độ 50 µg «Ba» ở Quảng Ngãi</p>")
    assert reading.text == "<p>Quyết định về việc thử</p><p>Nồng độ 50 µg «Ba» ở Quảng Ngãi</p>"


def test_hints_without_proof__are_doubtful_and_change_nothing():
    reading = readable("baõo soá 9")
    assert (reading.text, reading.is_doubtful) == ("baõo soá 9", True)
