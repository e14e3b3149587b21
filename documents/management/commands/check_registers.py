"""Reckon again what is kept beside documents, mend what differs and name it; meant for every night (docs/operations.md)."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from home.progress import Progress

from ...effect import BATCH, affected_by, refresh
from ...models import DocumentPage
from ...standing import Law, settle


class Command(BaseCommand):
    help = "Tính lại hiệu lực và quan hệ của mọi văn bản, sửa chỗ sai khác"

    def handle(self, *args: Any, **options: Any) -> None:
        pks = list(DocumentPage.objects.order_by("pk").values_list("pk", flat=True))
        mended = set[int]()
        with Progress(len(pks), "văn bản", self.stdout) as done:
            for start in range(0, len(pks), BATCH):
                part = pks[start : start + BATCH]
                mended |= check(part)
                done(len(part))
        for document in DocumentPage.objects.filter(pk__in=mended).select_related("publisher").order_by("pk"):
            self.stdout.write(f"Đã sửa: {document.name} ({document.publisher.short_name}, trang {document.pk})")
        self.stdout.write(f"Đã xem {len(pks)} văn bản, sửa {len(mended)}.")


@transaction.atomic
def check(pks: list[int]) -> set[int]:
    """Mend the documents `pks` and what hangs on them; gives the ids of those that were not right."""
    resettled = settle(pks, Law())
    return resettled | refresh({*pks, *(affected_by(resettled) if resettled else ())})
