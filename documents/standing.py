"""Which relations count: the law is asked (documents.authority), then those whose document is changed; kept beside each relation."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.log_actions import log

from home.visibility import unrestricted_now
from organisations.grants import Person, has_role, is_operator, memberships_of
from organisations.models import FormerName, Organisation, Role, User
from organisations.succession import links

from .authority import Level, Owner, Owners, Side, asked, may_act
from .bodies import body_key
from .effect import affected_by, refresh
from .issuers import own_names
from .models import DocumentPage, Relation, RelationAnswer

Standing = Relation.Standing
LEVELS = {
    Organisation.Kind.PROVINCE: Level.PROVINCE,
    Organisation.Kind.AGENCY: Level.DEPARTMENT,
    Organisation.Kind.DISTRICT: Level.DISTRICT,
    Organisation.Kind.COMMUNE: Level.COMMUNE,
}
# The words of a relation, by which an answer belongs to it.
Words = tuple[int, int | None, str, str, date | None]


class Law:
    """The organisations as the law sees them, read once for many relations."""

    def __init__(self) -> None:
        self.organisations = {one.pk: one for one in Organisation.objects.all()}
        self.province = next((pk for pk, one in self.organisations.items() if one.is_province), None)
        self.owners: Owners = self._owners()

    def _owners(self) -> dict[str, Owner]:
        """What each name of an organisation names, names of today first; the only heir of a closed one is behind its name."""
        onward: dict[int, set[int]] = defaultdict(set)
        for closed, successor in links():
            onward[closed].add(successor)
        former = FormerName.objects.order_by("-valid_to", "pk").values_list("organisation", "name")
        named = [(one.pk, name) for one in self.organisations.values() for name in own_names(one, [])]
        named += [(pk, name) for pk, past in former for name in own_names_of(self.organisations[pk], past)]
        owners: dict[str, Owner] = {}
        for pk, name in named:
            one = self.organisations[pk]
            owner = Owner(heir(pk, onward), LEVELS[Organisation.Kind(one.kind)], frozenset(self._above(one)))
            owners.setdefault(body_key(name), owner)
        return owners

    def _above(self, organisation: Organisation) -> set[int]:
        """Ids of the organisations above: its parents, theirs, and the province."""
        found: set[int] = set() if organisation.is_province or self.province is None else {self.province}
        parent = organisation.parent_id
        while parent and parent not in found:
            found.add(parent)
            parent = self.organisations[parent].parent_id
        return found

    def side(self, document: DocumentPage) -> Side:
        issuers = tuple(row.issuer.name for row in document.document_issuers.all())
        return Side(issuers, document.publisher_id, document.publisher_id == self.province)

    def counts(self, relation: Relation, target: DocumentPage) -> bool:
        return may_act(relation.kind, self.side(relation.page), self.side(target), self.owners)

    def asks(self, target: DocumentPage) -> int | None:
        """Who confirms what is done to it: the organisation of its issuer, while that is at work, else the province."""
        pk = asked(self.side(target), self.owners)
        return pk if pk in self.organisations and self.organisations[pk].is_open() else self.province


def own_names_of(organisation: Organisation, past: str) -> list[str]:
    """What an organisation that was called `past` issued under."""
    return [name for name in own_names(organisation, [past]) if name not in own_names(organisation, [])]


def heir(pk: int, onward: dict[int, set[int]]) -> int:
    """Who alone took over from the organisation `pk`, through others that closed too; itself where there is none or several."""
    seen = {pk}
    while len(onward.get(pk, ())) == 1:
        (pk,) = onward[pk]
        if pk in seen:
            break
        seen.add(pk)
    return pk


def words_of(one: Relation | RelationAnswer) -> Words:
    return one.page_id, one.target_id, one.kind, one.clause, one.date


def settle(pks: Iterable[int], law: Law | None = None) -> set[int]:
    """Decide anew about the relations from and to the documents `pks`; gives the ids of the documents where that changed something.

    The number of queries does not grow with them. Whoever calls this reckons the effect of those documents afterwards.
    """
    pks = list(pks)
    relations = list(_with_sides(Relation.objects.filter(Q(page__in=pks) | Q(target__in=pks), target__isnull=False)))
    if not relations:
        return set()
    law = law or Law()
    answers = {
        words_of(answer): answer.agreed for answer in RelationAnswer.objects.filter(Q(page__in=pks) | Q(target__in=pks))
    }
    changed: dict[tuple[str, int | None], list[Relation]] = defaultdict(list)
    for relation in relations:
        new = _decided(relation, law, answers)
        if new != (relation.standing, relation.asks_id):
            changed[new].append(relation)
    for (standing, asks), rows in changed.items():
        Relation.objects.filter(pk__in=[row.pk for row in rows]).update(standing=standing, asks=asks)
    return {pk for rows in changed.values() for row in rows for pk in (row.page_id, row.target_id) if pk}


def _with_sides(relations: QuerySet[Relation]) -> QuerySet[Relation]:
    """With all that Law reads, and no text."""
    texts = [f"{side}__{name}" for side in ("page", "target") for name in ("body", "search_text")]
    issuers = [f"{side}__document_issuers__issuer" for side in ("page", "target")]
    return relations.select_related("page", "target").defer(*texts).prefetch_related(*issuers)


def _decided(relation: Relation, law: Law, answers: dict[Words, bool]) -> tuple[str, int | None]:
    """(standing, who is asked)."""
    if relation.target is None or law.counts(relation, relation.target):
        return Standing.COUNTS, None
    agreed = answers.get(words_of(relation))
    standing = Standing.PENDING if agreed is None else Standing.COUNTS if agreed else Standing.REFUSED
    return standing, law.asks(relation.target)


def open_questions(user: Person) -> QuerySet[Relation]:
    """Relations that wait for a word or were refused, between documents that are public, as far as `user` may know of them.

    Both organisations see them; the province and operators see all.
    """
    found = Relation.objects.filter(target__isnull=False, target__live=True, page__live=True)
    found = found.exclude(standing=Standing.COUNTS).filter(unrestricted_now("page__"))
    own = memberships_of(user)
    if is_operator(user) or any(one.organisation.is_province for one in own):
        return found
    ids = {one.organisation_id for one in own}
    return found.filter(Q(page__publisher__in=ids) | Q(asks__in=ids))


def may_answer(user: Person, relation: Relation) -> bool:
    """Approvers of the organisation that is asked; at the province its board and secretaries."""
    if relation.asks is None:
        return False
    roles = (Role.BOARD, Role.SECRETARY) if relation.asks.is_province else (Role.APPROVER,)
    return has_role(user, *roles, organisation=relation.asks)


@transaction.atomic
def answer(relation: Relation, agreed: bool, user: User) -> bool:
    """Note what `user`, who may (may_answer), says; False where the question is gone or was answered so already."""
    relation = Relation.objects.select_for_update(of=("self",)).select_related("page", "target").get(pk=relation.pk)
    wanted = Standing.COUNTS if agreed else Standing.REFUSED
    if relation.target is None or relation.standing in {Standing.COUNTS, wanted} or not may_answer(user, relation):
        return False
    page, target, kind, clause, day = words_of(relation)
    RelationAnswer.objects.update_or_create(
        page_id=page,
        target_id=target,
        kind=kind,
        clause=clause,
        date=day,
        defaults={"agreed": agreed, "by": user, "organisation": relation.asks},
    )
    action = "documents.confirm_relation" if agreed else "documents.refuse_relation"
    log(relation.target, action, user=user, data={"by": relation.page.name, "kind": relation.get_kind_display()})
    settle([relation.page_id])
    refresh(affected_by([relation.page_id]))
    return True
