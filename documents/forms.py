"""The editor's form of a document: what the number says is filled in, what contradicts itself is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from home.forms import PortalPageForm
from home.slugs import free_slug, vietnamese_slug
from organisations.scoping import organisation_of

from .numbers import key_of, parse, tidy
from .querysets import Key


class DocumentPageForm(PortalPageForm):
    """Everything typed stays in the form; each complaint stands at the field that can mend it."""

    class Media:
        js = ["documents/number.js"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            self.fields["kind"].required = False
            self.fields["kind"].help_text = _("Để trống thì Cổng đặt theo số, ký hiệu.")

    def clean_number(self):
        return tidy(self.cleaned_data.get("number") or "")

    def clean(self):
        cleaned = super().clean()
        self._fill_kind(cleaned)
        self._check_days(cleaned)
        if cleaned.get("status_override") and not (cleaned.get("override_reason") or "").strip():
            self.add_error("override_reason", _("Hãy ghi lý do ấn định tình trạng."))
        issuers = rows_of(self.formsets.get("document_issuers"))
        if issuers and cleaned.get("issued"):
            self._check_double(cleaned, issuers[0]["issuer"])
        self._check_relations(cleaned)
        self._fill_slug(cleaned)
        return cleaned

    def _fill_kind(self, cleaned):
        if "kind" not in self.fields or cleaned.get("kind"):
            return
        number = parse(cleaned.get("number"))
        if number and number.kind:
            cleaned["kind"] = number.kind.value
        elif "kind" not in self.errors:
            self.add_error("kind", _("Hãy chọn loại văn bản; số, ký hiệu này không cho biết."))

    def _fill_slug(self, cleaned):
        """An address that no other document of the register has: numbers come again every year and from every body."""
        if "slug" not in self.fields or cleaned.get("slug") or not self.parent_page:
            return
        named = type(self.instance)(**{name: cleaned.get(name) or "" for name in ("number", "kind", "abstract")})
        named.fill_title()
        if base := vietnamese_slug(named.title):
            cleaned["slug"] = free_slug(self.instance, self.parent_page, base)

    def _check_days(self, cleaned):
        issued, effective, expires = (cleaned.get(name) for name in ("issued", "effective", "expires"))
        if issued and effective and effective < issued and not cleaned.get("is_retroactive"):
            self.add_error(
                "effective",
                _("Ngày có hiệu lực trước ngày ban hành. Nếu văn bản có hiệu lực trở về trước, hãy đánh dấu ở dưới."),
            )
        begins = effective or issued
        if expires and begins and expires <= begins:
            self.add_error("expires", _("Ngày hết hiệu lực phải sau ngày có hiệu lực."))

    def _check_double(self, cleaned, issuer):
        """Another document with the same key, in whatever spelling; drafts of other organisations stay unknown."""
        own = organisation_of(self.parent_page or self.instance)
        key = Key(cleaned.get("number") or "", cleaned.get("kind") or "", issuer.pk, cleaned["issued"])
        double = type(self.instance).objects.doubles(key, [own], but=self.instance.pk).first()
        if double:
            message = _("Văn bản này đã có trong sổ của %(organisation)s: %(title)s.")
            self.add_error("number", message % {"organisation": double.publisher, "title": double.title})

    def _check_relations(self, cleaned):
        own_key = key_of(cleaned.get("number"))
        for row in rows_of(self.formsets.get("relations")):
            key = key_of(row.get("target_number"))
            if own_key and key == own_key:
                self.add_error(None, _("Văn bản không thể có quan hệ với chính nó."))
            elif row.get("kind") == "replaces" and self._is_replaced_by(key):
                message = _("Văn bản %(number)s đã thay thế văn bản này, nên không thể bị văn bản này thay thế.")
                self.add_error(None, ValidationError(message % {"number": row["target_number"]}))
            elif not key and not row.get("target_url"):
                self.add_error(None, _("Mỗi quan hệ phải có số, ký hiệu hoặc địa chỉ của văn bản kia."))

    def _is_replaced_by(self, key):
        """Whether a document with `key` replaces this one, by itself or through others."""
        if not self.instance.pk or not key:
            return False
        model, waiting, seen = type(self.instance), {self.instance.pk}, set()
        while waiting - seen:
            seen |= waiting
            replacing = model.objects.live().filter(relations__kind="replaces", relations__target__in=waiting)
            found = dict(replacing.values_list("pk", "number_key"))
            if key in found.values():
                return True
            waiting = set(found)
        return False


def rows_of(formset):
    """Cleaned data of the rows that are filled in and stay; nothing while a row is wrong."""
    if formset is None or not formset.is_valid():
        return []
    return [form.cleaned_data for form in formset.forms if form.cleaned_data and form not in formset.deleted_forms]
