"""From a page's own units to pt: the matrices of a page's content (ISO 32000-1, 8.3.3)."""

from typing import Any

#: a, b, c, d, e and f.
Matrix = tuple[float, ...]


def follow(operator: str, operands: Any, stack: list[Matrix]) -> None:
    """Keep track of the matrix from the page's units to pt."""
    if operator == "q":
        stack.append(stack[-1])
    elif operator == "Q":
        stack.pop()
    elif operator == "cm":
        stack[-1] = times(tuple(map(float, operands)), stack[-1])


def times(one: Matrix, other: Matrix) -> Matrix:
    """The matrix that does first `one`, then `other` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def inverse(matrix: Matrix) -> Matrix:
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    return (
        d / area,
        -b / area,
        -c / area,
        a / area,
        (c * f - d * e) / area,
        (b * e - a * f) / area,
    )
