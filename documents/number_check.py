"""What a number says while it is being typed: kind, year, body, and whether the register holds that document already."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.days import day_typed
from organisations.scoping import organisations_for

from .bodies import body_key
from .issuers import symbol_of
from .models import DocumentPage, Issuer
from .numbers import parse, tidy
from .querysets import Key


@require_safe
def check_number(request):
    """JSON of what `number` says, with the first document it may double; for people who may write documents somewhere."""
    organisations = organisations_for(request.user)
    if not organisations.exists():
        raise PermissionDenied
    number = parse(request.GET.get("number", "")[:200])
    if number is None:
        typed = request.GET.get("number", "").strip()
        hint = _("Số, ký hiệu này không theo thể thức nào đã biết; vẫn được giữ như đã gõ.") if typed else ""
        return JsonResponse({"number": tidy(typed[:200]), "hint": hint})
    issuer = _issuer(number) or _own_issuer(number, organisations)
    data = {
        "number": number.text,
        "kind": number.kind.value if number.kind else "",
        "issuer": issuer.pk if issuer else None,
        "hint": _said(number, issuer),
    }
    key = Key(number.text, issuer_id=_whole(request.GET.get("issuer")), issued=day_typed(request.GET.get("issued", "")))
    double = DocumentPage.objects.doubles(key, organisations, but=_whole(request.GET.get("page"))).first()
    if double:
        message = _("Có thể trùng với %(title)s ngày %(day)s, trong sổ của %(organisation)s.")
        names = {"title": double.title, "day": f"{double.issued:%d/%m/%Y}", "organisation": double.publisher}
        data["double"] = message % names
    return JsonResponse(data)


def _said(number, issuer):
    parts = [
        str(number.kind.label) if number.kind else "",
        _("năm %(year)s") % {"year": number.year} if number.year else "",
        issuer.name if issuer else "",
    ]
    return ", ".join(part for part in parts if part)


def _issuer(number):
    keys = [body_key(name) for name in number.issuers[:1]]
    return Issuer.objects.filter(name_key__in=keys).first()


def _own_issuer(number, organisations):
    """An organisation of the person's own whose letters the number bears; of no use to who works for many."""
    few = list(organisations[:4])
    for organisation in few if len(few) < 4 else []:
        if symbol_of(organisation) in number.parts:
            return Issuer.objects.of(organisation)
    return None


def _whole(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
