"""What an expected refusal says, by its code, in the languages of the product: a file for each noun that refuses."""

from typing import Final

from backend.refusal_words import access, attachments, cards, companies, inputs, moves, panels, proof, secrets, tickets

WORDS: Final[dict[str, dict[str, str]]] = {
    **access.WORDS,
    **attachments.WORDS,
    **cards.WORDS,
    **companies.WORDS,
    **inputs.WORDS,
    **moves.WORDS,
    **panels.WORDS,
    **proof.WORDS,
    **secrets.WORDS,
    **tickets.WORDS,
}
