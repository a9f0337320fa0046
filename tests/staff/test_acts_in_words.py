"""Every act has its words, so that an audit record can be read by whoever must."""

from yobidashi.staff.acts_in_words import act_words, all_words
from yobidashi.staff.permissions import Act
from yobidashi.staff.roles import Words


def test_every_act_has_words_of_its_own() -> None:
    words = all_words()
    assert set(Act) <= set(words)
    assert len({each.ja for each in words.values()}) == len(words)


def test_an_act_of_an_older_version_stands_as_it_was_written() -> None:
    assert act_words("issue") == Words("発券", "Issue")
    assert act_words("no-such-act") == Words("no-such-act", "no-such-act")
