"""A round deals every chunk once, trains on copies, and averages the rows that moved."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wordgrad.training import SyntheticLanguage, TrainingConfig, encode_texts
from wordgrad.training.averaging import Moved, average_rows, bytes_per_round, deal, train_shard
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


def test_the_volume_of_a_round() -> None:
    center_vecs, outside_vecs = initial_vectors(50, TrainingConfig(dim=7))
    assert bytes_per_round(50, 7, workers=3) == 6 * (center_vecs.nbytes + outside_vecs.nbytes)
