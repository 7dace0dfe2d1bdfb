"""How each kind of relation looks: it has a colour and a shape of its own, so that nothing depends on colour.

The kinds are the sections of the vocabulary, in its order: a section looks the same whatever is drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from timeline.vocabulary import Vocabulary

_SHAPES: Final = (
    "M0-4.6a4.6 4.6 0 1 0 .01 0z",
    "M-4.200-4.200h8.400v8.400h-8.400z",
    "M0-5.600L5.600 0 0 5.600-5.600 0z",
    "M0-5.200L5.200 4.200h-10.400z",
    "M0 5.200L5.200-4.200h-10.400z",
    "M-1.700-5h3.400v3.300h3.300v3.400h-3.300v3.300h-3.400v-3.300h-3.300v-3.400h3.300z",
    "M-2.900-5h5.800l2.900 5-2.900 5h-5.800l-2.900-5z",
    "M-3.600-5.600L0-2 3.600-5.600 5.600-3.600 2 0 5.600 3.600 3.600 5.600 0 2-3.600 5.600-5.600 3.600-2 0z",
)
"""A circle, a square, a diamond, two triangles, a plus, a hexagon, a cross, each about 10 pixels wide."""


@dataclass(frozen=True, slots=True)
class Look:
    """The title of a kind, the number of its colour and the path of its shape, which is full or hollow."""

    section: str
    title: str
    colour: int
    shape: str
    is_hollow: bool


def looks_of(vocabulary: Vocabulary) -> Mapping[str, Look]:
    """The look of each section, by its name."""
    few = len(_SHAPES)
    return {
        section.name: Look(section.name, section.title, place % few, _SHAPES[place % few], place // few % 2 == 1)
        for place, section in enumerate(vocabulary.sections)
    }
