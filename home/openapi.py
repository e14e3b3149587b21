"""The public programming interfaces, described as OpenAPI 3.1 at /api/openapi.json."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from .addresses import root_of

paths = {}


def register_api(path, operation):
    """Register what a GET of `path` takes and gives, as an OpenAPI operation object."""
    paths[path] = {"get": operation}


def parameter(name, description, type="string", **schema):
    """A query parameter that may be left out."""
    return {"name": name, "in": "query", "description": description, "schema": {"type": type, **schema}}


def json_response(description, schema):
    return {"description": description, "content": {"application/json": {"schema": schema}}}


@require_safe
def openapi(request):
    """The description; its server is the site that was asked."""
    info = {
        "title": "Cổng thông tin điện tử tỉnh Quảng Ngãi",
        "version": "1",
        "description": "Dữ liệu công khai của Cổng. Ngày theo dạng 2018-12-31; chữ là UTF-8.",
    }
    document = {"openapi": "3.1.0", "info": info, "servers": [{"url": root_of(request)}], "paths": paths}
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
