"""One account per role at every organisation, for trying the portal out; refused unless DEBUG."""

from typing import Any
from zlib import crc32

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from organisations.models import Membership, Organisation, Role

PASSWORD = "demo-quangngai"
FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Huỳnh", "Bùi", "Đặng", "Đỗ", "Hồ", "Trương", "Phan"]
MIDDLE = ["Thị Thanh", "Văn", "Thị Minh", "Quốc", "Thị Thu", "Đức", "Ngọc", "Thị Kim", "Hữu"]
GIVEN = ["An", "Bình", "Châu", "Dũng", "Hà", "Hạnh", "Hiếu", "Lan", "Long", "Mai", "Nam", "Phúc", "Sơn", "Tâm", "Vy"]
NAMES = [(FAMILY, 1), (MIDDLE, 12), (GIVEN, 108)]


class Command(BaseCommand):
    help = "Tạo tài khoản dùng thử, mỗi vai trò một tài khoản"

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Tài khoản dùng thử chỉ được tạo khi DEBUG=1.")
        password = make_password(PASSWORD)
        for organisation in Organisation.objects.all():
            for role in Role:
                if organisation.is_province or role not in Role.of_province():
                    self.create(organisation, role, password)
        self.stdout.write(f"Đã có {get_user_model().objects.count()} tài khoản.")

    def create(self, organisation: Organisation, role: Role, password: str) -> None:
        """With a made-up name, the same each time: a person is greeted by it."""
        number = crc32(f"{role.value}.{organisation.code}".encode())
        user, _ = get_user_model().objects.get_or_create(
            username=f"{role.value}.{organisation.code}",
            defaults={
                "full_name": " ".join(names[number // step % len(names)] for names, step in NAMES),
                "email": f"{role.value}.{organisation.code}@{settings.PORTAL_DOMAIN}",
                "password": password,
            },
        )
        Membership.objects.get_or_create(user=user, organisation=organisation, role=role.value)
