"""A report on organisations: one table, filtered and sorted, and the same table as CSV and XLSX."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any, ClassVar

from django.forms import Select
from django.http import StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django_filters import ChoiceFilter, Filter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from organisations.admin_screen import AdminScreen
from organisations.models import Organisation, User
from organisations.querysets import OrganisationQuerySet
from organisations.scoping import organisations_for

from ..spreadsheets import CSV, Sheet, csv_lines, xlsx_of
from ..templatetags.portal import number


class Fact(Column):
    """What a row says of something: on the screen as `get_value` gives it, in a file as `exported` does."""

    def exported(self, row: Any) -> Any:
        return Column.get_value(self, row)


class Figure(Fact):
    """A number with dots between thousands; – for none."""

    def get_value(self, row: Any) -> str:
        return number(self.exported(row)) or "–"


class Day(Fact):
    """The day of a moment; – for none."""

    def get_value(self, row: Any) -> str:
        moment = self.exported(row)
        return f"{timezone.localtime(moment):%d/%m/%Y}" if moment else "–"


class Name(Fact, TitleColumn):
    """The organisation, with a link where `get_url` gives one, and `below` it in small letters what else names it."""

    cell_template_name = "home/admin/report_name.html"

    def __init__(
        self, *args: Any, below: Callable[[Any], str] = lambda row: "", below_language: str = "vi", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.below, self.below_language = below, below_language

    def get_cell_context_data(self, instance: Any, parent_context: dict[str, Any]) -> dict[str, Any]:
        below = {"below": self.below(instance), "below_language": self.below_language}
        return super().get_cell_context_data(instance, parent_context) | below


class ReportFilters(WagtailFilterSet):
    """The form over a report: one of the person's organisations, where there are several, and what the report adds."""

    class Meta:
        model = Organisation
        fields: ClassVar[list[str]] = []

    def __init__(
        self, *args: Any, organisations: OrganisationQuerySet, choices: dict[str, Filter], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if len(organisations) > 1:
            self.filters["don-vi"] = ModelChoiceFilter(
                queryset=organisations,
                to_field_name="code",
                label=_("Đơn vị"),
                empty_label=_("Các đơn vị của tôi"),
                null_label=None,
            )
        self.filters.update(choices)


def choice(label: Any, choices: Iterable[tuple[Any, Any]], empty: Any = None) -> ChoiceFilter:
    """One of `choices`; `empty` is the label of what stands there when nothing is chosen."""
    return ChoiceFilter(label=label, choices=list(choices), empty_label=empty or _("Tất cả"), widget=Select)


class ReportScreen(AdminScreen, ReportView):
    """`rows` of the organisations that the person may see, a column each of `columns`.

    Rows are computed, not selected: they are sorted here by the columns that have a `sort_key`, by what these export.
    """

    columns: Sequence[Fact] = ()
    paginate_by: int | None = None
    # A lazy text, names of addresses and of a column, where Wagtail's own says an empty text and None.
    page_title: Any
    index_url_name: Any
    index_results_url_name: Any
    default_ordering: Any

    def may(self, user: User) -> bool:
        return organisations_for(user).exists()

    def rows(self) -> Sequence[Any]:
        """What the report tells, of `chosen` organisations only."""
        raise NotImplementedError

    def choices(self) -> dict[str, Filter]:
        """What can be chosen beside the organisation, by the name of its parameter."""
        return {}

    @cached_property
    def organisations(self) -> OrganisationQuerySet:
        """Everything the report may speak of to this person."""
        return organisations_for(self.request.user)

    @cached_property
    def organisation(self) -> Organisation | None:
        """The one that was chosen, or the only one there is."""
        return self.asked("don-vi") or (self.organisations[0] if len(self.organisations) == 1 else None)

    @cached_property
    def chosen(self) -> list[Organisation]:
        return [self.organisation] if self.organisation else list(self.organisations)

    @cached_property
    def filters(self) -> ReportFilters | None:
        filters = ReportFilters(
            self.request.GET, request=self.request, organisations=self.organisations, choices=self.choices()
        )
        return filters if filters.form.fields else None

    def asked(self, name: str) -> Any:
        """What was chosen; None for nothing and for what cannot be chosen."""
        if self.filters is None:
            return None
        self.filters.is_valid()
        return self.filters.form.cleaned_data.get(name) or None

    def get_filtered_queryset(self) -> Sequence[Any]:
        found = self.rows()
        asked = self.ordering or ""
        column = next((column for column in self.columns if column.sort_key == asked.lstrip("-") and asked), None)
        return sorted(found, key=_key_of(column), reverse=asked.startswith("-")) if column else found

    def get_filename(self) -> str:
        return self.request.resolver_match.url_name.removesuffix("_results")

    @property
    def list_export(self) -> list[str]:
        return [column.name for column in self.columns]

    def write_xlsx(self, queryset: Iterable[Any], output: IO[bytes]) -> None:
        widths = [48, *[16] * (len(self.columns) - 1)]
        output.write(xlsx_of(Sheet(_("Báo cáo"), self.cells_of(queryset), self.headings(), widths)))

    def write_csv_response(self, queryset: Iterable[Any]) -> StreamingHttpResponse:
        response = super().write_csv_response(queryset)
        response.headers["Content-Type"] = CSV
        return response

    def stream_csv(self, queryset: Iterable[Any]) -> Iterator[str]:
        return csv_lines(self.headings(), self.cells_of(queryset))

    def headings(self) -> list[str]:
        return [str(column.label) for column in self.columns]

    def cells_of(self, rows: Iterable[Any]) -> Iterator[list[Any]]:
        return ([column.exported(row) for column in self.columns] for row in rows)


def _key_of(column: Fact) -> Callable[[Any], tuple[bool, Any]]:
    """Sorts by what the column says; rows of which it says nothing come first."""

    def key(row: Any) -> tuple[bool, Any]:
        value = column.exported(row)
        return value is not None, value if value is not None else 0

    return key


def report_paths(address: str, screen: type[ReportScreen], name: str) -> list[URLPattern]:
    """The report, and its table alone, which the browser asks for when a filter changes."""
    return [
        path(address, screen.as_view(), name=name),
        path(f"{address}bang/", screen.as_view(results_only=True), name=f"{name}_results"),
    ]
