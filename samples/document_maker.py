"""Sample documents: a stated share of each organisation's items, with dates and relations such that every status occurs."""

import datetime
import html
import random
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Count

from documents.features import register_of
from documents.issuers import symbol_of
from documents.kinds import CODES, Kind
from documents.models import DocumentIssuer, DocumentPage, Field, Issuer, Relation
from documents.numbers import key_of
from documents.status import Effect
from home.bulk import add_live_pages
from organisations.folding import fold
from organisations.models import Organisation

from .document_words import ARTICLES, KINDS, MARK, RULES, SIGNERS, SUBJECTS

# Of an organisation's items. The report of 2018 names documents first and gives no figure; half and a little is our estimate.
SHARE = 0.55
BATCH = 2000
# Every fortieth document does each of these, so that every status occurs wherever there are enough.
CYCLE = 40
REPLACES, AMENDS, REPEALS_PART, SUSPENDS, GUIDES, LATER, ENDS = 7, 12, 17, 22, 27, 33, 38
YEARS_AHEAD = 10
R = Relation.Verb


class DocumentMaker:
    """Makes documents; what a maker is, samples.sampling says."""

    kinds = ["Văn bản"]

    def __init__(self, year: int, seed: int) -> None:
        self.year = year
        self.fields = dict(Field.objects.values_list("name", "pk"))
        self.weights = [share for _code, share, _starts in KINDS]

    def serves(self, organisation: Organisation) -> bool:
        return register_of(organisation) is not None

    def make(
        self,
        organisation: Organisation,
        moments: Sequence[datetime.datetime],
        rng: random.Random,
        progress: Callable[[int], object],
    ) -> None:
        series = Series(organisation, self.year, self, rng)
        for start in range(0, len(moments), BATCH):
            documents = [series.next(moment) for moment in moments[start : start + BATCH]]
            # Later ones point to earlier ones, which have their keys by then.
            add_live_pages(series.register, documents, ["document_issuers", "relations"])
            progress(len(documents))


class Series:
    """The documents of one organisation in a year: each has the next number of its kind and may act on earlier ones."""

    def __init__(self, organisation: Organisation, year: int, maker: DocumentMaker, rng: random.Random) -> None:
        self.organisation, self.year, self.maker, self.rng = organisation, year, maker, rng
        self.register = register_of(organisation)
        self.issuer = Issuer.objects.of(organisation)
        self.symbol = symbol_of(organisation)
        made = DocumentPage.objects.filter(publisher=organisation, is_sample=True, first_published_at__year=year)
        self.serials = dict(made.order_by().values_list("kind").annotate(Count("pk")))
        self.count = sum(self.serials.values())
        self.free: list[DocumentPage] = []

    def next(self, moment: datetime.datetime) -> DocumentPage:
        """The next document, published at `moment`; saved by whoever asked."""
        self.count += 1
        turn = self.count % CYCLE
        rules = turn in {REPLACES, AMENDS, REPEALS_PART, SUSPENDS, GUIDES, LATER} or turn % 8 == 1
        document = self._document(moment, rules)
        issued = document.issued
        if turn == LATER:
            document.effective = issued.replace(year=issued.year + YEARS_AHEAD, month=1, day=1)
        elif rules:
            document.effective = issued + datetime.timedelta(days=10)
        if turn == ENDS:
            document.expires = datetime.date(issued.year + 1, 1, 1)
        document.from_day = document.effective or issued
        document.until_day = document.expires
        if turn not in {LATER, ENDS}:
            self._act(document, turn)
        if rules and turn not in {LATER, GUIDES, SUSPENDS}:
            self.free = [*self.free[-30:], document]
        return document

    def _document(self, moment: datetime.datetime, rules: bool) -> DocumentPage:
        rng = self.rng
        code, _share, starts = ("QĐ", 0, RULES) if rules else rng.choices(KINDS, self.maker.weights)[0]
        subject, field = rng.choice(SUBJECTS)
        kind = CODES[code] if code else Kind.LETTER
        issued = moment.date() - datetime.timedelta(days=rng.choice([0, 0, 1, 1, 1, 2, 2, 3, 5, 9]))
        issued = max(issued, datetime.date(self.year, 1, 1))
        number = self._number(kind, code, issued if rules else None)
        document = DocumentPage(
            number=number,
            number_key=key_of(number),
            kind=kind.value,
            abstract=f"{MARK}: {rng.choice(starts)} {subject} năm {issued.year}",
            issued=issued,
            field_id=self.maker.fields.get(field),
            signer=rng.choice(SIGNERS),
            signing_form=rng.choice(["KT.", "TM.", ""]),
            body=self._body(subject) if code in {"QĐ", "CT"} else [],
            first_issuer=self.issuer,
            publisher=self.organisation,
            is_sample=True,
            first_published_at=moment,
            locale_id=self.register.locale_id,
            public_in=self.register.locale.language_code,
        )
        document.fill_title()
        document.search_text = fold(f"{document.number} {document.abstract}")
        document.signer_folded = fold(document.signer)
        document.document_issuers.set([DocumentIssuer(issuer=self.issuer)])
        return document

    def _number(self, kind: Kind, code: str, ruled: datetime.date | None) -> str:
        """Serials run through the year by kind, as numbers do; rules carry the year."""
        self.serials[kind] = self.serials.get(kind, 0) + 1
        serial = f"{self.serials[kind]:02}"
        if not code:
            return f"{serial}/{self.symbol}-VP"
        return f"{serial}/{ruled.year}/{code}-{self.symbol}" if ruled else f"{serial}/{code}-{self.symbol}"

    def _body(self, subject: str) -> list[dict[str, Any]]:
        names = {"subject": subject, "issuer": self.issuer.name}
        return [
            {"type": "paragraph", "value": f"<p>Điều {n}. {html.escape(text.format(**names), quote=False)}</p>"}
            for n, text in enumerate(ARTICLES, start=1)
        ]

    def _act(self, document: DocumentPage, turn: int) -> None:
        """The relation of this turn, and what it does to the other's days: what documents.effect would reckon."""
        day = document.effective or document.issued
        older = [other for other in self.free if other.from_day and other.from_day < day]
        kind = {REPLACES: R.REPLACES, AMENDS: R.AMENDS, REPEALS_PART: R.REPEALS, SUSPENDS: R.SUSPENDS, GUIDES: R.GUIDES}
        if not older:
            return
        other = self.rng.choice(older)
        if turn not in kind:
            if turn % 5 == 0:
                document.relations.set([relation_to(other, R.BASED_ON)])
            return
        clause = "Điều 2" if turn == REPEALS_PART else ""
        document.relations.set([relation_to(other, kind[turn], clause)])
        if turn == GUIDES:
            # What details a document ends with it, so it is left alone from here on.
            self.free.remove(other)
            return
        self.free.remove(other)
        effect = effect_after(other, kind[turn], clause, day)
        for name in ("until_day", "partly_day", "suspended_day"):
            setattr(other, name, getattr(effect, name))
        if other.pk:
            DocumentPage.objects.filter(pk=other.pk).update(
                until_day=other.until_day, partly_day=other.partly_day, suspended_day=other.suspended_day
            )


def relation_to(other: DocumentPage, kind: Relation.Verb, clause: str = "") -> Relation:
    """Documents of one body act on each other, which the law lets count."""
    names = {"target": other, "target_number": other.number, "target_key": key_of(other.number)}
    return Relation(kind=kind, clause=clause, standing=Relation.Standing.COUNTS, **names)


def effect_after(document: DocumentPage, kind: Relation.Verb, clause: str, day: datetime.date) -> Effect:
    """The days of `document`, on which nothing acted yet, after a document of `day` did."""
    days = {name: getattr(document, name) for name in ("from_day", "until_day")}
    if kind == R.SUSPENDS:
        return Effect(**days, suspended_day=day)
    if kind == R.REPLACES:
        return Effect(**days | {"until_day": min(filter(None, [day, days["until_day"]]))})
    return Effect(**days, partly_day=day)
