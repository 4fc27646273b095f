"""A round deals every chunk once, trains on copies, and averages the rows that moved."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wordgrad.training import SyntheticLanguage, TrainingConfig, encode_texts
from wordgrad.training.averaging import (
    Moved,
    average_rows,
    bytes_per_round,
    deal,
    run_in_turn,
    train_shard,
)
from wordgrad.training.checkpoint import TrainingState
from wordgrad.training.jobs import Jobs, initial_vectors


@given(st.integers(0, 40), st.integers(1, 5), st.integers(1, 6))
def test_every_chunk_is_dealt_once(n: int, workers: int, period: int) -> None:
    todo, dealt = list(range(n)), []
    while todo:
        shards, todo = deal(todo, workers, period)
        assert 1 <= len(shards) <= workers
        assert max(map(len, shards)) <= period
        assert max(map(len, shards)) - min(map(len, shards)) <= 1
        dealt += [job for shard in shards for job in shard]
    assert sorted(dealt) == list(range(n))


def test_a_row_becomes_the_mean_of_those_who_moved_it() -> None:
    rng = np.random.default_rng(0)
    matrix, made = rng.normal(size=(4, 3)), rng.normal(size=(2, 4, 3))
    before = matrix.copy()
    moves = [Moved(np.array([0, 2]), made[0, [0, 2]]), Moved(np.array([2, 3]), made[1, [2, 3]])]
    average_rows(matrix, moves)
    expected = [made[0, 0], before[1], made[:, 2].mean(axis=0), made[1, 3]]
    np.testing.assert_allclose(matrix, expected)


def test_one_worker_s_round_is_plain_training() -> None:
    corpus = encode_texts(SyntheticLanguage().texts(200, np.random.default_rng(0)))
    config = TrainingConfig(dim=8, sample=0, chunk_tokens=512)
    jobs = Jobs(config, corpus.vocabulary(config.min_count), corpus.ids)
    plain = initial_vectors(jobs.vocab_size, config)
    shared = initial_vectors(jobs.vocab_size, config)
    done = train_shard(jobs, shared, [(job, jobs.ids_of(job)) for job in range(3)])
    assert shared[0].tobytes() == plain[0].tobytes()  # a worker leaves what it was sent alone
    results = [jobs.run(job, *plain) for job in range(3)]
    assert done.results == results
    for matrix, moved, expected in zip(shared, (done.center, done.outside), plain, strict=True):
        average_rows(matrix, [moved])
        assert matrix.tobytes() == expected.tobytes()


def test_a_round_in_turn_is_the_mean_of_what_each_would_have_made() -> None:
    corpus = encode_texts(SyntheticLanguage().texts(100, np.random.default_rng(0)))
    config = TrainingConfig(dim=4, sample=0, chunk_tokens=512, epochs=1)
    jobs = Jobs(config, corpus.vocabulary(config.min_count), corpus.ids)
    assert len(jobs) == 2
    made = []
    for job in range(2):
        vectors = initial_vectors(jobs.vocab_size, config)
        jobs.run(job, *vectors)
        made.append(vectors)
    state = TrainingState.fresh(jobs)
    results = list(run_in_turn(jobs, state, lambda: False, workers=2, period=1))
    assert [result.job for result in results] == [0, 1]
    assert state.done.all()
    start = initial_vectors(jobs.vocab_size, config)
    for now, before, one, other in zip(
        (state.center_vecs, state.outside_vecs), start, *made, strict=True
    ):
        moved = np.array([(each != before).any(axis=1) for each in (one, other)])
        weights = np.where(moved.any(axis=0), moved, 0.5)
        expected = np.average([one, other], axis=0, weights=weights[:, :, None] + 0 * now)
        np.testing.assert_allclose(now, expected, atol=1e-6)


def test_stop_is_asked_before_each_round() -> None:
    corpus = encode_texts(SyntheticLanguage().texts(100, np.random.default_rng(0)))
    config = TrainingConfig(dim=4, sample=0, chunk_tokens=128, epochs=1)
    jobs = Jobs(config, corpus.vocabulary(config.min_count), corpus.ids)
    state = TrainingState.fresh(jobs)
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 2

    done = list(run_in_turn(jobs, state, stop, workers=2, period=1))
    assert len(done) == state.done.sum() == 4


def test_the_volume_of_a_round() -> None:
    center_vecs, outside_vecs = initial_vectors(50, TrainingConfig(dim=7))
    assert bytes_per_round(50, 7, workers=3) == 6 * (center_vecs.nbytes + outside_vecs.nbytes)
