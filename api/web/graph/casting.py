"""Who plays which part in the drawing: poles, the crown above them, who stands around, who is a row of a list. Pure.

Most parties of a relationship are related to one other party and to nobody else. Each of them would be one more box
with one more line. Here they are *leaves*: rows of a list, which hangs on that party or is headed by it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.web.graph.bundles import Bundle, neighbours


@dataclass(frozen=True, slots=True)
class Company:
    """Of whom a graph tells: the names of all, the relationship itself with its parties, the focus or an empty text."""

    names: Mapping[str, str]
    timeline: str
    parties: tuple[str, ...]
    focus: str = ""

    def name(self, party: str) -> str:
        """The name of a party, or its slug where it has none."""
        return self.names.get(party, party)


class Casting:
    """The parts that everybody plays, by slug.

    `near` tells with whom each is related or joined, `between` which bundles two share (in the order of their slugs),
    `joined` the relationship itself with each of its parties. `poles` are the one or two around whom all is drawn,
    `crown` is the relationship itself where it stands above two of them, else empty. `leaves` tells of each leaf to
    whom it belongs; `others` have a box of their own, as the poles and the crown do.
    """

    def __init__(self, bundles: Sequence[Bundle], company: Company) -> None:
        self.near = neighbours(bundles)
        timeline = company.timeline
        here = [party for party in company.parties if party in self.near]
        self.joined = [(timeline, party) for party in here if timeline in self.near]
        for one, other in self.joined:
            self.near[one].add(other)
            self.near[other].add(one)
        self.between = defaultdict[tuple[str, str], list[Bundle]](list)
        for bundle in bundles:
            self.between[bundle.one, bundle.other].append(bundle)
        self.poles = self._poles(company.focus, here)
        is_above = timeline in self.near and len(self.poles) == 2 and timeline not in self.poles
        self.crown = timeline if is_above else ""
        self.centres = frozenset({*self.poles, self.crown} - {""})
        self.leaves = self._leaves()
        self.boxes = tuple(sorted(self.near.keys() - self.leaves.keys()))

    def of(self, party: str, other: str) -> Sequence[Bundle]:
        """What relates two parties."""
        one, two = sorted((party, other))
        return self.between.get((one, two), ())

    def parts(self) -> list[tuple[list[str], tuple[str, ...]]]:
        """The boxes that hang together, with their poles: those around the centres first, then the largest part."""
        left, starts = set(self.boxes), [sorted(self.centres)]
        parts = list[tuple[list[str], tuple[str, ...]]]()
        while left:
            reached = starts.pop() if starts else [min(left)]
            left.difference_update(reached)
            for one in reached:
                beside = sorted(self.near[one] & left)
                left.difference_update(beside)
                reached.extend(beside)
            poles = self.poles if self.poles[0] in reached else self._most(reached)
            parts.append((reached, poles))
        return [*parts[:1], *sorted(parts[1:], key=lambda part: (-len(part[0]), part[1]))]

    def behind(self, poles: Collection[str], around: Collection[str]) -> dict[str, str]:
        """For those who are related to no pole, behind whom they stand: the first reached who is nearer to one."""
        found = dict[str, str]()
        reached = [party for party in around if not self.near[party].isdisjoint(poles)]
        seen = set(reached)
        for party in reached:
            for other in sorted(self.near[party] & set(around) - seen):
                seen.add(other)
                found[other] = party
                reached.append(other)
        return found

    def _poles(self, focus: str, parties: Sequence[str]) -> tuple[str, ...]:
        """The focus; else the two parties of the timeline that are related to most; else whoever is."""
        if focus in self.near:
            return (focus,)
        most = sorted(parties, key=lambda party: -len(self.near[party]))[:2]
        return tuple(party for party in parties if party in most) or self._most(self.near)

    def _most(self, parties: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(parties, key=lambda party: (-len(self.near[party]), party))[:1])

    def _leaves(self) -> dict[str, str]:
        """Those who are related to one party only; of two who have but each other, the one whom the other is about."""
        found = dict[str, str]()
        for party in sorted(self.near):
            (centre, *others) = sorted(self.near[party])
            if others or party in self.centres or centre in found:
                continue
            is_pair = len(self.near[centre]) == 1 and centre not in self.centres
            if not is_pair or any(one.leads_to(party) for one in self.of(party, centre)):
                found[party] = centre
        return {party: centre for party, centre in found.items() if self._is_row(party, centre, found)}

    def _is_row(self, party: str, centre: str, found: Mapping[str, str]) -> bool:
        """Whether a leaf is a row: on a pole it is only among others of a kind, else it has a box with more words."""
        if centre not in self.poles:
            return True
        others = [other for other, to in found.items() if to == centre and other != party]
        kinds = {bundle.section for other in others for bundle in self.of(other, centre)}
        return any(bundle.section in kinds for bundle in self.of(party, centre))
