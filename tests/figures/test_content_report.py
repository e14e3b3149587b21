"""The annex of the report, from what is published."""

import csv
import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase
from openpyxl import load_workbook

from organisations.models import AnnualFigure, Organisation
from tests.factories import make_article, make_organisation, make_section

LAST_MOMENT = datetime.datetime(2018, 12, 31, 16, 59, 59, tzinfo=datetime.UTC)  # 23:59:59 in the province


def report(**options):
    out = io.StringIO()
    call_command("content_report", year=2018, stdout=out, **options)
    return out.getvalue()


class ContentReportTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.province = make_organisation("quangngai", "Văn phòng UBND tỉnh", Organisation.Kind.PROVINCE)
        cls.agency = make_organisation("soxaydung", "Sở Xây dựng")
        cls.health = make_organisation("soyte", "Sở Y tế")
        cls.bato = make_organisation("bato", "Huyện Ba Tơ", Organisation.Kind.DISTRICT)
        cls.city = make_organisation("tpquangngai", "Thành phố Quảng Ngãi", Organisation.Kind.DISTRICT)
        for organisation, items in ((cls.province, 3), (cls.agency, 2), (cls.health, None), (cls.bato, None)):
            AnnualFigure.objects.create(organisation=organisation, year=2018, items=items)
        for organisation, number in ((cls.province, 1), (cls.agency, 2), (cls.bato, 1)):
            section = make_section(organisation)
            for item in range(number):
                make_article(section, f"Tin {item}", published_at=LAST_MOMENT)
        make_article(section, "Bản nháp", live=False, published_at=LAST_MOMENT)
        make_article(section, "Năm sau", published_at=LAST_MOMENT + datetime.timedelta(seconds=1))

    def rows(self):
        return list(csv.reader(io.StringIO(report(format="csv"))))[1:]

    def test_rows__count_what_is_live_in_the_year_most_first(self):
        assert self.rows() == [
            ["I", "Sở ban ngành", ""],
            ["1", "Sở Xây dựng", "2"],
            ["2", "VP.UBND tỉnh (Trang chủ, Trang tiếng Anh)", "1"],
            ["3", "Sở Y tế", "Không báo cáo"],
            ["II", "UBND Huyện, Thành phố", ""],
            ["1", "Ba Tơ", "1"],
            ["2", "T.p Quảng Ngãi", "0"],
            ["", "Tổng cộng", "4"],
        ]

    def test_not_reported__is_said_only_where_it_was_stated(self):
        AnnualFigure.objects.filter(organisation=self.health).delete()
        assert ["3", "Sở Y tế", "0"] in self.rows()

    def test_counting__is_one_query_however_many_organisations(self):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as few:
            report()
        for number in range(5):
            make_organisation(f"so{number}", f"Sở {number}")
        with self.assertNumQueries(len(few)):
            report()
        assert sum("news_newspage" in query["sql"] for query in few) == 1

    def test_table__writes_figures_with_dots(self):
        AnnualFigure.objects.all().delete()
        assert "Tổng cộng" in report()
        from figures.management.commands.content_report import dotted

        assert (dotted(87844), dotted("Không báo cáo")) == ("87.844", "Không báo cáo")

    def test_workbook__holds_the_same(self):
        with pytest.raises(CommandError):
            report(format="xlsx")
        path = self.enterContext(__import__("tempfile").TemporaryDirectory()) + "/bang.xlsx"
        report(format="xlsx", output=path)
        values = [row for row in load_workbook(path).active.iter_rows(values_only=True)]
        assert values[0][0].endswith("năm 2018")
        assert (1, "Sở Xây dựng", 2) in values
        assert values[-1][1:] == ("Tổng cộng", 4)

    def test_unwritable_output__is_one_sentence(self):
        with pytest.raises(CommandError, match="Không ghi được tệp"):
            report(format="csv", output="/khong/co/bang.csv")
