"""The search page, its JSON, and the suggestions while typing."""

import re

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.utils.html import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from home.limits import limited
from home.openapi import json_response, parameter, register_api
from organisations.models import Organisation

from . import asking, query
from .filehits import file_places
from .forms import SearchForm
from .highlighting import highlighted
from .kinds.table import group_choices, value_names
from .noting import note
from .promotion import promoted
from .questions import Answer

FACET_NAMES = [
    ("group", "nhom", _("Nhóm")),
    ("site", "don-vi", _("Đơn vị")),
    ("kind", "loai", _("Loại")),
    ("field", "linh-vuc", _("Lĩnh vực")),
    ("issuer", "co-quan", _("Cơ quan ban hành")),
    ("year", "nam", _("Năm")),
    ("status", "tinh-trang", _("Tình trạng")),
]
SHOWN_VALUES = 8
OF_THE_FORM = {"q", "tu", "den", "sap-xep", "trang", "nguyen-van"}


@require_safe
@limited("search", 120)
def results(request):
    """Everything that fits on this site, or in the whole province; the query and every choice stay in the address."""
    number = request.GET.get("trang", "1")
    if not re.fullmatch(r"[1-9]\d{0,3}", number, re.ASCII) or int(number) > query.MOST_PAGES:
        raise Http404
    form = SearchForm(request.GET)
    refinements = [form[name] for name in ("tu", "den", "sap_xep")]
    kept = [(name, value) for name, value in request.GET.items() if name not in OF_THE_FORM and value]
    context = {"form": form, "refinements": refinements, "kept": kept, "question": "", "answer": None}
    if form.is_valid() and form.cleaned_data["q"]:
        scope = scope_of(request, form.cleaned_data["pham_vi"] == "tinh")
        asked = form.question(get_language(), scope, int(number))
        answer = asking.answer(asked)
        pages = min(-(-answer.total // query.PER_PAGE), query.MOST_PAGES)
        if asked.page > max(pages, 1):
            raise Http404
        if asked.page == 1:
            note(request.frame.organisation, asked.words, answer.total)
        context |= {
            "question": asked.words,
            "answer": answer,
            "hits": shown_hits(answer),
            "promoted": promoted(request.frame.organisation, asked.words, asked.locale) if asked.page == 1 else [],
            "facets": facets_shown(request, answer),
            "pages": page_links(request, asked.page, pages),
            "scope": scope,
            "literal_address": address(request, **{"nguyen-van": "1", "trang": ""}),
            "province_address": address(request, **{"pham-vi": "tinh", "trang": ""}) if scope else "",
            "site_address": address(request, **{"pham-vi": "", "trang": ""}),
        }
    return render(request, "search/results.html", context)


def scope_of(request, whole):
    """The code of the one site that is searched; "" for the whole province."""
    organisation = request.frame.organisation
    return "" if whole or organisation.is_province else organisation.code


def address(request, **changes):
    """This page's query with `changes`; empty ones are left out."""
    asked = request.GET.copy()
    for name, value in changes.items():
        asked[name] = value
    kept = [(name, value) for name in asked for value in [asked[name]] if value]
    copy = asked.copy()
    copy.clear()
    for name, value in kept:
        copy[name] = value
    return f"?{copy.urlencode()}"


def shown_hits(answer):
    """Hits as the page and the API show them, with the place in a file where that is what was found."""
    places = file_places(answer.hits, answer)
    return [shown(hit, answer) | {"file": places.get(int(hit["id"]))} for hit in answer.hits]


def shown(hit, answer):
    about = hit["shown"]
    text = about.get("text") or about.get("lead") or ""
    return {
        "id": int(hit["id"]),
        "title": about["title"],
        "marked_title": mark_safe(highlighted(about["title"], answer.words, 400)),
        "highlight": mark_safe(highlighted(text, answer.words)),
        "url": about["url"],
        "kind": hit["group"],
        "kind_name": str(value_names("kind").get(hit["kind"], "")),
        "site": hit["site"],
        "site_name": about["site_name"],
        "published": str(hit.get("published") or "")[:10] or None,
        "closed": hit.get("closed", False),
    }


def names_of_values(facet):
    """{value: what people read} of a facet."""
    if facet == "site":
        return dict(Organisation.objects.values_list("code", "name"))
    return dict(group_choices()) if facet == "group" else value_names(facet)


def facets_shown(request, answer):
    """[{"title", "values": [{"name", "number", "address", "is_chosen"}]}] of the facets that tell hits apart."""
    facets = []
    for name, parameter_name, title in FACET_NAMES:
        values, names = answer.facets.get(name, []), names_of_values(name)
        chosen = request.GET.get(parameter_name, "")
        if len(values) < 2 and not chosen:
            continue
        rows = [
            {
                "name": names.get(value, value),
                "number": number,
                "is_chosen": value == chosen,
                "address": address(request, **{parameter_name: "" if value == chosen else value, "trang": ""}),
            }
            for value, number in values[:SHOWN_VALUES]
        ]
        facets.append({"title": title, "values": rows})
    return facets


def page_links(request, current, last):
    """{"previous", "next", "current", "last"} with addresses, for a list of `last` pages."""
    return {
        "current": current,
        "last": last,
        "previous": address(request, trang=str(current - 1) if current > 2 else "") if current > 1 else "",
        "next": address(request, trang=str(current + 1)) if current < last else "",
    }


API_NAMES = {"q": "q", "kind": "loai", "year": "nam", "field": "linh-vuc", "issuer": "co-quan", "status": "tinh-trang"}
GROUP_VALUES = dict(group_choices())


@require_safe
@limited("search-api", 600)
def api(request):
    """`/api/tim-kiem/`: the search as JSON."""
    data = {theirs: request.GET.get(ours, "") for ours, theirs in API_NAMES.items()}
    if data["loai"] in GROUP_VALUES:
        data["nhom"], data["loai"] = data["loai"], ""
    number, locale = request.GET.get("page", "1"), request.GET.get("locale", "vi")
    form = SearchForm(data)
    names = {theirs.replace("-", "_"): ours for ours, theirs in API_NAMES.items()}
    errors = {names.get(name, name): " ".join(messages) for name, messages in form.errors.items()}
    if not re.fullmatch(r"[1-9]\d{0,2}", number, re.ASCII) or int(number) > query.MOST_PAGES:
        errors["page"] = f"Số trang phải là số nguyên từ 1 đến {query.MOST_PAGES}."
    if locale not in {"vi", "en"}:
        errors["locale"] = "Ngôn ngữ phải là vi hoặc en."
    site = request.GET.get("site", "")
    organisation = site_named(site) if site else None
    if site and organisation is None:
        errors["site"] = f"Không có trang “{site[:60]}”."
    if errors:
        return _json({"errors": errors}, 400)
    asked = form.question(locale, organisation.code if organisation else scope_of(request, False), int(number))
    answer = asking.answer(asked) if asked.words else Answer()
    keys = ("id", "title", "url", "kind", "site", "published", "highlight", "file")
    results = [{key: row[key] for key in keys if key != "file" or row["file"]} for row in shown_hits(answer)]
    facets = {name: [{"value": v, "count": n} for v, n in values] for name, values in answer.facets.items()}
    return _json(
        {
            "total": answer.total,
            "took_ms": answer.took_ms,
            "searched_for": answer.shown or asked.words,
            "from_database": answer.from_database,
            "results": results,
            "facets": facets,
            "promoted": promoted(organisation or request.frame.organisation, asked.words, locale)
            if asked.page == 1
            else [],
        }
    )


def site_named(text):
    """The organisation with that code, or whose site answers at that host."""
    code = text.strip().lower().split(":")[0].split(".")[0]
    found = Organisation.objects.filter(code=code).first()
    if found is None and text.split(":")[0] == "localhost":
        found = Organisation.objects.filter(kind=Organisation.Kind.PROVINCE).first()
    return found


@require_safe
@limited("suggest", 1200)
def suggest(request):
    """`/api/goi-y/`: a JSON list of at most ten {"title", "url"}."""
    typed = "".join(char for char in request.GET.get("q", "")[:200] if char.isprintable())
    locale = "en" if request.GET.get("locale") == "en" else "vi"
    organisation = site_named(request.GET.get("site", "")) if request.GET.get("site") else None
    site = organisation.code if organisation else scope_of(request, False)
    return _json(asking.suggestions(typed, locale, site), safe=False)


def _json(data, status=200, safe=True):
    response = JsonResponse(data, status=status, safe=safe, json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


_TEXT = {"type": "string"}
_LINK = {"type": "object", "properties": {"title": _TEXT, "url": _TEXT}}
_HIT = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        **dict.fromkeys(["title", "url", "site"], _TEXT),
        "kind": {"type": "string", "enum": list(GROUP_VALUES)},
        "published": {"type": ["string", "null"], "format": "date"},
        "highlight": {"type": "string", "description": "HTML, từ tìm thấy nằm trong <mark>"},
        "file": {
            "type": "object",
            "description": "Chỗ trong tệp đính kèm, khi từ cần tìm nằm ở đó",
            "properties": {
                **dict.fromkeys(["title", "url", "highlight"], _TEXT),
                "number": {"type": ["integer", "null"], "description": "Số trang của tệp PDF"},
            },
        },
    },
}
register_api(
    "/api/tim-kiem/",
    {
        "summary": "Tìm trong toàn bộ trang công khai",
        "parameters": [
            parameter("q", "Từ cần tìm, có dấu hoặc không dấu"),
            parameter("site", "Mã hoặc tên miền của một trang thành phần"),
            parameter("kind", "news, document, page hoặc một loại cụ thể"),
            parameter("locale", "vi hoặc en", enum=["vi", "en"]),
            parameter("year", "Năm đăng hoặc ban hành", type="integer"),
            parameter("field", "Lĩnh vực"),
            parameter("issuer", "Cơ quan ban hành"),
            parameter("status", "Tình trạng hiệu lực hôm nay", enum=list(value_names("status"))),
            parameter("page", "Trang, mỗi trang 10 kết quả", type="integer", minimum=1, maximum=query.MOST_PAGES),
        ],
        "responses": {
            "200": json_response(
                "Một trang kết quả",
                {
                    "type": "object",
                    "properties": {
                        "total": {"type": "integer"},
                        "took_ms": {"type": "integer"},
                        "searched_for": _TEXT,
                        "from_database": {"type": "boolean"},
                        "results": {"type": "array", "items": _HIT},
                        "facets": {"type": "object"},
                        "promoted": {"type": "array", "items": _LINK},
                    },
                },
            ),
            "400": json_response("Tham số không hiểu được", {"type": "object"}),
            "429": json_response("Hỏi quá nhanh", {"type": "object"}),
        },
    },
)
register_api(
    "/api/goi-y/",
    {
        "summary": "Gợi ý khi đang gõ",
        "parameters": [
            parameter("q", "Những gì đã gõ"),
            parameter("site", "Mã hoặc tên miền của một trang thành phần"),
        ],
        "responses": {
            "200": json_response(
                "Nhiều nhất 10 gợi ý",
                {"type": "array", "items": _LINK},
            )
        },
    },
)
