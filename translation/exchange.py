"""A work as PO or XLSX for translators who use their own tools, and what comes back of it: taken whole or not at all."""

import io

import polib
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from home import clean
from home.packages import workbook_in
from home.spreadsheets import Sheet, xlsx_of
from home.tables import unescaped
from organisations.text import composed, printable

from .checks import parsed
from .segments import MADE, rows_of, stamp
from .work import Typed

HEADINGS = ["Mã", "Tiếng Việt", "English"]
ID = "X-WagtailLocalize-TranslationID"
MOST_BYTES, MOST_ROWS, MOST_TOLD = 5_000_000, 20_000, 10


def po_of(work):
    """The PO file of a work, as text."""
    po = work.translation.export_po()
    kept = [entry for entry in po if entry.msgctxt not in MADE and not entry.obsolete]
    del po[:]
    po.extend(kept)
    return str(po)


def workbook_of(work):
    """The workbook of a work, as bytes: a row a segment."""
    rows = ([code_of(row, work), row.source, row.text] for row in rows_of(work.translation.source))
    return xlsx_of(Sheet("Bản dịch", rows, HEADINGS, widths=[16, 70]))


def code_of(row, work):
    """Names a segment of this work whatever line it stands in, and changes with its Vietnamese text."""
    return f"{row.segment.context_id}-{stamp(f'{work.translation.uuid}{row.source}')}"


def read(work, file):
    """{segment id: Typed} of an uploaded PO or XLSX file; ValidationError with every reason it is not taken."""
    if file.size > MOST_BYTES:
        raise ValidationError(_("Tệp lớn quá 5 MB."))
    content = file.read()
    name = file.name.lower()
    if name.endswith(".po"):
        found = _read_po(work, content)
    elif name.endswith(".xlsx"):
        found = _read_xlsx(work, content)
    else:
        raise ValidationError(_("Chỉ nhận tệp .po hoặc .xlsx đã tải về từ trang này."))
    rows = {row.pk: row for row in rows_of(work.translation.source)}
    _refuse([fault for pk, text in found.items() for fault in _broken(rows[pk], text)])
    return {
        pk: Typed(clean.segment(text), rows[pk].seen, is_looked_at=True) for pk, text in found.items() if text.strip()
    }


def _refuse(faults):
    if faults:
        more = len(faults) - MOST_TOLD
        rest = [_("… và %(count)d lỗi nữa.") % {"count": more}] if more > 0 else []
        raise ValidationError(faults[:MOST_TOLD] + rest)


def _broken(row, text):
    """Tags that a tool has spoiled; all else is for the desk to tell."""
    before, after = parsed(row.source), parsed(text)
    if text.strip() and (after.is_broken or before.counted != after.counted):
        yield _("“%(text)s”: thẻ định dạng hoặc liên kết không khớp với bản tiếng Việt.") % {"text": row.source[:60]}


def _read_po(work, content):
    try:
        # polib takes what could be the name of a file for one; no name begins with a line break.
        po = polib.pofile("\n" + content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValidationError(_("Tệp không phải UTF-8. Hãy lưu lại với bảng mã UTF-8.")) from error
    except (OSError, ValueError) as error:
        raise ValidationError(_("Tệp PO hỏng, không đọc được.")) from error
    if po.metadata.get(ID) != str(work.translation.uuid):
        raise ValidationError(_("Tệp này của trang khác, hoặc đã mất dòng mã ở đầu tệp."))
    known = {(row.path, row.source): row.pk for row in rows_of(work.translation.source)}
    entries = [entry for entry in po if not entry.obsolete and entry.msgctxt not in MADE]
    sentence = _("“%(text)s”: câu tiếng Việt này không có trong trang, hoặc đã bị sửa trong tệp.")
    strangers = [entry for entry in entries if (entry.msgctxt, entry.msgid) not in known]
    _refuse([sentence % {"text": entry.msgid[:60]} for entry in strangers])
    return {known[entry.msgctxt, entry.msgid]: composed(entry.msgstr) for entry in entries}


def _read_xlsx(work, content):
    try:
        sheet = load_workbook(workbook_in(io.BytesIO(content)), read_only=True, data_only=True).active
        rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS, max_col=3)
        lines = [[unescaped(cell) for cell in row] + [None] * (3 - len(row)) for row in rows]
    except ValidationError as error:
        raise ValidationError([_("Tệp XLSX hỏng, không đọc được."), *error.messages]) from error
    except Exception as error:  # a broken archive fails in as many ways as it has parts
        raise ValidationError(_("Tệp XLSX hỏng, không đọc được.")) from error
    if not lines or [str(cell or "").strip() for cell in lines[0]] != HEADINGS:
        raise ValidationError(_("Dòng đầu phải là: %(names)s.") % {"names": ", ".join(HEADINGS)})
    known = {code_of(row, work): row for row in rows_of(work.translation.source)}
    found, faults = {}, []
    for number, (code, source, text) in enumerate(lines[1:], start=2):
        if code is None and source is None and text is None:
            continue
        row = known.get(str(code))
        if row is None:
            faults.append(_("Dòng %(line)d: mã không thuộc trang này, hoặc bản gốc đã đổi.") % {"line": number})
        elif str(source or "") != printable(row.source):
            faults.append(_("Dòng %(line)d: câu tiếng Việt không đi với mã của dòng.") % {"line": number})
        else:
            found[row.pk] = composed(str(text or ""))
    _refuse(faults)
    return found


def file_name(work, ending):
    """What the file is called: the page's slug and the day."""
    return f"{work.page.slug if work.page else work.pk}-{timezone.localdate():%Y%m%d}.{ending}"
