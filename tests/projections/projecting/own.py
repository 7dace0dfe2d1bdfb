"""Projections as somebody might write them, well and badly."""

from __future__ import annotations

from typing import Any

from projections import Projection


class Counting(Projection):
    """How many events of each type there were."""

    def _count(self, state: Any, event: Any) -> None:
        state[event.name] = state.get(event.name, 0) + 1

    on_timeline_opened = on_timeline_described = on_entity_described = _count
    on_development_recorded = on_development_corrected = on_development_retracted = _count
    on_source_added = on_standing_changed = _count


class Leaders(Projection):
    """Everybody who was chief executive, in the order of the clock."""

    title = "Who led"

    def initial(self) -> Any:
        return []

    def on_fact_began(self, state, fact, moment):
        return [*state, f"+{fact.value['id']}"] if fact.attribute == "chief_executive" else None

    def on_fact_changed(self, state, before, after, moment):
        if before.value != after.value:
            state.append(f"{before.value.get('id')}>{after.value.get('id')} {moment.cause.value}")

    def on_fact_ended(self, state, fact, moment):
        state.append(f"-{fact.attribute} {moment.cause.value}")


class LeadersInTime(Leaders):
    """The same, as things happened."""

    clock = "at"


class LeadersAsLearned(Leaders):
    """The same, as the world learned."""

    clock = "known"


class Mixed(Projection):
    """Cares for events and for facts."""

    def initial(self) -> Any:
        return {"events": [], "facts": []}

    def on_development_recorded(self, state, event):
        state["events"].append(event.development)

    def on_fact_began(self, state, fact, moment):
        state["facts"].append([fact.text, len(state["events"])])

    def on_fact_ended(self, state, fact, moment):
        state["facts"].append([fact.text, -len(state["events"])])


class Fragile(Projection):
    """Raises at one development."""

    def initial(self) -> Any:
        return []

    def on_development_recorded(self, state, event):
        state.append(event.development)
        if event.development == "bad":
            raise RuntimeError("this one is too much")


class Quitting(Projection):
    """Would end the whole program."""

    def on_development_recorded(self, state, event):
        raise SystemExit(3)


class Unwritable(Projection):
    """Keeps what is no JSON."""

    def on_development_recorded(self, state, event):
        state["seen"] = {event.development}


class Forgetful(Projection):
    """Keeps what is another thing after it was written and read."""

    def on_development_recorded(self, state, event):
        state[event.position] = (event.development,)
