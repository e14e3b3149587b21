"""How far the index is behind the database, and in which pages they differ."""

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from ... import index
from ...comparing import differences
from ...models import LanguageModel, QueuedPage
from ...queue import UNREACHABLE, enqueue

MOST_NAMED = 50


class Command(BaseCommand):
    help = "Cho biết chỉ mục tìm kiếm chậm bao nhiêu và khác cơ sở dữ liệu ở đâu"

    def add_arguments(self, parser):
        parser.add_argument(
            "--repair",
            action="store_true",
            help="đưa những trang khác nhau vào hàng đợi, thử lại những trang bị từ chối",
        )

    def name_refused(self):
        """Each page that the index refuses or that cannot be read, with the screen where it is mended."""
        reasons = dict(QueuedPage.objects.filter(attempts__gt=0).order_by("pk").values_list("page_id", "reason"))
        titles = dict(Page.objects.filter(pk__in=reasons).values_list("pk", "draft_title"))
        if reasons:
            self.stdout.write(f"Không đưa vào được {len(reasons)} trang:")
        for pk, reason in list(reasons.items())[:MOST_NAMED]:
            where = reverse("wagtailadmin_pages:edit", args=[pk])
            self.stdout.write(f"  “{titles.get(pk, pk)}” ({where}): {reason}")

    def handle(self, *args, repair, **options):
        server = index.client(index.WRITE_TIMEOUT)
        waiting = QueuedPage.objects.order_by("pk")
        first = waiting.first()
        age = f", lâu nhất từ {timezone.localtime(first.queued):%H:%M %d/%m/%Y}" if first else ""
        self.stdout.write(f"Đang chờ: {waiting.count()} thay đổi{age}.")
        made = LanguageModel.objects.filter(pk=1).values_list("made", flat=True).first()
        self.stdout.write(f"Mô hình ngôn ngữ: {f'{timezone.localtime(made):%H:%M %d/%m/%Y}' if made else 'chưa có'}.")
        self.name_refused()
        if repair:
            QueuedPage.objects.update(attempts=0)
        if server is None:
            raise CommandError("Chưa có Elasticsearch: chạy make elasticsearch hoặc đặt ELASTICSEARCH_URL.")
        try:
            found = differences(server)
        except UNREACHABLE as error:
            raise CommandError(f"Elasticsearch không trả lời: {str(error)[:200]}") from error
        self.stdout.write(
            f"Chỉ mục có {found.indexed} trang; thiếu {len(found.missing)}, thừa {len(found.extra)}, khác {len(found.changed)}."
        )
        wrong = found.missing | found.extra | found.changed
        if wrong and repair:
            enqueue(sorted(wrong))
            self.stdout.write(f"Đã đưa {len(wrong)} trang vào hàng đợi.")
        elif wrong and not first:
            raise CommandError("Chỉ mục khác cơ sở dữ liệu. Chạy lại với --repair để sửa.")
