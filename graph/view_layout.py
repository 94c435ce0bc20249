"""Positions for the nodes of a picture, the same for the same graph."""

from __future__ import annotations

import math
import random
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import igraph

__all__ = ["Layout", "lay_out"]

Position: TypeAlias = tuple[float, float]
_SPACING = 62.0
_ROOM = 6.0
_DRAWN_IN = 0.75
_ASPECT = 1.5
_WITHIN, _ACROSS = 1.0, 0.1
_GRID_FROM = 1000


@dataclass(frozen=True, slots=True)
class Layout:
    """For each node its position in pixels, y downwards, and the number of its cluster, 0 the largest."""

    positions: tuple[tuple[int, int], ...]
    clusters: tuple[int, ...]


def lay_out(count: int, pairs: Sequence[tuple[int, int]], radii: Sequence[float]) -> Layout:
    """Place ``count`` nodes, joined by ``pairs`` of their indices, so that clusters stand apart.

    Each component is placed by the algorithm of Fruchterman and Reingold (1991), with edges inside a cluster of
    the Louvain method (Blondel et al. 2008) pulling harder; then nodes that overlap by their ``radii`` are pushed
    apart, and the components packed in rows, largest first. Takes O(n + m) a step from 1,000 nodes on, by a grid.

    >>> lay_out(3, [(0, 1), (1, 2)], [10, 10, 10]) == lay_out(3, [(1, 2), (0, 1)], [10, 10, 10])
    True
    """
    import igraph

    graph = igraph.Graph(count, sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}))
    with _seeded():
        clusters = _numbered(graph.community_multilevel().membership)
        parts = [_placed(graph, members, clusters, radii) for members in _components(graph)]
    positions: list[Position] = [(0.0, 0.0)] * count
    for members, part in zip(_components(graph), _packed(parts), strict=True):
        for index, position in zip(members, part, strict=True):
            positions[index] = position
    return Layout(tuple((round(x), round(y)) for x, y in positions), tuple(clusters))


@contextmanager
def _seeded() -> Iterator[None]:
    """Let igraph draw from a generator of our own, and give it back its default one."""
    import igraph

    igraph.set_random_number_generator(random.Random(0))  # noqa: S311 - a layout, no secret
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def _numbered(membership: Sequence[int]) -> list[int]:
    """Give the clusters numbers by size, then by their first node."""
    members: dict[int, list[int]] = defaultdict(list)
    for index, cluster in enumerate(membership):
        members[cluster].append(index)
    ordered = sorted(members.values(), key=lambda group: (-len(group), group[0]))
    number = {index: rank for rank, group in enumerate(ordered) for index in group}
    return [number[index] for index in range(len(membership))]


def _components(graph: igraph.Graph) -> list[list[int]]:
    return sorted((sorted(part) for part in graph.connected_components()), key=lambda part: (-len(part), part[0]))


def _placed(graph: igraph.Graph, members: list[int], clusters: Sequence[int], radii: Sequence[float]) -> list[Position]:
    part = graph.induced_subgraph(members)
    cluster = [clusters[index] for index in members]
    weights = [_WITHIN if cluster[edge.source] == cluster[edge.target] else _ACROSS for edge in part.es]
    layout = part.layout_fruchterman_reingold(
        weights=weights,
        seed=_spiral(cluster),
        niter=500 if len(members) < _GRID_FROM else 300,
        grid="grid" if len(members) >= _GRID_FROM else "nogrid",
    )
    own = [radii[index] for index in members]
    return _apart(_scaled(_drawn_in([(x, y) for x, y in layout]), max(_SPACING, _ROOM * sum(own) / len(own))), own)


def _spiral(cluster: Sequence[int]) -> list[Position]:
    """Start from a sunflower spiral, cluster after cluster: no two nodes at one place."""
    order = sorted(range(len(cluster)), key=lambda index: (cluster[index], index))
    positions: list[Position] = [(0.0, 0.0)] * len(cluster)
    for step, index in enumerate(order):
        radius, angle = math.sqrt(step + 0.5), step * math.pi * (3 - math.sqrt(5))
        positions[index] = radius * math.cos(angle), radius * math.sin(angle)
    return positions


def _drawn_in(positions: list[Position]) -> list[Position]:
    """Take far nodes nearer to the middle, by the power `_DRAWN_IN` of their distance, and so give the middle room."""
    xs, ys = (statistics.median(axis) for axis in zip(*positions, strict=True))
    factors = [(math.hypot(x - xs, y - ys) or 1.0) ** (_DRAWN_IN - 1) for x, y in positions]
    return [((x - xs) * factor, (y - ys) * factor) for (x, y), factor in zip(positions, factors, strict=True)]


def _scaled(positions: list[Position], spacing: float) -> list[Position]:
    """Lay the longer axis flat, stretch towards `_ASPECT`, give each node a square of ``spacing`` on average."""
    if len(positions) < 2:
        return positions
    xs, ys = zip(*positions, strict=True)
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if width < height:
        positions, width, height = [(y, x) for x, y in positions], height, width
    stretch = min(max(_ASPECT * height / max(width, 1e-9), 1.0), 1.5)
    scale = spacing * math.sqrt(len(positions) / max(stretch * width * height, 1e-9))
    scale = min(scale, 3 * spacing * len(positions) / max(stretch * width, 1e-9))
    return [(x * scale * stretch, y * scale) for x, y in positions]


def _apart(positions: list[Position], radii: Sequence[float], rounds: int = 30, gap: float = 10.0) -> list[Position]:
    """Push overlapping nodes apart, half the overlap each a round; each looks for those no larger than itself.

    Near nodes are found on a grid whose cell is the diameter of the smallest.
    """
    cell = 2 * min(radii) + gap
    points = [list(position) for position in positions]
    for _ in range(rounds):
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index, (x, y) in enumerate(points):
            cells[int(x // cell), int(y // cell)].append(index)
        moved = False
        for (column, row), here in list(cells.items()):
            for first in here:
                steps = range(
                    -math.ceil((2 * radii[first] + gap) / cell), math.ceil((2 * radii[first] + gap) / cell) + 1
                )
                for second in [i for dx in steps for dy in steps for i in cells.get((column + dx, row + dy), ())]:
                    if (radii[second], second) < (radii[first], first):
                        moved |= _push(points, first, second, radii[first] + radii[second] + gap)
        if not moved:
            break
    return [(x, y) for x, y in points]


def _push(points: list[list[float]], first: int, second: int, least: float) -> bool:
    dx, dy = points[second][0] - points[first][0], points[second][1] - points[first][1]
    distance = math.hypot(dx, dy)
    if distance >= least:
        return False
    dx, dy = (dx / distance, dy / distance) if distance > 1e-6 else (1.0, 0.0)
    step = (least - distance) / 2
    points[first][0] -= dx * step
    points[first][1] -= dy * step
    points[second][0] += dx * step
    points[second][1] += dy * step
    return True


def _packed(parts: list[list[Position]]) -> list[list[Position]]:
    """Pack the parts in rows: the first alone sets the width, or the total area does where that is wider."""
    sizes = [_size(part) for part in parts]
    margin = 2 * _SPACING
    area = sum((width + margin) * (height + margin) for width, height in sizes)
    row_width = max([math.sqrt(area * _ASPECT), *(width + margin for width, _ in sizes)], default=0.0)
    packed, x, y, row_height = [], 0.0, 0.0, 0.0
    for part, (width, height) in zip(parts, sizes, strict=True):
        if x > 0 and x + width > row_width:
            x, y, row_height = 0.0, y + row_height + margin, 0.0
        left, top = min(px for px, _ in part), min(py for _, py in part)
        packed.append([(px - left + x, py - top + y) for px, py in part])
        x, row_height = x + width + margin, max(row_height, height)
    return packed


def _size(part: list[Position]) -> tuple[float, float]:
    xs, ys = zip(*part, strict=True)
    return max(xs) - min(xs), max(ys) - min(ys)
