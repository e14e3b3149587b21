"""`manage.py export_sign_ins`: the log of signing in as JSON lines, oldest first, for whoever keeps logs of many systems."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from organisations.signing_in.models import SignInEvent
from organisations.signing_in.report import as_line


class Command(BaseCommand):
    help = "Writes what happened about signing in, one JSON object a line, oldest first; --after goes on where one stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--after", type=int, default=0, metavar="ID", help="only what has a greater id")

    def handle(self, *args: Any, after: int, **options: Any) -> None:
        events = SignInEvent.objects.filter(pk__gt=after).select_related("user", "by").order_by("pk")
        for event in events.iterator(chunk_size=1000):
            self.stdout.write(json.dumps(as_line(event), ensure_ascii=False))
