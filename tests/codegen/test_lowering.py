"""What gets a name of its own, and which."""

from wordgrad.codegen.generate import program_of
from wordgrad.derivations import derivation
from wordgrad.meaning.contexts import naive_softmax, negative_sampling


def test_what_occurs_twice_is_one_statement() -> None:
    line = r"\sigma(u_o^\top v_c)^2+\sigma(u_o^\top v_c)"
    names = [let.name for let in program_of(line, negative_sampling()).lets]
    assert names == ["total", "sigma", "result"]


def test_a_sum_that_is_a_definition_takes_its_name() -> None:
    names = [let.name for let in program_of(derivation("neg_U")).lets]
    assert names == ["y", "r", "theta", "sigma", "result"]


def test_a_softmax_written_out_and_by_name_is_computed_once() -> None:
    line = r"\frac{\exp(u_o^\top v_c)}{\sum_{w=1}^{V}\exp(u_w^\top v_c)}+\hat y_o"
    names = [let.name for let in program_of(line, naive_softmax()).lets]
    assert len([name for name in names if name in ("yhat", "probabilities")]) == 1


def test_one_component_of_a_definition_does_not_compute_all() -> None:
    made = program_of(r"\sigma(\theta_o)", negative_sampling())
    assert [let.name for let in made.lets] == ["total", "result"]
    assert all(not let.axes for let in made.lets)
