"""Conditions that nobody tells us about: asked for again and again, until a deadline."""

import time
from typing import Callable, TypeVar

Answer = TypeVar("Answer")


def until(condition: Callable[[], Answer], what: str, seconds: float = 20) -> Answer:
    """The first answer of `condition` that counts as true.

    :raises AssertionError: when there is none before the deadline.
    """
    deadline = time.monotonic() + seconds
    while True:
        if answer := condition():
            return answer
        assert time.monotonic() < deadline, f"waited {seconds} s in vain: {what}"
        time.sleep(0.02)
