"""Whether a text only thanks (FIELD.md A10). In doubt it is a reply.

A text is thanks when phrases of thanks, greetings, names, closings and wishes explain every word of it, and one of them
thanks. Whatever nobody foresaw, a fact, a number, an approval, a wish that something be done, makes it a reply. So does
any question mark. "It works now, thanks" tells something, so it is a reply too.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from backend.quotes.fold import fold, is_drawn_out, squeezed
from backend.quotes.pieces import own_lines
from backend.tickets.thanks.doubts import doubt_in
from backend.tickets.thanks.phrases import Phrases, ends_of, phrases, without_slip
from backend.tickets.thanks.references import without_references
from backend.tickets.thanks.signature import is_often_no_name, is_rather_a_name, looks_like_word, without_signature
from backend.tickets.thanks.tokens import Token, corrected, tokens_of

MOST_WORDS: Final = 90
MOST_CHARACTERS: Final = 50_000
_MOST_OWN: Final = 1_500
_NAME_PARTS: Final = frozenset(
    [
        "van",
        "von",
        "de",
        "der",
        "den",
        "di",
        "da",
        "del",
        "della",
        "dos",
        "das",
        "do",
        "la",
        "le",
        "ter",
        "ten",
        "te",
        "zu",
        "y",
        "e",
        "st",
        "mc",
        "mac",
        "o",
        "d",
        "l",
        "jr",
        "sr",
    ]
)
_FOR: Final = frozenset(["for", "4", "voor", "fur", "fuer", "pour", "por", "pela", "pelo", "per", "za"])
"""What thanks are for may follow a comma; "thanks, in the mailbox" says where, and "dank, en de mail" asks for more."""
_AND: Final = frozenset(["and", "en", "und", "et", "y", "e", "i", "&"])

Why: TypeAlias = Literal[
    "thanks", "empty", "question", "forwarded", "attachment", "too_long", "mood", "more", "no_thanks"
]
SENTENCES: Final[dict[Why, str]] = {
    "thanks": "It only thanks.",
    "empty": "Nothing in it is the writer's own.",
    "question": "It asks something.",
    "forwarded": "It passes on another message.",
    "attachment": "Something is attached.",
    "too_long": "It is longer than thanks are.",
    "mood": "It does not sound pleased.",
    "more": "It says more than thanks.",
    "no_thanks": "It thanks for nothing.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """`agrees`: words such as "ok" or "perfect" are in it, which answer a question where one was asked."""

    thanks: bool
    why: Why
    word: str | None = None
    agrees: bool = False

    @property
    def sentence(self) -> str:
        """The reason in English; `word` is the first that thanks do not explain."""
        return SENTENCES[self.why] if self.word is None else f"{SENTENCES[self.why][:-1]}: “{self.word}”."


def judge(text: str, *, names: Iterable[str] = (), attachments: int = 0) -> Judgement:
    """Judge the raw text of a message, with quotes and signature. `names` are those whom it may thank."""
    if attachments:
        return Judgement(thanks=False, why="attachment")
    own = own_lines(text[:MOST_CHARACTERS])
    if own.forwards:
        return Judgement(thanks=False, why="forwarded")
    if len(text) > MOST_CHARACTERS or sum(map(len, own.lines)) > 6 * _MOST_OWN:
        return Judgement(thanks=False, why="too_long")
    body = "\n".join(without_signature(own.lines)).strip()
    if not body:
        return Judgement(thanks=False, why="empty")
    if "?" in body or "¿" in body or "？" in body or "؟" in body:
        return Judgement(thanks=False, why="question")
    tokens = tokens_of(without_references(body), MOST_WORDS)
    if not tokens.words:
        return Judgement(thanks=False, why="no_thanks")
    if len(tokens.words) > MOST_WORDS or len(body) > _MOST_OWN:
        return Judgement(thanks=False, why="too_long")
    found = phrases()
    called = frozenset(fold(part) for name in names for part in name.split())
    words = tuple(_meant(each, found, called) for each in tokens.words)
    judgement = _explain(words, found, called)
    if judgement.thanks and (doubtful := doubt_in(words)) is not None:
        return Judgement(thanks=False, why="more", word=doubtful.raw[:40])
    if judgement.thanks and tokens.mood is not None:
        return Judgement(thanks=False, why="mood", word=tokens.mood)
    return judgement


def _meant(token: Token, found: Phrases, called: Collection[str]) -> Token:
    """The token as the word that it stands for, where it is drawn out or has one slip in it."""
    word = token.word
    if word in found.known or word in called:
        return token
    if (is_drawn_out(word) or (len(word) >= 5 and word not in found.names)) and (
        meant := found.by_squeezed.get(squeezed(word))
    ):
        return corrected(token, meant)
    if word in found.names or word in found.common:
        return token
    meant_word = without_slip(word, found)
    return corrected(token, meant_word) if meant_word else token


_Mode: TypeAlias = Literal["start", "titled", "greeted", "close", "other", "named"]
_AFTER: Final[dict[str, _Mode]] = {"title": "titled", "greet": "greeted", "core": "close", "close": "close"}


def _explain(words: tuple[Token, ...], found: Phrases, called: Collection[str]) -> Judgement:
    """Go through the words from each place that phrases have reached; say which word none of them explains."""
    # What is known of a way to a place: what stood before, whether it thanks, whether objects may follow, "ok" or not.
    reached: list[set[tuple[_Mode, bool, bool, bool]]] = [set() for _ in range(len(words) + 1)]
    reached[0].add(("start", False, False, False))
    furthest = 0
    for place, token in enumerate(words):
        if not reached[place]:
            continue
        furthest = place
        steps: list[tuple[str, int]] = []
        for phrase in found.by_head.get(token.word, ()):
            steps += ((phrase.kind, end) for end in ends_of(phrase, words, place))
        for mode, thanked, may_object, agrees in tuple(reached[place]):
            open_object = may_object and not token.opens_sentence
            for kind, end in set(steps):
                if kind == "object" and (not open_object or _adds(words, place)):
                    continue
                after = _AFTER.get(kind, "other")
                if mode == "greeted" and kind in ("other", "fill"):
                    after = "greeted"
                reached[end].add(
                    (
                        after,
                        thanked or kind == "core",
                        open_object or kind == "core",
                        agrees or kind == "agree",
                    )
                )
            for end in _name_ends(words, place, mode, found, called):
                reached[end].add(("named", thanked, open_object, agrees))
    ways = reached[len(words)]
    if not ways:
        return Judgement(thanks=False, why="more", word=words[furthest].raw[:40])
    thanking = [way for way in ways if way[1]]
    if not thanking:
        return Judgement(thanks=False, why="no_thanks")
    return Judgement(thanks=True, why="thanks", agrees=all(way[3] for way in thanking))


def _adds(words: tuple[Token, ...], place: int) -> bool:
    """Whether something is added after a comma here, be it by "and", that is not what the thanks are for."""
    if words[place].word in _FOR:
        return False
    before = words[place - 1] if place else None
    return words[place].after_comma or (before is not None and before.after_comma and before.word in _AND)


def _ends(words: tuple[Token, ...], place: int) -> bool:
    """Whether a sentence or a line ends with the word."""
    return place + 1 == len(words) or words[place + 1].opens_line or words[place + 1].opens_sentence


def _name_ends(words: tuple[Token, ...], place: int, mode: _Mode, found: Phrases, called: Collection[str]) -> list[int]:
    """Where a name may end that begins here: "Hi *Anna*", "Thanks *Mr van Dijk*", "Best, *Zoe Lindt*"."""
    first = words[place]
    is_known = first.word in called or (
        first.word in found.names
        and not is_often_no_name(first.word)
        and (first.is_capital or first.word not in found.common)
    )
    calls = mode in ("titled", "greeted", "close") or not first.opens_sentence
    if calls and first.is_capital and is_rather_a_name(first.word) and _ends(words, place):
        return [place + 1]
    if first.opens_sentence and mode not in ("titled", "greeted", "close"):
        # By itself a name calls someone: "Anna, thank you!", "Thank you. Zoe"
        last = place + 1 == len(words)
        if not is_known or not (
            last or words[place + 1].opens_line or words[place + 1].opens_sentence or mode == "start"
        ):
            return []
    elif mode in ("titled", "greeted", "close"):
        if first.opens_sentence and mode == "close" and not is_known:
            return []
        is_unknown_name = (
            first.is_capital
            and first.raw.isalpha()
            and first.word not in found.common
            and not looks_like_word(first.word)
        )
        may_begin = (
            is_known
            or is_unknown_name
            or (mode in ("titled", "greeted") and first.word in _NAME_PARTS)
            or (mode == "titled" and first.is_capital and first.raw.isalpha())
            or (first.is_capital and first.word in found.names and mode == "greeted")
        )
        if len(first.word) < 2:  # Initials, of a name that follows.
            after = place
            while after < len(words) and after - place < 3 and len(words[after].word) < 2 and words[after].is_capital:
                after += 1
            last = after in (place, len(words)) or not words[after].is_capital or words[after].word in found.common
            return [] if last else [after + 1]
        if not may_begin:
            return []
    elif not is_known:
        return []
    ends = [place + 1]
    end = place + 1
    while end < len(words) and end - place < 4 and not words[end].opens_sentence and not words[end].opens_line:
        following = words[end]
        if not (
            following.word in _NAME_PARTS
            or (following.is_capital and following.raw.isalpha() and following.word not in found.common)
            or (following.word in found.names and following.word not in found.common)
        ):
            break
        end += 1
        ends.append(end)
    return ends
