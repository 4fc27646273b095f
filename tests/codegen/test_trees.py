"""Walking and comparing expressions."""

from wordgrad.calculus.sorts import DIM, VOC
from wordgrad.codegen.terms import Add, Big, Free, Looked, Mul, Ref, Soft, new_axis
from wordgrad.codegen.trees import axes_of, key, mapped, nodes

W, X, A = new_axis(VOC), new_axis(VOC), new_axis(DIM)
O_ = Free("o", VOC)


def total(axis: object) -> Big:
    return Big("sum", (axis,), Mul((Ref("y", (axis,)), Ref("u", (axis, A)))))  # type: ignore[arg-type]


def test_free_axes() -> None:
    assert axes_of(total(W)) == (A,)
    assert axes_of(Soft("softmax", W, Ref("theta", (W,)), W)) == (W,)  # where it is read off
    assert axes_of(Soft("softmax", W, Ref("theta", (W,)), O_)) == ()
    assert axes_of(Ref("u", (Looked("n", (X,), VOC), A))) == (X, A)


def test_names_of_bound_indices_do_not_matter() -> None:
    assert key(total(W)) == key(total(X))
    assert key(Ref("y", (W,))) != key(Ref("y", (X,)))
    assert key(Add((Ref("x"), Ref("s")))) == key(Add((Ref("s"), Ref("x"))))
    other = Big("sum", (A,), Ref("y", (A,)))
    assert key(other) != key(Big("sum", (W,), Ref("y", (W,))))  # over another thing


def test_components_are_replaced_everywhere() -> None:
    changed = mapped(total(W), lambda ref: Ref(ref.name.upper(), ref.indices))
    assert {node.name for node in nodes(changed) if isinstance(node, Ref)} == {"Y", "U"}
