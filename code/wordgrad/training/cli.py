"""The commands of training: train, similar, analogy, evaluate."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

from .config import TrainingConfig
from .corpus import Corpus, default_cache_dir, read_corpus, sotu_corpus
from .distributed import check_scheduler
from .driver import TrainingResult, train
from .errors import EvaluationError
from .evaluation import evaluate_analogies, evaluate_similarity, gensim_evaluation_set
from .files import load_vectors, save_vectors, vector_format
from .interrupt import gentle_interrupt
from .progress import progress_bar

_STOPPED = 130  # what a shell reports after Ctrl-C
_NUMBERS: dict[str, tuple[type, str]] = {
    "dim": (int, "length of a vector"),
    "window": (int, "largest distance of a context word"),
    "negative": (int, "negatives of each pair"),
    "epochs": (int, "passes over the corpus"),
    "min_count": (int, "lowest count of a word that gets a vector"),
    "sample": (float, "threshold of subsampling; 0 keeps every token"),
    "learning_rate": (float, "learning rate at the start"),
    "min_learning_rate": (float, "learning rate at the end"),
    "noise_power": (float, "exponent of the counts in the noise distribution"),
    "seed": (int, "seed of every random number"),
    "shared_negatives": (int, "noise words that neighbouring centers share"),
    "chunk_tokens": (int, "tokens prepared at once"),
}


def add_commands(subparsers: Any) -> None:
    """Add the training commands to an argument parser.

    Parameters
    ----------
    subparsers
        What ``ArgumentParser.add_subparsers()`` returns. Each command sets the default ``run``, a
        function of the parsed arguments that returns the exit status.

    Examples
    --------
    >>> parser = argparse.ArgumentParser()
    >>> add_commands(parser.add_subparsers())
    >>> parser.parse_args(["train", "text.txt", "--out", "vectors.bin", "--dim", "50"]).dim
    50
    """
    _add_train(subparsers)
    similar = subparsers.add_parser("similar", help="list the words nearest to given words")
    similar.add_argument("vectors", type=Path, help="a .txt, .bin or .npz file of word vectors")
    similar.add_argument("words", nargs="+", metavar="WORD")
    similar.add_argument("-n", type=_positive, default=10, help="how many (%(default)s)")
    similar.set_defaults(run=_guarded(run_similar))
    analogy = subparsers.add_parser("analogy", help="answer: A is to B as C is to ?")
    analogy.add_argument("vectors", type=Path, help="a .txt, .bin or .npz file of word vectors")
    for name in "abc":
        analogy.add_argument(name, metavar=name.upper())
    analogy.add_argument("-n", type=_positive, default=10, help="how many answers (%(default)s)")
    analogy.set_defaults(run=_guarded(run_analogy))
    evaluate = subparsers.add_parser("evaluate", help="measure the quality of word vectors")
    evaluate.add_argument("vectors", type=Path, help="a .txt, .bin or .npz file of word vectors")
    evaluate.add_argument(
        "--pairs", type=Path, action="append", metavar="FILE", help="word pairs with judgements"
    )
    evaluate.add_argument(
        "--analogies", type=Path, action="append", metavar="FILE", help="lines of four words"
    )
    evaluate.set_defaults(run=_guarded(run_evaluate))


def _add_train(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "train",
        help="train word vectors",
        description="Train word vectors on a text, by default with the settings of gensim.",
    )
    parser.add_argument(
        "corpus", help="a UTF-8 text file, a sentence a line; or sotu, if there is no such file"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE",
        help="where to write the vectors: .txt or .bin (word2vec's formats) or .npz",
    )  # fmt: skip
    default = TrainingConfig()
    for name, (kind, meaning) in _NUMBERS.items():
        parser.add_argument(
            f"--{name.replace('_', '-')}", type=kind, default=getattr(default, name),
            metavar="X" if kind is float else "N", help=f"{meaning} (%(default)s)",
        )  # fmt: skip
    parser.add_argument(
        "--threads", dest="processes", type=int, default=default.processes, metavar="N",
        help="processes that train at once; 1 gives the same vectors each time (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--scheduler", metavar="ADDRESS",
        help="train on the workers of a Dask scheduler, or local:N for N processes here; "
        "here:N has N workers take turns in one process",
    )  # fmt: skip
    parser.add_argument(
        "--average-every", type=_positive, default=8, metavar="N",
        help="chunks that each Dask worker trains between two averages (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--cbow", dest="model", action="store_const", const="cbow", default=default.model,
        help="predict the center from its context, not the context from its center",
    )  # fmt: skip
    parser.add_argument(
        "--combine", choices=["mean", "sum"], default=default.combine,
        help="how CBOW joins the context (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--loss", choices=["negative_sampling", "softmax"], default=default.loss,
        help="softmax is for small vocabularies, with --trainer batched (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--trainer", choices=["fast", "batched", "loop"], default=default.trainer,
        help="all three minimise the same loss (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--tokenizer", choices=["words", "whitespace"], default="words",
        help="words: lower case, without punctuation; whitespace: as gensim reads (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--cache", type=Path, default=None, metavar="FOLDER",
        help="where to keep the encoded corpus (the user's cache folder)",
    )  # fmt: skip
    parser.add_argument(
        "--no-cache", action="store_true", help="encode the corpus in memory, each time anew"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on from the checkpoint beside the output"
    )
    parser.set_defaults(run=_guarded(run_train))


def run_train(arguments: argparse.Namespace) -> int:
    """Train, save, and say what was done; return the exit status."""
    names = {field.name for field in fields(TrainingConfig)}
    config = TrainingConfig.from_dict({k: v for k, v in vars(arguments).items() if k in names})
    out: Path = arguments.out
    vector_format(out)  # refuse a wrong name now, not after hours
    if arguments.scheduler is not None:
        check_scheduler(arguments.scheduler)
    if not out.parent.is_dir():
        raise FileNotFoundError(f"{out.parent}: there is no such folder; create it for --out")
    checkpoint = out.with_name(out.name + ".checkpoint")
    corpus = _read(arguments)
    _say(f"{corpus.n_words:,} words, {len(corpus.vocabulary(config.min_count)):,} with a vector")
    with gentle_interrupt("Stopping after this chunk; once more to stop at once.") as interrupt:
        with progress_bar() as bar:
            result = train(
                corpus,
                config,
                report=bar,
                stop=interrupt,
                checkpoint=checkpoint,
                resume=arguments.resume,
                scheduler=arguments.scheduler,
                average_every=arguments.average_every,
            )
        save_vectors(result.vectors, out)
        if result.complete:
            checkpoint.unlink(missing_ok=True)
    _say(_summary(result, out))
    if result.complete:
        return 0
    _say(f"Not complete. Its state is in {checkpoint}: the same command with --resume goes on.")
    return _STOPPED


def _summary(result: TrainingResult, out: Path) -> str:
    speed = result.words_per_second / 1e6
    return f"{result.words:,} words in {result.seconds:.1f} s ({speed:.2f} M words/s); wrote {out}"


def _read(arguments: argparse.Namespace) -> Corpus:
    if arguments.corpus == "sotu" and not Path("sotu").exists():
        return sotu_corpus(arguments.tokenizer)
    cache = None if arguments.no_cache else arguments.cache or default_cache_dir()
    return read_corpus(arguments.corpus, arguments.tokenizer, cache)


def run_similar(arguments: argparse.Namespace) -> int:
    """Print the nearest words and their cosines."""
    vectors = load_vectors(arguments.vectors)
    _print_words(vectors.similar(*arguments.words, n=arguments.n))
    return 0


def run_analogy(arguments: argparse.Namespace) -> int:
    """Print the best answers and their cosines."""
    vectors = load_vectors(arguments.vectors)
    _print_words(vectors.analogy(arguments.a, arguments.b, arguments.c, n=arguments.n))
    return 0


def run_evaluate(arguments: argparse.Namespace) -> int:
    """Print the scores on the given sets, or on those that come with gensim."""
    vectors = load_vectors(arguments.vectors)
    pairs, analogies = arguments.pairs or [], arguments.analogies or []
    if not pairs and not analogies:
        pairs = [gensim_evaluation_set(name) for name in ("wordsim353", "simlex999")]
        analogies = [gensim_evaluation_set("analogies")]
    evaluations = [(evaluate_similarity, path) for path in pairs]
    evaluations += [(evaluate_analogies, path) for path in analogies]
    failures = 0
    for evaluate, path in evaluations:
        try:
            score = evaluate(vectors, path)
        except EvaluationError as error:
            failures += 1
            _say(str(error))
        else:
            print(f"{path.stem}\t{score.value:.3f}\t{score.used} of {score.total}")
    return 1 if failures else 0


def _print_words(words: list[tuple[str, float]]) -> None:
    for word, cosine in words:
        print(f"{word}\t{cosine:.4f}")


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not a positive number")
    return number


def _guarded(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Turn the errors that a user can mend into one line and exit status 2."""

    def guarded(arguments: argparse.Namespace) -> int:
        try:
            return run(arguments)
        except KeyError as error:  # str() of it would be in quotes
            _say(f"wordgrad: {error.args[0]}")
        except (ValueError, OSError, RuntimeError, FloatingPointError, MemoryError) as error:
            _say(f"wordgrad: {error}")
        except KeyboardInterrupt:
            _say("wordgrad: stopped")
            return _STOPPED
        return 2

    return guarded
