"""Positivity that can be read off a tree: exponentials, sigmoids, and what is built from them.

The normal form turns sigma(x) into 1 - 1/(1+e^x) and so hides the sign of a sum of sigmoids;
what stands in the tree still shows it.  `equality.is_positive` sees what needs algebra.
"""

import sympy as sp

from wordgrad.calculus.functions import sigma, softplus
from wordgrad.calculus.signature import Signature


def is_visibly_positive(tree: sp.Expr, signature: Signature) -> bool:
    """Is the tree positive by its form alone?"""
    if tree.is_Number:
        return bool(tree > 0)
    if isinstance(tree, sp.exp | sigma | softplus):
        return True
    if isinstance(tree, sp.Symbol):
        return tree.name in signature.positive
    if isinstance(tree, sp.Indexed):
        return tree.base.label.name in signature.positive
    if isinstance(tree, sp.Sum | sp.Product):
        return is_visibly_positive(tree.function, signature)
    if isinstance(tree, sp.Pow):
        return is_visibly_positive(tree.base, signature)
    if isinstance(tree, sp.Add | sp.Mul):
        return all(is_visibly_positive(part, signature) for part in tree.args)
    return False
