"""`/api/van-ban/`: the register as JSON. The province's site answers for all organisations, any other for its own."""

from django.http import Http404, JsonResponse
from django.views.decorators.http import require_safe

from home.openapi import json_response, parameter, register_api
from organisations.folding import fold

from .finding import RegisterForm
from .kinds import CODES, Kind
from .lists import DocumentPaginator, documents_of
from .models import DocumentPage, DocumentRegisterPage, Field, Issuer, Relation
from .record import record_of, with_relations
from .status import Status

# Our names, and those of the form that readers fill in.
NAMES = {
    "q": "q",
    "number": "so",
    "type": "loai",
    "issuer": "co-quan",
    "field": "linh-vuc",
    "status": "tinh-trang",
    "on": "ngay",
    "issued_from": "tu",
    "issued_to": "den",
}
KINDS = (
    {fold(code): kind.value for code, kind in CODES.items()}
    | {fold(str(label)): value for value, label in Kind.choices}
    | {value: value for value in Kind.values}
)
STATUSES = {fold(str(label)): value for value, label in Status.choices} | {value: value for value in Status.values}


@require_safe
def documents(request):
    """`total` and `results` of a page; 400 with a sentence for each parameter that cannot be understood."""
    register = DocumentRegisterPage.objects.live().child_of(request.frame.organisation.home_page).first()
    if register is None:
        raise Http404
    errors = {}
    data = {theirs: request.GET.get(ours, "").strip() for ours, theirs in NAMES.items()}
    for ours, read in (("type", _kind), ("status", _status), ("issuer", _issuer), ("field", _field)):
        value = data[NAMES[ours]]
        data[NAMES[ours]] = read(value) if value else ""
        if value and data[NAMES[ours]] is None:
            errors[ours] = f"Không có giá trị “{value[:60]}”."
    form = RegisterForm(data, Issuer.objects.all())
    ours = {theirs.replace("-", "_"): name for name, theirs in NAMES.items()}
    errors |= {ours[name]: " ".join(messages) for name, messages in form.errors.items() if ours[name] not in errors}
    number = request.GET.get("page", "1")
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:7]) <= 1_000_000:
        errors["page"] = "Số trang phải là số nguyên từ 1."
    if errors:
        return _json({"errors": errors}, status=400)
    paginator = DocumentPaginator(form.narrow(documents_of(register)), form.day, scanned=form.scans)
    results = []
    if int(number) <= paginator.num_pages:
        pks = [document.pk for document in paginator.page(int(number))]
        found = with_relations(DocumentPage.objects).in_bulk(pks)
        results = [record_of(found[pk], form.day) for pk in pks]
    total = paginator.count
    return _json(
        {"total": total, "page": int(number), "pages": paginator.num_pages, "on": form.day, "results": results}
    )


def _json(data, status=200):
    response = JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _kind(text):
    return KINDS.get(fold(text))


def _status(text):
    return STATUSES.get(fold(text).replace("_", "-")) or STATUSES.get(fold(text))


def _issuer(text):
    issuer = Issuer.objects.found(text)
    return issuer and issuer.pk


def _field(text):
    slugs = {fold(key): slug for name, slug in Field.objects.values_list("name", "slug") for key in (name, slug)}
    return slugs.get(fold(text))


_TEXT, _DAY = {"type": "string"}, {"type": ["string", "null"], "format": "date"}
_RELATION = {
    "type": "object",
    "properties": {
        "kind": {"type": "string", "enum": Relation.Verb.values},
        "number": _TEXT,
        "issuer": _TEXT,
        "clause": _TEXT,
        "date": _DAY,
        "url": _TEXT,
    },
}
_DOCUMENT = {
    "type": "object",
    "properties": {
        **dict.fromkeys(["number", "document_type", "title", "signer", "field", "publisher", "site", "url"], _TEXT),
        **dict.fromkeys(["issued", "effective", "expires"], _DAY),
        "id": {"type": "integer"},
        "issuers": {"type": "array", "items": _TEXT},
        "status": {"type": "string", "description": "Tình trạng hiệu lực tại ngày on"},
        "status_code": {"type": "string", "enum": Status.values},
        "is_sample": {"type": "boolean", "description": "Văn bản mẫu, không có giá trị pháp lý"},
        "relations": {"type": "array", "items": _RELATION},
    },
}
register_api(
    "/api/van-ban/",
    {
        "summary": "Tìm trong sổ văn bản",
        "parameters": [
            parameter("q", "Từ trong trích yếu hoặc số, có dấu hoặc không dấu"),
            parameter("number", "Số, ký hiệu, đầy đủ hoặc một phần"),
            parameter("type", "Loại văn bản: tên, chữ viết tắt hoặc mã"),
            parameter("issuer", "Tên cơ quan ban hành"),
            parameter("field", "Lĩnh vực: tên hoặc mã"),
            parameter("status", "Tình trạng hiệu lực tại ngày on: tên hoặc mã", enum=Status.values),
            parameter("on", "Ngày xét tình trạng; mặc định là hôm nay", format="date"),
            parameter("issued_from", "Ban hành từ ngày", format="date"),
            parameter("issued_to", "Ban hành đến ngày", format="date"),
            parameter("page", "Trang, mỗi trang 20 văn bản", type="integer", minimum=1),
        ],
        "responses": {
            "200": json_response(
                "Một trang kết quả",
                {
                    "type": "object",
                    "properties": {
                        "total": {"type": "integer"},
                        "page": {"type": "integer"},
                        "pages": {"type": "integer"},
                        "on": _DAY,
                        "results": {"type": "array", "items": _DOCUMENT},
                    },
                },
            ),
            "400": json_response("Tham số không hiểu được", {"type": "object", "properties": {"errors": {}}}),
        },
    },
)
