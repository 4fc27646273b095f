"""What `wordgrad.numeric` exports."""

import inspect

import pytest

import wordgrad
from wordgrad import numeric


def test_the_flat_api_is_the_numeric_one():
    for name in numeric.__all__:
        assert getattr(wordgrad, name) is getattr(numeric, name)


@pytest.mark.parametrize("name", numeric.__all__)
def test_every_public_name_is_documented(name):
    thing = getattr(numeric, name)
    lines = inspect.getdoc(thing).splitlines()
    assert lines[0].endswith((".", "``."))
    assert len(lines[0]) <= 100
