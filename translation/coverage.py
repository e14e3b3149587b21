"""What each organisation says of itself in English: functions, organisation chart, contacts (Decree 43/2011/NĐ-CP, article 10)."""

from dataclasses import dataclass

from home.models import OrganisationProfilePage
from organisations.models import Organisation


@dataclass(frozen=True)
class OrganisationCoverage:
    """One organisation; `page` is its public English profile, None without one."""

    organisation: Organisation
    page: OrganisationProfilePage | None

    @property
    def has_name(self):
        return bool(self.organisation.name_en)

    @property
    def has_functions(self):
        return bool(self.page and self.page.functions)

    @property
    def has_structure(self):
        return bool(self.page and self.page.structure)

    @property
    def has_contact(self):
        return bool(self.page and self.page.contact)

    @property
    def is_complete(self):
        return self.has_name and self.has_functions and self.has_structure and self.has_contact


def rows():
    """The coverage of each organisation at work, in two queries; those that lack most stand first within their order."""
    pages = OrganisationProfilePage.objects.live().filter(locale__language_code="en")
    by_organisation = {page.about_id: page for page in pages}
    found = [OrganisationCoverage(one, by_organisation.get(one.pk)) for one in Organisation.objects.open()]
    return sorted(found, key=lambda row: row.is_complete)
