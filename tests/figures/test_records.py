"""Records: the book reads what the benchmarks wrote, and each says where it was measured."""

from pathlib import Path

import pytest

from wordgrad.figures._records import FOLDER, record, told

RESULTS = Path(__file__).resolve().parents[1] / "benchmarks" / "results"
RECORDS = sorted(path.stem for path in FOLDER.glob("*.json"))


def test_there_are_records() -> None:
    assert {"distributed", "hyperparameters", "training", "training_larger"} <= set(RECORDS)


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_is_the_result_of_a_benchmark(name: str) -> None:
    assert (FOLDER / f"{name}.json").read_bytes() == (RESULTS / f"{name}.json").read_bytes()


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_says_when_and_where(name: str) -> None:
    of = record(name)
    assert of["versions"]["wordgrad"]
    assert str(of["machine"]["cores"]) in told(name)
    assert told(name).startswith(f"measured {of['date'][:10]}")


def test_a_record_that_is_not_there() -> None:
    with pytest.raises(ValueError, match=r"there is no record 'nothing'; there are .*distributed"):
        record("nothing")
