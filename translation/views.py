"""The desk: the list, a page segment by segment, files for other tools, the machine's proposals, handing in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import ListView, TemplateView
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from home.spreadsheets import XLSX
from organisations.admin_screen import AdminScreen

from . import desk, exchange, glossary, machine, memory, work
from .models import Work
from .rights import is_translator, may_begin, may_give, works_of
from .segments import english, rows_of

PER_PAGE = 30
# Sentences for which like ones are looked for at a time: those that still have to be translated.
MEMORY_FOR = 40


class DeskScreen(AdminScreen):
    """A screen on the way from the desk, for translators and operators."""

    header_icon = "globe"
    above = [("translation:desk", gettext_lazy("Biên dịch"))]

    def may(self, user):
        return is_translator(user)


class DeskView(DeskScreen, ListView):
    """Everything a translator may take up, by what is to be done."""

    template_name = "translation/desk.html"
    page_title = gettext_lazy("Biên dịch")
    above = []
    paginate_by = PER_PAGE
    page_kwarg = "p"

    @cached_property
    def tab(self):
        asked = self.request.GET.get("xem", "")
        return asked if asked in desk.TABS else "can-lam"

    def get_queryset(self):
        return desk.listed(self.request.user, self.tab)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        tabs = [
            {"name": name, "label": label, "current": name == self.tab, "count": self._count(name)}
            for name, label in desk.TABS.items()
        ]
        rows = context["object_list"]
        new = {page.pk for page in rows if desk.is_new(page)} if self.tab == "chua-dich" else set()
        return context | {"tabs": tabs, "tab": self.tab, "new": new}

    def _count(self, tab):
        """How many a tab holds; "chua-dich" is the rest of the portal and is counted only when it is looked at."""
        return desk.listed(self.request.user, tab).count() if tab != "chua-dich" else None


class OfferView(AdminScreen, TemplateView):
    """From the editor of a Vietnamese page: take it up, or hand it to the translators with a word."""

    template_name = "translation/offer.html"
    page_title = gettext_lazy("Dịch sang tiếng Anh")
    header_icon = "globe"

    @cached_property
    def page_object(self):
        return get_object_or_404(Page.objects.select_related("locale"), pk=self.kwargs["page_id"])

    def may(self, user):
        self.begins, self.gives = may_begin(user, self.page_object), may_give(user, self.page_object)
        if self.begins or self.gives:
            return True
        raise Http404

    def get_context_data(self, **kwargs):
        found = Work.objects.filter(page=self.page_object).first()
        return super().get_context_data(
            page_object=self.page_object, may_begin=self.begins, may_give=self.gives, work=found, **kwargs
        )


@require_POST
@require_admin_access
def begin_work(request):
    """Take up a public page."""
    page = asked_page(request)
    if not may_begin(request.user, page):
        raise Http404
    try:
        begun = work.begin(page, user=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(f"{reverse('translation:desk')}?xem=chua-dich")
    return redirect("translation:work", begun.pk)


@require_POST
@require_admin_access
def give(request):
    """An editor hands a page, a draft included, to the translators."""
    page = asked_page(request)
    if not may_give(request.user, page):
        raise Http404
    try:
        work.begin(page, given_by=request.user, note=request.POST.get("note", "")[:300])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Đã giao “%(title)s” cho biên dịch viên.") % {"title": page.title})
    return redirect("wagtailadmin_pages:edit", page.pk)


def asked_page(request):
    pk = request.POST.get("source", "")
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 10):
        raise Http404
    return get_object_or_404(Page.objects.select_related("locale"), pk=pk)


def get_work(request, work_id):
    """The work, for a translator; 404 for anybody else and where its segments are gone."""
    found = get_object_or_404(works_of(request.user), pk=work_id)
    if found.translation is None:
        raise Http404
    return found


class WorkView(DeskScreen, TemplateView):
    """One page, its Vietnamese beside the English; saving keeps everything, handing in checks it."""

    template_name = "translation/work.html"
    conflicts, typed, refused = {}, {}, False

    @cached_property
    def work(self):
        return get_work(self.request, self.kwargs["work_id"])

    def get_page_title(self):
        return self.work.title

    def post(self, request, work_id):
        self.typed = work.typed_of(request.POST)
        saved = work.save(self.work, self.typed, request.user)
        self.conflicts = saved.conflicts
        if self.conflicts:
            sentence = _("Người khác vừa sửa %(count)d đoạn. Bản của Anh/Chị còn trong ô, chưa ghi.")
            messages.error(request, sentence % {"count": len(self.conflicts)})
            return self.render_to_response(self.get_context_data())
        if "submit" in request.POST:
            return self.submit(request)
        messages.success(request, _("Đã lưu."))
        return redirect("translation:work", work_id)

    def submit(self, request):
        try:
            page = work.submit(self.work, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            self.refused = True
            return self.render_to_response(self.get_context_data())
        messages.success(request, _("Đã trình “%(title)s”. Trang lên khi Ban biên tập duyệt.") % {"title": page.title})
        return redirect("translation:desk")

    def get_context_data(self, **kwargs):
        rows = rows_of(self.work.translation.source)
        known = memory.exact(rows, english())
        open_rows = [row for row in rows if not row.text][:MEMORY_FOR]
        like = {row.pk: memory.alike(row.source, english()) for row in open_rows}
        shown = [self._shown(row, known, like) for row in rows]
        done = sum(bool(row.text) and not row.is_machine for row in rows)
        return super().get_context_data(**kwargs) | {
            "work": self.work,
            "rows": shown,
            "done": done,
            "total": len(rows),
            "percent": round(100 * done / len(rows)) if rows else 100,
            "is_available": work.is_available(self.work),
            "has_machine": machine.is_configured(),
        }

    def _shown(self, row, known, like):
        typed = self.typed.get(row.pk)
        text = typed.text if typed and (row.pk in self.conflicts or self.refused) else row.text
        return {
            "row": row,
            "text": text or ("" if typed else known.get(row.segment.string_id, "")),
            "is_remembered": not row.text and not typed and row.segment.string_id in known,
            "other": self.conflicts.get(row.pk),
            "faults": work.faults_of(row) if row.text or self.refused else [],
            "is_confirmed": bool(row.translation and getattr(row.translation, "confirmed", None)),
            "terms": glossary.terms_in(row.source),
            "unused": glossary.unused(row.source, row.text) if row.text else [],
            "like": like.get(row.pk, []),
            "lines": min(12, max(2, len(row.source) // 60 + 1)),
        }


@require_POST
@require_admin_access
def refresh_work(request, work_id):
    """Read the Vietnamese text anew."""
    found = get_work(request, work_id)
    if not work.is_available(found):
        messages.error(request, _("Trang tiếng Việt đã bị gỡ hoặc xóa. Bản dịch được giữ lại."))
    else:
        work.refresh(found)
        messages.success(request, _("Đã cập nhật theo bản tiếng Việt mới. Câu không đổi giữ nguyên bản dịch."))
    return redirect("translation:work", work_id)


@require_POST
@require_admin_access
def ask_machine(request, work_id):
    """Have the service propose what is missing."""
    found = get_work(request, work_id)
    if not machine.is_configured():
        raise Http404
    try:
        filled = machine.fill(found, request.user)
    except machine.ServiceError as error:
        messages.error(request, str(error))
    else:
        sentence = _("Máy đã dịch %(count)d đoạn. Hãy xem lại từng đoạn trước khi trình.")
        messages.success(request, sentence % {"count": filled})
    return redirect("translation:work", work_id)


@require_POST
@require_admin_access
def take_file(request, work_id):
    """Bring a PO or XLSX file back; taken whole or not at all."""
    found = get_work(request, work_id)
    try:
        if "file" not in request.FILES:
            raise ValidationError(_("Hãy chọn tệp."))
        typed = exchange.read(found, request.FILES["file"])
    except ValidationError as error:
        for message in [_("Không nhận tệp, chưa có gì thay đổi."), *error.messages]:
            messages.error(request, message)
        return redirect("translation:work", work_id)
    saved = work.save(found, typed, request.user)
    messages.success(request, _("Đã nhận %(count)d đoạn từ tệp.") % {"count": saved.changed})
    return redirect("translation:work", work_id)


@require_safe
@require_admin_access
def po_file(request, work_id):
    """The work as PO."""
    found = get_work(request, work_id)
    return attached(exchange.po_of(found), "text/x-gettext-translation; charset=utf-8", exchange.file_name(found, "po"))


@require_safe
@require_admin_access
def xlsx_file(request, work_id):
    """The work as a workbook."""
    found = get_work(request, work_id)
    return attached(exchange.workbook_of(found), XLSX, exchange.file_name(found, "xlsx"))


def attached(content, kind, name):
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@require_admin_access
def preview(request, work_id):
    """The English page as it would be, with Vietnamese where nothing is translated yet."""
    found = get_work(request, work_id)
    if not work.is_available(found):
        raise Http404
    target = found.page.specific.get_translation_or_none(english())
    page = (
        found.translation.source.get_ephemeral_translated_instance(english(), fallback=True)
        if target
        else found.translation.source.as_instance()
    )
    with override("en"):
        return page.make_preview_request(request, page.default_preview_mode)


def not_here(request, *args, **kwargs):
    """Stands where wagtail-localize's own screens would."""
    return render(request, "wagtailadmin/404.html", status=404)
