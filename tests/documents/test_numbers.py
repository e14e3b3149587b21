"""Numbers of every shape that the portal meets."""

from django.test import SimpleTestCase

from documents.numbers import key_of, parse, tidy

# written, serial, year, symbol, kind
SHAPES = """
16/2017/QĐ-UBND|16|2017|QĐ-UBND|quyet-dinh
43/2011/NĐ-CP|43|2011|NĐ-CP|nghi-dinh
43/2011/NĐCP|43|2011|NĐCP|nghi-dinh
69/BC-VP|69||BC-VP|bao-cao
355/QĐ-UBND|355||QĐ-UBND|quyet-dinh
19/2012/TTLT-BTC-BKH&ĐT-BTTTT|19|2012|TTLT-BTC-BKH&ĐT-BTTTT|thong-tu-lien-tich
01/2015/TTLT-VPCP-BNV|1|2015|TTLT-VPCP-BNV|thong-tu-lien-tich
867/NQ-UBTVQH14|867||NQ-UBTVQH14|nghi-quyet
1187/NQ-UBTVQH14|1187||NQ-UBTVQH14|nghi-quyet
91/2025/QH15|91|2025|QH15|luat
02/2021/QH15|2|2021|QH15|luat
76/2025/UBTVQH15|76|2025|UBTVQH15|
043/2025/QĐ-UBND|43|2025|QĐ-UBND|quyet-dinh
66.7/2025/NQ-CP|66.7|2025|NQ-CP|nghi-quyet
585/QĐ-UBND-HC|585||QĐ-UBND-HC|quyet-dinh
4946/BTTTT-CĐSQG|4946||BTTTT-CĐSQG|cong-van
1106/UBND-XDCB|1106||UBND-XDCB|cong-van
26/VBHN-VPQH|26||VBHN-VPQH|van-ban-hop-nhat
31/2021/QĐ-TTg|31|2021|QĐ-TTg|quyet-dinh
1989/QĐ-BGDĐT|1989||QĐ-BGDĐT|quyet-dinh
21/2015/QÐ-UBND|21|2015|QĐ-UBND|quyet-dinh
72/2013/NÐ-CP|72|2013|NĐ-CP|nghi-dinh
60-NQ/TW|60||NQ/TW|nghi-quyet
04-NQ/TU|4||NQ/TU|nghi-quyet
40-LCT/HĐNN8|40||LCT/HĐNN8|lenh
82-TC/TCT|82||TC/TCT|thong-cao
84-CP|84||CP|cong-van
133/1999/TTLT/BTC-BTM-BCN|133|1999|TTLT/BTC-BTM-BCN|thong-tu-lien-tich
01/2014/NQLT/CP-UBTƯMTTQVN|1|2014|NQLT/CP-UBTƯMTTQVN|nghi-quyet-lien-tich
09/2002/TTLT/BTCCBCP-BLĐTBXH-BTC-BYT|9|2002|TTLT/BTCCBCP-BLĐTBXH-BTC-BYT|thong-tu-lien-tich
32/2007/PL-UBTVQH11|32|2007|PL-UBTVQH11|phap-lenh
04/1999/TT-BCA(C13)|4|1999|TT-BCA(C13)|thong-tu
50/2022/NĐ_CP|50|2022|NĐ-CP|nghi-dinh
'56/2020/TT-BCT|56|2020|TT-BCT|thong-tu
03/2017/TT-|3|2017|TT|thong-tu
01/2018/TTLT-BCA-BQP-|1|2018|TTLT-BCA-BQP|thong-tu-lien-tich
72/2025/NQLT/UBTVQH15-CP-|72|2025|NQLT/UBTVQH15-CP|nghi-quyet-lien-tich
01/1999/NQLT-TP-VHTT-NNPTNT-DTMN-ND|1|1999|NQLT-TP-VHTT-NNPTNT-DTMN-ND|nghi-quyet-lien-tich
02/2002/TT-BGD&ĐT|2|2002|TT-BGD&ĐT|thong-tu
16/2013/TTLT-BYT-BNN&PTNT|16|2013|TTLT-BYT-BNN&PTNT|thong-tu-lien-tich
01/2005/QĐ-TANDTC|1|2005|QĐ-TANDTC|quyet-dinh
16/2017/qđ-ubnd|16|2017|QĐ-UBND|quyet-dinh
16/2017/qd-ubnd|16|2017|QĐ-UBND|quyet-dinh
Số: 16/2017/QĐ-UBND|16|2017|QĐ-UBND|quyet-dinh
số 16/2017/QĐ-UBND|16|2017|QĐ-UBND|quyet-dinh
Số hiệu: 16/2017/QĐ-UBND|16|2017|QĐ-UBND|quyet-dinh
16 / 2017 / QĐ - UBND|16|2017|QĐ-UBND|quyet-dinh
16/2017/QĐ–UBND|16|2017|QĐ-UBND|quyet-dinh
16/2017/QĐ—UBND|16|2017|QĐ-UBND|quyet-dinh
016/2017/QĐ-UBND.|16|2017|QĐ-UBND|quyet-dinh
“16/2017/QĐ-UBND”|16|2017|QĐ-UBND|quyet-dinh
12a/2019/NQ-HĐND|12a|2019|NQ-HĐND|nghi-quyet
30/2020/NĐ-CP|30|2020|NĐ-CP|nghi-dinh
80/2015/QH13|80|2015|QH13|luat
34/2016/NĐ-CP|34|2016|NĐ-CP|nghi-dinh
01/2017/TT-VPCP|1|2017|TT-VPCP|thong-tu
52/2015/NĐ-CP|52|2015|NĐ-CP|nghi-dinh
78/2025/NĐ-CP|78|2025|NĐ-CP|nghi-dinh
87/2025/QH15|87|2025|QH15|luat
1732/QĐ-BXD|1732||QĐ-BXD|quyet-dinh
2103/QĐ-BTC|2103||QĐ-BTC|quyet-dinh
05/CT-UBND|5||CT-UBND|chi-thi
05/CT-TTg|5||CT-TTg|chi-thi
12/QC-SXD|12||QC-SXD|quy-che
12/QyĐ-UBND|12||QyĐ-UBND|quy-dinh
12/qyđ-ubnd|12||QyĐ-UBND|quy-dinh
3/TC-UBND|3||TC-UBND|thong-cao
215/TB-UBND|215||TB-UBND|thong-bao
88/HD-SNV|88||HD-SNV|huong-dan
88/HĐ-SNV|88||HĐ-SNV|hop-dong
7/CTr-UBND|7||CTr-UBND|chuong-trinh
7/ctr-ubnd|7||CTr-UBND|chuong-trinh
140/KH-UBND|140||KH-UBND|ke-hoach
2/PA-BCH|2||PA-BCH|phuong-an
4/ĐA-UBND|4||ĐA-UBND|de-an
4/DA-UBND|4||DA-UBND|du-an
311/BC-UBND|311||BC-UBND|bao-cao
9/BB-HĐ|9||BB-HĐ|bien-ban
64/TTr-SXD|64||TTr-SXD|to-trinh
64/ttr-sxd|64||TTr-SXD|to-trinh
1/CĐ-UBND|1||CĐ-UBND|cong-dien
1/CĐ-TTg|1||CĐ-TTg|cong-dien
5/BGN-UBND|5||BGN-UBND|ban-ghi-nho
5/BTT-UBND|5||BTT-UBND|ban-thoa-thuan
6/GUQ-STC|6||GUQ-STC|giay-uy-quyen
77/GM-UBND|77||GM-UBND|giay-moi
78/GGT-SYT|78||GGT-SYT|giay-gioi-thieu
79/GNP-SYT|79||GNP-SYT|giay-nghi-phep
80/PG-VP|80||PG-VP|phieu-gui
81/PC-VP|81||PC-VP|phieu-chuyen
82/PB-VP|82||PB-VP|phieu-bao
15/KL-TTT|15||KL-TTT|ket-luan
120-KL/TW|120||KL/TW|ket-luan
27-CT/TU|27||CT/TU|chi-thi
18-QĐ/TW|18||QĐ/TW|quyet-dinh
102-BC/TU|102||BC/TU|bao-cao
33-HD/BTGTU|33||HD/BTGTU|huong-dan
2134/SXD-QLN|2134||SXD-QLN|cong-van
99/SGDĐT-VP|99||SGDĐT-VP|cong-van
3215/STNMT|3215||STNMT|cong-van
45/VPUBND-KGVX|45||VPUBND-KGVX|cong-van
8/UBND|8||UBND|cong-van
12/2008/L-CTN|12|2008|L-CTN|lenh
05/2019/L-CTN|5|2019|L-CTN|lenh
41/2019/QĐ-UBND|41|2019|QĐ-UBND|quyet-dinh
10/2023/NQ-HĐND|10|2023|NQ-HĐND|nghi-quyet
1/2024/CT-UBND|1|2024|CT-UBND|chi-thi
03/2016/TTLT-BTNMT-BTC-BTP|3|2016|TTLT-BTNMT-BTC-BTP|thong-tu-lien-tich
23/2014/TT-BTNMT|23|2014|TT-BTNMT|thong-tu
14/VBHN-BTC|14||VBHN-BTC|van-ban-hop-nhat
11/2016/VBHN-BXD|11|2016|VBHN-BXD|van-ban-hop-nhat
38/1999/TT-LB|38|1999|TT-LB|thong-tu
24/1999/TTLB-BTC|24|1999|TTLB-BTC|thong-tu-lien-tich
120/HĐBT|120||HĐBT|cong-van
217-HĐBT|217||HĐBT|cong-van
1540/QĐ.UBND|1540||QĐ.UBND|cong-van
22/2019/TT-BVHTTDL|22|2019|TT-BVHTTDL|thong-tu
07/2019/TT-BLĐTBXH|7|2019|TT-BLĐTBXH|thong-tu
19/2013/QĐ-TTg|19|2013|QĐ-TTg|quyet-dinh
1/2021/TT-BNNPTNT|1|2021|TT-BNNPTNT|thong-tu
10000/QĐ-UBND|10000||QĐ-UBND|quyet-dinh
99999/UBND-NC|99999||UBND-NC|cong-van
""".strip().splitlines()
NONSENSE = [
    "",
    "   ",
    "Không số",
    "/QĐ-UBND",
    "QĐ-UBND",
    "16",
    "2017",
    "16/2017",
    "abc",
    "<script>1/2017/QĐ-UBND",
    "12345678/QĐ-UBND",
]
NONSENSE += ["16/2017/", "16//QĐ-UBND", "16/1817/QĐ-UBND/" + "A" * 100, "😀/2017/QĐ-UBND", "16/2017/QĐ UBND", "\x00"]


class ParseTest(SimpleTestCase):
    def test_shapes__all_parse(self):
        self.assertGreaterEqual(len(SHAPES), 120)
        for line in SHAPES:
            written, serial, year, symbol, kind = line.split("|")
            with self.subTest(written):
                number = parse(written)
                found = (number.serial, str(number.year or ""), number.symbol, number.kind or "")
                self.assertEqual(found, (serial, year, symbol, kind))

    def test_nonsense__is_no_number(self):
        for written in NONSENSE:
            with self.subTest(written):
                self.assertIsNone(parse(written))

    def test_key__is_the_same_for_every_spelling(self):
        spellings = [
            "16/2017/QĐ-UBND",
            "16/2017/QÐ-UBND",
            "016/2017/qđ-ubnd",
            " Số: 16 / 2017 / QĐ – UBND. ",
            "16/2017/QĐUBND",
        ]
        self.assertEqual({key_of(spelling) for spelling in spellings}, {"16/2017/QDUBND"})
        different = [
            "16/2017/QĐ-UBND",
            "16/2018/QĐ-UBND",
            "16/QĐ-UBND",
            "61/2017/QĐ-UBND",
            "16/2017/CT-UBND",
            "16a/2017/QĐ-UBND",
        ]
        self.assertEqual(len({key_of(number) for number in different}), len(different))

    def test_key__of_what_is_no_number(self):
        self.assertEqual((key_of("Không  số"), key_of(""), key_of(None)), ("KHONG SO", "", ""))

    def test_tidy__keeps_what_it_cannot_read(self):
        self.assertEqual(tidy("  Không   số "), "Không số")

    def test_issuers__are_named_where_the_letters_leave_no_doubt(self):
        for written, names in (
            ("16/2017/QĐ-UBND", ["Ủy ban nhân dân tỉnh Quảng Ngãi"]),
            ("43/2011/NĐCP", ["Chính phủ"]),
            ("91/2025/QH15", ["Quốc hội"]),
            ("01/2015/TTLT-VPCP-BNV", ["Văn phòng Chính phủ", "Bộ Nội vụ"]),
            ("31/2021/QĐ-TTg", ["Thủ tướng Chính phủ"]),
            ("355/QĐ-SXD", []),
        ):
            with self.subTest(written):
                self.assertEqual(parse(written).issuers, names)
