"""Train word vectors: corpora, vocabulary, three trainers of one loss, evaluation, files."""

from .config import TrainingConfig
from .corpus import Corpus, encode_texts, read_corpus, sotu_corpus
from .driver import Report, TrainingResult, train
from .errors import CheckpointError, CorpusError, EvaluationError, VectorFileError, WorkerError
from .evaluation import (
    Score,
    evaluate_analogies,
    evaluate_similarity,
    gensim_evaluation_set,
    spearman,
)
from .files import load_vectors, save_vectors
from .sampling import AliasSampler
from .synthetic import SyntheticLanguage
from .vectors import WordVectors
from .vocabulary import Vocabulary

__all__ = [
    "AliasSampler",
    "CheckpointError",
    "Corpus",
    "CorpusError",
    "EvaluationError",
    "Report",
    "Score",
    "SyntheticLanguage",
    "TrainingConfig",
    "TrainingResult",
    "VectorFileError",
    "Vocabulary",
    "WordVectors",
    "WorkerError",
    "encode_texts",
    "evaluate_analogies",
    "evaluate_similarity",
    "gensim_evaluation_set",
    "load_vectors",
    "read_corpus",
    "save_vectors",
    "sotu_corpus",
    "spearman",
    "train",
]
