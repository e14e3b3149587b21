"""The status of a document on any day follows from dates and from what live documents do to it."""

import datetime
from itertools import product

from django.test import SimpleTestCase, TestCase

from documents.models import DocumentPage, Relation
from documents.status import Effect, Status, having_status, status_on
from tests.factories import make_moderated_portal

from .support import day, make_document, make_register


def status(document, on):
    return status_on(DocumentPage.objects.get(pk=document.pk), day(on))


class StatusOnTest(SimpleTestCase):
    def test_days__the_first_and_the_last(self):
        effect = Effect(from_day=day("1/7/2017"), until_day=day("1/7/2018"))
        self.assertEqual(status_on(effect, day("30/6/2017")), Status.NOT_YET)
        self.assertEqual(status_on(effect, day("1/7/2017")), Status.IN_FORCE)
        self.assertEqual(status_on(effect, day("30/6/2018")), Status.IN_FORCE)
        self.assertEqual(status_on(effect, day("1/7/2018")), Status.EXPIRED)

    def test_suspended__until_it_is_resumed(self):
        effect = Effect(day("1/1/2017"), suspended_day=day("1/3/2017"), resumed_day=day("1/4/2017"))
        found = [status_on(effect, day(text)) for text in ("28/2/2017", "1/3/2017", "31/3/2017", "1/4/2017")]
        self.assertEqual(found, [Status.IN_FORCE, Status.SUSPENDED, Status.SUSPENDED, Status.IN_FORCE])


class EffectTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.register = make_register(cls.portal.province)

    def test_effective__later_than_issued(self):
        document = make_document(self.register, "16/2017/QĐ-UBND", "20/3/2017", effective=day("1/4/2017"))
        self.assertEqual(status(document, "25/3/2017"), Status.NOT_YET)
        self.assertEqual(status(document, "1/4/2017"), Status.IN_FORCE)

    def test_replaced__whole_from_the_day_the_new_one_takes_effect_and_back_when_it_is_withdrawn(self):
        old = make_document(self.register, "16/2017/QĐ-UBND", "20/3/2017")
        new = make_document(
            self.register,
            "5/2018/QĐ-UBND",
            "1/2/2018",
            [("replaces", "16/2017/qđ-ubnd", {})],
            effective=day("15/2/2018"),
        )
        self.assertEqual([status(old, on) for on in ("14/2/2018", "15/2/2018")], [Status.IN_FORCE, Status.EXPIRED])
        new.unpublish()
        self.assertEqual(status(old, "15/2/2018"), Status.IN_FORCE)
        new.get_latest_revision().publish()
        self.assertEqual(status(old, "15/2/2018"), Status.EXPIRED)
        DocumentPage.objects.get(pk=new.pk).delete()
        self.assertEqual(status(old, "15/2/2018"), Status.IN_FORCE)

    def test_draft__changes_nothing(self):
        old = make_document(self.register, "16/2017/QĐ-UBND", "20/3/2017")
        make_document(self.register, "5/2018/QĐ-UBND", "1/2/2018", [("replaces", "16/2017/QĐ-UBND", {})], live=False)
        self.assertEqual(status(old, "1/3/2018"), Status.IN_FORCE)

    def test_relation_taken_out__gives_the_effect_back(self):
        old = make_document(self.register, "16/2017/QĐ-UBND", "20/3/2017")
        new = make_document(self.register, "5/2018/QĐ-UBND", "1/2/2018", [("repeals", "16/2017/QĐ-UBND", {})])
        self.assertEqual(status(old, "1/3/2018"), Status.EXPIRED)
        page = new.get_latest_revision_as_object()
        page.relations = []
        page.save_revision().publish()
        self.assertEqual(status(old, "1/3/2018"), Status.IN_FORCE)

    def test_amended_supplemented_or_repealed_by_clause__in_part(self):
        for number, kind, rest in (
            ("1/2017/QĐ-UBND", "amends", {}),
            ("2/2017/QĐ-UBND", "supplements", {}),
            ("3/2017/QĐ-UBND", "repeals", {"clause": "khoản 2 Điều 5"}),
            ("4/2017/QĐ-UBND", "replaces", {"clause": "Phụ lục I"}),
        ):
            with self.subTest(kind):
                old = make_document(self.register, number, "20/3/2017")
                make_document(self.register, f"{number[0]}/2018/QĐ-UBND", "1/2/2018", [(kind, number, rest)])
                self.assertEqual(
                    [status(old, on) for on in ("31/1/2018", "1/2/2018")], [Status.IN_FORCE, Status.PARTLY]
                )

    def test_based_on_corrects_consolidates_refers__change_nothing(self):
        for place, kind in enumerate(("based_on", "corrects", "consolidates", "refers_to")):
            old = make_document(self.register, f"{place + 1}/2017/QĐ-UBND", "20/3/2017")
            make_document(self.register, f"{place + 1}/2018/QĐ-UBND", "1/2/2018", [(kind, old.number, {})])
            self.assertEqual(status(old, "1/3/2018"), Status.IN_FORCE, kind)

    def test_details__end_with_what_they_detail_wherever_they_arrive(self):
        details = make_document(self.register, "3/2017/QĐ-UBND", "1/5/2017", [("guides", "1/2017/NQ-HĐND", {})])
        make_document(self.register, "1/2017/NQ-HĐND", "1/3/2017", issuers=["Hội đồng nhân dân tỉnh Quảng Ngãi"])
        self.assertEqual(status(details, "1/3/2019"), Status.IN_FORCE)
        make_document(self.register, "9/2018/NQ-HĐND", "1/12/2018", [("repeals", "1/2017/NQ-HĐND", {})])
        self.assertEqual([status(details, on) for on in ("30/11/2018", "1/12/2018")], [Status.IN_FORCE, Status.EXPIRED])

    def test_taken_down_or_deleted__what_details_it_is_not_left_expired(self):
        council = {"issuers": ["Hội đồng nhân dân tỉnh Quảng Ngãi"], "expires": day("1/1/2019")}
        for number, fate in ((1, "unpublish"), (2, "delete")):
            detailed = make_document(self.register, f"{number}/2017/NQ-HĐND", "1/3/2017", **council)
            details = make_document(
                self.register, f"3{number}/2017/QĐ-UBND", "1/5/2017", [("guides", f"{number}/2017/NQ-HĐND", {})]
            )
            self.assertEqual(status(details, "1/3/2019"), Status.EXPIRED)
            getattr(detailed, fate)()
            self.assertEqual(status(details, "1/3/2019"), Status.IN_FORCE, fate)

    def test_detail_relation_taken_out__is_not_left_expired(self):
        make_document(self.register, "1/2017/QĐ-UBND", "1/3/2017", expires=day("1/1/2019"))
        details = make_document(self.register, "3/2017/QĐ-UBND", "1/5/2017", [("guides", "1/2017/QĐ-UBND", {})])
        self.assertEqual(status(details, "1/3/2019"), Status.EXPIRED)
        Relation.objects.get(page=details.pk).delete()
        self.assertEqual(status(details, "1/3/2019"), Status.IN_FORCE)

    def test_suspended__by_another(self):
        old = make_document(self.register, "16/2017/QĐ-UBND", "20/3/2017")
        make_document(
            self.register, "5/2018/QĐ-UBND", "1/2/2018", [("suspends", "16/2017/QĐ-UBND", {})], expires=day("1/5/2018")
        )
        self.assertEqual([status(old, on) for on in ("1/2/2018", "1/5/2018")], [Status.SUSPENDED, Status.IN_FORCE])

    def test_override__stands_above_what_is_reckoned(self):
        document = make_document(
            self.register,
            "1/2017/QĐ-UBND",
            "1/1/2017",
            status_override="het-hieu-luc",
            override_reason="Không còn phù hợp",
        )
        self.assertEqual(status(document, "1/1/2017"), Status.EXPIRED)

    def test_circle__ends(self):
        first = make_document(self.register, "1/2017/QĐ-UBND", "1/1/2017", [("replaces", "2/2017/QĐ-UBND", {})])
        second = make_document(self.register, "2/2017/QĐ-UBND", "1/2/2017", [("replaces", "1/2017/QĐ-UBND", {})])
        self.assertEqual({status(page, "1/3/2017") for page in (first, second)}, {Status.EXPIRED})

    def test_same_number_twice__names_nobody_until_the_issuer_says_which(self):
        ours = make_document(self.register, "12/QĐ-UBND", "1/1/2017")
        make_document(self.register, "12/QĐ-UBND", "1/1/2018", issuers=["Ủy ban nhân dân huyện Ba Tơ"])
        make_document(self.register, "20/QĐ-UBND", "1/2/2018", [("repeals", "12/QĐ-UBND", {})])
        self.assertEqual(status(ours, "1/3/2018"), Status.IN_FORCE)
        make_document(
            self.register,
            "21/QĐ-UBND",
            "1/2/2018",
            [("repeals", "12/QĐ-UBND", {"target_issuer": "Uỷ ban nhân dân tỉnh Quảng Ngãi"})],
        )
        self.assertEqual(status(ours, "1/3/2018"), Status.EXPIRED)

    def test_condition__says_what_the_function_says(self):
        days = [None, day("1/1/2018"), day("1/2/2018"), day("1/3/2018")]
        document = make_document(self.register, "1/2017/QĐ-UBND", "1/1/2017")
        rows = DocumentPage.objects.filter(pk=document.pk)
        for begins, ends, partly, suspended, resumed in product(days, repeat=5):
            rows.update(
                from_day=begins, until_day=ends, partly_day=partly, suspended_day=suspended, resumed_day=resumed
            )
            current = rows.get()
            for on in (datetime.date(2017, 12, 31), day("1/2/2018"), day("1/3/2018")):
                matching = [value for value in Status if rows.filter(having_status(value, on)).exists()]
                self.assertEqual(matching, [status_on(current, on)], (begins, ends, partly, suspended, resumed, on))

    def test_relations__are_shown_at_both_sides(self):
        old = make_document(self.register, "16/2017/QĐ-UBND", "20/3/2017", effective=day("1/4/2017"))
        new = make_document(self.register, "5/2018/QĐ-UBND", "1/2/2018", [("replaces", "16/2017/QĐ-UBND", {})])
        self.assertEqual(Relation.objects.get(page=new).target_id, old.pk)
        host = {"host": "quangngai.localhost"}
        self.assertContains(self.client.get(f"/van-ban/{old.slug}/", headers=host), "Bị thay thế bởi")
        self.assertContains(self.client.get(f"/van-ban/{old.slug}/", headers=host), "Hết hiệu lực toàn bộ")
        self.assertContains(
            self.client.get(f"/van-ban/{old.slug}/?ngay=2017-05-01", headers=host), "tính đến ngày 01/05/2017"
        )
        self.assertContains(self.client.get(f"/van-ban/{new.slug}/", headers=host), "Quyết định số 16/2017/QĐ-UBND")
