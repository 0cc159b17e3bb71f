"""The question set as data: what is asked, what each answer means, and what is assumed when it is not asked.

A region writes it as YAML (`questions.yaml`); here it becomes values, or a list of everything that is wrong with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from routing.core import CATEGORIES
from routing.core.facts import FLAGS

UNKNOWN = "unknown"
NONE = "none"
YES, NO = "yes", "no"

YES_NO_FACTS = frozenset(FLAGS)
FACTS = YES_NO_FACTS | {"category", "age", "born", "municipality", "provider"}
# What a contact registers for the figures; the names are those of the contact's own fields.
FIELDS = frozenset(
    {
        "narrative", "callback_number", "subject_name", "caller_kind", "purpose", "reason", "topics",
        "organisations_involved", "response", "misdirected", "urgency",
    }
)  # fmt: skip
# The longest answer that a contact keeps per field, in characters; of a list, each of its parts.
LONGEST = {
    "subject_name": 120,
    "callback_number": 20,
    "caller_kind": 20,
    "purpose": 30,
    "reason": 30,
    "topics": 30,
    "organisations_involved": 50,
    "response": 10,
    "urgency": 2,
}
# What danger makes of every call, whatever else is answered.
URGENCY_OF_DANGER = "U0"
KINDS = frozenset({"choice", "several", "text", "age", "date", "municipality", "provider", "organisations", "phone"})
KINDS_WITH_OPTIONS = frozenset({"choice", "several"})
CATEGORY_NAMES = frozenset(CATEGORIES)
# The parts of the page, in the order in which a call usually goes.
GROUPS = ("story", "what", "signs", "who", "figures")
# Besides answers, a condition can look at the outcome for danger and category, and at the hour of the call.
OFFICE_HOURS = "office_hours"

Condition = Mapping[str, frozenset[str]]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong in the document, and where: ("questions", 3, "options", 0)."""

    path: Path
    text: str


class InvalidQuestionSet(ValueError):
    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, m.path))}: {m.text}" for m in mistakes))
        self.mistakes = tuple(mistakes)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer, and what it says: a sign of danger, an urgency, a category; each with its reason."""

    value: str
    label: str
    danger: bool = False
    urgency: str = ""
    category: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Derivation:
    """A registration answer that follows from other answers, so that nobody has to give it."""

    when: Condition
    value: str
    because: str


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    label: str
    kind: str
    fact: str = ""
    field: str = ""
    help: str = ""
    group: str = "figures"
    options: tuple[Option, ...] = ()
    shown_when: tuple[Condition, ...] = ()
    required: bool = False
    assumed: str = ""
    assumed_because: str = ""
    presumed: str = ""
    presumed_label: str = ""
    derived: tuple[Derivation, ...] = ()

    def option(self, value: str) -> Option | None:
        return next((option for option in self.options if option.value == value), None)

    @property
    def longest(self) -> int | None:
        return LONGEST.get(self.field)

    @property
    def assumed_fact(self) -> bool | str:
        return _as_fact(self.assumed)

    @property
    def presumed_fact(self) -> bool | str:
        return _as_fact(self.presumed)


@dataclass(frozen=True, slots=True)
class Urgency:
    """An urgency with its norm: within how many minutes, or in words where a clock does not fit."""

    code: str
    label: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class QuestionSet:
    questions: tuple[Question, ...]
    urgencies: tuple[Urgency, ...]
    by_id: Mapping[str, Question] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)

    def for_fact(self, fact: str) -> Question | None:
        return next((question for question in self.questions if question.fact == fact), None)

    def urgency(self, code: str) -> Urgency | None:
        return next((urgency for urgency in self.urgencies if urgency.code == code), None)


def question_set_of(document: object) -> QuestionSet:
    """The question set that the document describes. Raises InvalidQuestionSet with every mistake at once."""
    reader = _Reader()
    root = reader.mapping(document, ())
    urgencies = tuple(reader.urgency(item, path) for item, path in reader.items(root, "urgencies", ()))
    reader.urgency_codes = frozenset(urgency.code for urgency in urgencies)
    if URGENCY_OF_DANGER not in reader.urgency_codes:
        reader.wrong(
            ("urgencies",), f"urgentie {URGENCY_OF_DANGER} ontbreekt: die krijgt elk gesprek met direct gevaar"
        )
    questions = tuple(reader.question(item, path) for item, path in reader.items(root, "questions", ()))
    reader.check_together(questions)
    if reader.mistakes:
        raise InvalidQuestionSet(reader.mistakes)
    return QuestionSet(questions, urgencies, {question.id: question for question in questions})


class _Reader:
    """Reads the document and keeps every mistake, so that an editor sees them all at once."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []
        self.urgency_codes: frozenset[str] = frozenset()

    def wrong(self, path: Path, text: str) -> None:
        self.mistakes.append(Mistake(path, text))

    def mapping(self, value: object, path: Path) -> Mapping[str, object]:
        if isinstance(value, Mapping):
            return value
        self.wrong(path, "hier horen sleutels met waarden te staan")
        return {}

    def items(self, mapping: Mapping[str, object], key: str, path: Path) -> list[tuple[object, Path]]:
        value = mapping.get(key, [])
        if not isinstance(value, list):
            self.wrong((*path, key), "hier hoort een lijst te staan")
            return []
        return [(item, (*path, key, index)) for index, item in enumerate(value)]

    def text(self, mapping: Mapping[str, object], key: str, path: Path, *, needed: bool = False) -> str:
        value = mapping.get(key, "")
        if not isinstance(value, str):
            self.wrong((*path, key), "hier hoort tekst te staan")
            return ""
        if needed and not value:
            self.wrong((*path, key), "ontbreekt")
        return value

    def one_of(self, mapping: Mapping[str, object], key: str, path: Path, allowed: frozenset[str]) -> str:
        value = self.text(mapping, key, path)
        if value and value not in allowed:
            self.wrong((*path, key), f"onbekend: {value}; kies uit {', '.join(sorted(allowed))}")
        return value

    def flag(self, mapping: Mapping[str, object], key: str, path: Path) -> bool:
        return self.one_of(mapping, key, path, frozenset({YES, NO})) == YES

    def only_keys(self, mapping: Mapping[str, object], allowed: str, path: Path) -> None:
        for key in mapping:
            if key not in allowed.split():
                self.wrong((*path, key), "onbekende sleutel")

    def urgency(self, value: object, path: Path) -> Urgency:
        mapping = self.mapping(value, path)
        self.only_keys(mapping, "code label minutes", path)
        minutes = self.text(mapping, "minutes", path)
        if minutes and not minutes.isdecimal():
            self.wrong((*path, "minutes"), "hier hoort een heel aantal minuten te staan")
            minutes = ""
        code = self.text(mapping, "code", path, needed=True)
        self.check_length(code, LONGEST["urgency"], (*path, "code"))
        return Urgency(
            code=code,
            label=self.text(mapping, "label", path, needed=True),
            minutes=int(minutes) if minutes else None,
        )

    def question(self, value: object, path: Path) -> Question:
        mapping = self.mapping(value, path)
        self.only_keys(
            mapping,
            "id label kind fact field help group options shown_when required assumed assumed_because presumed"
            " presumed_label derived",
            path,
        )
        kind = self.one_of(mapping, "kind", path, KINDS) or "choice"
        options = tuple(self.option(item, item_path) for item, item_path in self.items(mapping, "options", path))
        question = Question(
            id=self.text(mapping, "id", path, needed=True),
            label=self.text(mapping, "label", path, needed=True),
            kind=kind,
            fact=self.one_of(mapping, "fact", path, FACTS),
            field=self.one_of(mapping, "field", path, FIELDS),
            help=self.text(mapping, "help", path),
            group=self.one_of(mapping, "group", path, frozenset(GROUPS)) or GROUPS[-1],
            options=_with_unknown(options) if kind == "choice" else options,
            shown_when=tuple(self.condition(item, at) for item, at in self.items(mapping, "shown_when", path)),
            required=self.flag(mapping, "required", path),
            assumed=self.text(mapping, "assumed", path),
            assumed_because=self.text(mapping, "assumed_because", path),
            presumed=self.text(mapping, "presumed", path),
            presumed_label=self.text(mapping, "presumed_label", path),
            derived=tuple(self.derivation(item, at) for item, at in self.items(mapping, "derived", path)),
        )
        self.check_question(question, path)
        return question

    def option(self, value: object, path: Path) -> Option:
        mapping = self.mapping(value, path)
        self.only_keys(mapping, "value label danger urgency category because", path)
        option = Option(
            value=self.text(mapping, "value", path, needed=True),
            label=self.text(mapping, "label", path, needed=True),
            danger=self.flag(mapping, "danger", path),
            urgency=self.one_of(mapping, "urgency", path, self.urgency_codes),
            category=self.one_of(mapping, "category", path, CATEGORY_NAMES),
            because=self.text(mapping, "because", path),
        )
        if (option.danger or option.urgency or option.category) and not option.because:
            self.wrong((*path, "because"), "een antwoord dat iets betekent heeft een reden nodig")
        return option

    def derivation(self, value: object, path: Path) -> Derivation:
        mapping = self.mapping(value, path)
        self.only_keys(mapping, "when value because", path)
        return Derivation(
            when=self.condition(mapping.get("when", {}), (*path, "when")),
            value=self.text(mapping, "value", path, needed=True),
            because=self.text(mapping, "because", path, needed=True),
        )

    def condition(self, value: object, path: Path) -> Condition:
        mapping = self.mapping(value, path)
        return {key: frozenset(str(item) for item, _ in self.items(mapping, key, path)) for key in mapping}

    def check_length(self, value: str, longest: int | None, path: Path) -> None:
        if longest is not None and len(value) > longest:
            self.wrong(path, f"{value} is {len(value)} tekens lang; hoogstens {longest} mag")

    def check_answers_fit(self, question: Question, path: Path) -> None:
        """What cannot be kept is no answer; "weet ik niet" is kept as no value."""
        for index, option in enumerate(question.options):
            if option.value != UNKNOWN:
                self.check_length(option.value, question.longest, (*path, "options", index, "value"))
        for index, rule in enumerate(question.derived):
            self.check_length(rule.value, question.longest, (*path, "derived", index, "value"))

    def check_question(self, question: Question, path: Path) -> None:
        self.check_answers_fit(question, path)
        values = [option.value for option in question.options]
        for value in sorted({value for value in values if values.count(value) > 1}):
            self.wrong((*path, "options"), f"antwoord {value} staat er twee keer")
        if question.kind in KINDS_WITH_OPTIONS and set(values) <= {UNKNOWN}:
            self.wrong((*path, "options"), "een keuzevraag heeft antwoorden nodig")
        if question.fact in YES_NO_FACTS and set(values) != {YES, NO, UNKNOWN}:
            self.wrong((*path, "options"), "deze vraag heeft precies de antwoorden yes en no nodig")
        if question.fact == "category" and not set(values) <= {*CATEGORIES, UNKNOWN}:
            self.wrong((*path, "options"), f"kies uit {', '.join(CATEGORIES)}")
        if question.kind in KINDS_WITH_OPTIONS:
            named = {question.assumed, question.presumed, *(rule.value for rule in question.derived)}
            for value in sorted(named - {"", *values}):
                self.wrong(path, f"{value} is geen antwoord op deze vraag")

    def check_together(self, questions: Sequence[Question]) -> None:
        ids = [question.id for question in questions]
        for index, question in enumerate(questions):
            path: Path = ("questions", index)
            if question.id in ids[:index]:
                self.wrong((*path, "id"), f"{question.id} bestaat al")
            conditions = [*question.shown_when, *(rule.when for rule in question.derived)]
            for name in sorted({name for condition in conditions for name in condition} - {*ids, OFFICE_HOURS}):
                self.wrong(path, f"een voorwaarde noemt een vraag die niet bestaat: {name}")
        if not questions or questions[0].fact != "danger":
            self.wrong(("questions",), "de eerste vraag gaat over direct levensgevaar (fact: danger)")
        asked = {question.fact for question in questions}
        for fact in sorted(FACTS - asked):
            self.wrong(("questions",), f"geen enkele vraag gaat over {fact}")


def _as_fact(value: str) -> bool | str:
    if value in (YES, NO):
        return value == YES
    return "" if value == NONE else value


def _with_unknown(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """'Weet ik niet' is an answer to every question, also when the author forgot it."""
    if any(option.value == UNKNOWN for option in options):
        return options
    return (*options, Option(UNKNOWN, "Weet ik niet"))
