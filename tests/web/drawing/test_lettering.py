"""How wide a text is, and as much of it as has room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from api.web.drawing.lettering import fitted, width_of


def test_width_grows_with_letters_and_size():
    assert width_of("", 12) == 0
    assert width_of("ill", 12) < width_of("mmm", 12)
    assert width_of("Acme", 24) == 2 * width_of("Acme", 12)
    assert width_of("東京", 12) > width_of("To", 12)


@given(st.text(max_size=60), st.floats(0, 300))
def test_what_is_fitted_has_room(text, room):
    assert width_of(fitted(text, 12.5, room), 12.5) <= max(room, 0) + 1e-6


def test_a_text_is_cut_between_words_and_says_so():
    title = "Acme's board removes its chief executive"
    assert fitted(title, 12.5, 400) == title
    assert fitted(title, 12.5, 150) == "Acme's board removes…"
    assert fitted(title, 12.5, 15) == "", "hardly a letter has room"
