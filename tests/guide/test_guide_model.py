"""What the sample fair says to the guide, and what is expected where a fair says nothing."""

from pathlib import Path

from fair_text import FairText
from yobidashi.fair import load_fair
from yobidashi.guide.model import NO_ANSWER, PATIENCE_MS, TALK_CV, OfferRules, model_of
from yobidashi.places import SAMPLE_FAIR

MINUTE = 60_000


def test_the_sample_fair() -> None:
    fair = load_fair(SAMPLE_FAIR)
    model = model_of(fair)
    assert list(model.queues) == [queue.id for queue in fair.queues]
    assert model.queues["sapporo"].talk_ms == 22 * MINUTE
    assert (model.talk_cv, model.patience_ms, model.no_answer) == (0.45, 35 * MINUTE, 0.04)
    assert (model.quiet_ms, model.crowded_ms, model.no_answer_ms) == (8 * MINUTE, 25 * MINUTE, 2 * MINUTE)
    assert model.offers == OfferRules(12 * MINUTE, 8 * MINUTE, 5 * MINUTE, 2, 15_000)
    assert model.spares[19] == "sapporo"
    assert len(model.spares) == 12
    assert model.closes_at - model.warn_at == 60 * MINUTE
    assert (
        (model.fit_only_at, model.stop_at) == (fair.at(fair.closing.fit_only), model.closes_at) if fair.closing else 0
    )


def test_every_municipality_is_alike_to_every_other_and_the_rest_has_its_own_interests() -> None:
    model = model_of(load_fair(SAMPLE_FAIR))
    municipalities = {id_ for id_, queue in model.queues.items() if queue.municipality}
    assert len(municipalities) == 12
    for id_ in municipalities:
        assert model.queues[id_].near == municipalities - {id_}
    assert model.queues["bus"].near == {"jobs"}
    assert model.queues["living"].near == {"settler-a", "settler-b", "settler-c"}


def test_what_is_expected_of_a_fair_that_says_nothing(tmp_path: Path) -> None:
    text = FairText.without_specification().drop("[day]").drop("[closing]").set("number = 2", "online", "true")
    fair = load_fair(text.write(tmp_path))
    model = model_of(fair)
    assert (model.talk_cv, model.patience_ms, model.no_answer) == (TALK_CV, PATIENCE_MS, NO_ANSWER)
    assert model.warn_at == model.fit_only_at == model.stop_at == model.closes_at == fair.at(fair.closes)
    assert model.online == {2}
