"""The state of a training, on disk: enough to go on as if it had never stopped."""

import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .atomic import atomic_write
from .config import TrainingConfig
from .errors import CheckpointError, check_readable
from .jobs import Jobs, initial_vectors
from .vocabulary import Vocabulary

_FORMAT = 1
_MAY_DIFFER = ("processes",)


@dataclass(eq=False)
class TrainingState:
    """What changes while training.

    Parameters
    ----------
    center_vecs, outside_vecs : ndarray of float32, shape (V, d)
    done : ndarray of bool, shape (n_jobs,)
        Which jobs are done.
    losses : ndarray, shape (n_jobs,)
        Mean loss of each job; nan if it is not done.
    """

    center_vecs: npt.NDArray[np.float32]
    outside_vecs: npt.NDArray[np.float32]
    done: npt.NDArray[np.bool_]
    losses: npt.NDArray[np.float64]

    @classmethod
    def fresh(cls, jobs: Jobs) -> "TrainingState":
        """Return the state before the first job."""
        center_vecs, outside_vecs = initial_vectors(jobs.vocab_size, jobs.config)
        return cls(center_vecs, outside_vecs, np.zeros(len(jobs), bool), np.full(len(jobs), np.nan))


def fingerprint(vocabulary: Vocabulary, n_ids: int) -> str:
    """Name the corpus by its words, their counts and its length.

    Examples
    --------
    >>> len(fingerprint(Vocabulary(["a", "b"], [2, 1]), 3))
    64
    """
    digest = hashlib.sha256(f"{n_ids}\n".encode())
    digest.update(vocabulary.counts.tobytes())
    digest.update("\n".join(vocabulary.words).encode("utf-8"))
    return digest.hexdigest()


def save_checkpoint(
    path: str | Path, state: TrainingState, config: TrainingConfig, corpus: str
) -> None:
    """Write the state to a file, replacing it as a whole.

    Parameters
    ----------
    path : path
    state : TrainingState
    config : TrainingConfig
    corpus : str
        The corpus by its `fingerprint`.

    Raises
    ------
    OSError
        If it cannot be written; the last checkpoint is then untouched.
    """
    about = json.dumps({"format": _FORMAT, "corpus": corpus, "config": config.to_dict()})
    with atomic_write(Path(path)) as file:
        np.savez(
            file,
            about=np.array(about),
            center_vecs=state.center_vecs,
            outside_vecs=state.outside_vecs,
            done=state.done,
            losses=state.losses,
        )


def load_checkpoint(path: str | Path, config: TrainingConfig, corpus: str) -> TrainingState:
    """Read the state of a training with the same settings on the same corpus.

    Returns
    -------
    TrainingState

    Raises
    ------
    CheckpointError
        If the file cannot be read, or is of another corpus or other settings (the number of
        processes may differ).
    """
    path = Path(path)
    check_readable(path, CheckpointError)
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            about = json.loads(str(stored["about"]))
            fields = ("center_vecs", "outside_vecs", "done", "losses")
            state = TrainingState(*(stored[field] for field in fields))
            version, settings, trained_on = about["format"], about["config"], about["corpus"]
    except (ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile) as error:
        raise CheckpointError(f"{path}: this is no checkpoint: {error}") from error
    if version != _FORMAT:
        raise CheckpointError(f"{path}: it has format {version}, this version reads {_FORMAT}")
    differing = [
        f"{name} was {settings.get(name)!r} and is {value!r}"
        for name, value in config.to_dict().items()
        if name not in _MAY_DIFFER and settings.get(name) != value
    ]
    if differing:
        raise CheckpointError(
            f"{path}: it has other settings: {'; '.join(differing)}. Give the same, or start anew"
        )
    if trained_on != corpus:
        raise CheckpointError(f"{path}: it is of another corpus; give the same, or start anew")
    return state
