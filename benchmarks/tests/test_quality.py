"""The leak guard keeps its promise on labelled texts, and the texts are what they say they are."""

import os

from benchmarks.quality import measure, read_texts

LONG = os.environ.get("COUNTERSIGN_TEST_SIZE") == "long"


def test_the_labels_name_what_stands_in_the_text() -> None:
    texts = read_texts()
    for each in texts:
        for leak in each.leaks:
            start, end = leak.span
            assert each.text[start:end] == leak.value, each.text
    assert len(texts) >= 2000
    assert sum(not each.leaks for each in texts) >= 0.4 * len(texts)
    assert {each.language for each in texts} == {"en", "nl"}
    assert len({each.text for each in texts}) == len(texts)


def test_unseen_texts_are_searched_well() -> None:
    held_out = [each for each in read_texts() if each.part == "held_out"]
    assert len(held_out) >= 200
    score = measure(held_out)
    assert score.precision >= 0.96
    assert score.recall >= 0.93


def test_what_the_rules_were_tuned_on_stays_found() -> None:
    """Not all of it: some of these texts are known to be missed, as a date or a web address for a password.

    A fourth of them by default; COUNTERSIGN_TEST_SIZE=long measures all, as `npm run bench -- --quality` does.
    """
    tuning = [each for each in read_texts() if each.part == "tuning"]
    score = measure(tuning if LONG else tuning[::4])
    assert score.precision >= 0.99
    assert score.recall >= (0.98 if LONG else 0.97)  # A fourth of them happens to hold more of those.
