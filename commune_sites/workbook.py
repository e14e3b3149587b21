"""Orders for many sites out of a spreadsheet: checked whole, each mistake named by its line."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from home.lines import LineError
from home.tables import check_cells, lines_of, text_of
from organisations.models import Organisation

from .provisioning import GROUPS, Opened, Order

COLUMNS = {
    "Loại *": "kind",
    "Tên *": "name",
    "Mã *": "code",
    "Mã cấp trên": "parent",
    "Tên miền": "hostname",
    "Thư người quản trị": "manager",
}
# People write the kind as they know it.
KINDS = {str(Organisation.Kind(kind).label).casefold(): str(kind) for kind in GROUPS} | {
    word: str(kind)
    for kind, words in (
        (Organisation.Kind.COMMUNE, ("xã", "phường", "thị trấn", "đặc khu")),
        (Organisation.Kind.DISTRICT, ("huyện", "thành phố", "thị xã")),
        (Organisation.Kind.AGENCY, ("sở", "ban", "ngành")),
    )
    for word in words
}


def orders_in(file: UploadedFile) -> tuple[list[Order], list[list[Any]]]:
    """(orders, [[line, mistake]]) of an uploaded XLSX or CSV file; ValidationError where it cannot be read at all."""
    opened, orders, errors = Opened(), [], []
    for number, values in lines_of(file, list(COLUMNS), with_csv=True):
        try:
            check_cells(values)
        except LineError as error:
            errors.append([number, str(error)])
            continue
        order = order_of(values)
        faults = opened.faults(order)
        errors += [[number, fault] for fault in faults]
        if not faults:
            opened.add(order)
            orders.append(order)
    if not orders and not errors:
        raise ValidationError(_("Bảng không có dòng nào."))
    return orders, errors


def order_of(values: Mapping[str, Any]) -> Order:
    texts = {name: text_of(values[heading].value) if heading in values else "" for heading, name in COLUMNS.items()}
    kind = texts["kind"]
    return Order(
        kind=KINDS.get(kind.casefold(), kind),
        name=texts["name"],
        code=texts["code"],
        parent=texts["parent"],
        hostname=texts["hostname"],
        manager=texts["manager"],
    )
