import math
import random

import igraph

from citegraph.graph.view_layout import lay_out


def cliques(count, size):
    """Cliques of this size, each joined to the next by one edge."""
    pairs = [(c * size + i, c * size + j) for c in range(count) for i in range(size) for j in range(i)]
    return pairs + [(c * size, (c + 1) * size) for c in range(count - 1)]


def test_the_same_graph_has_the_same_layout_whatever_came_before():
    first = lay_out(40, cliques(4, 10), [8.0] * 40)
    random.random()
    igraph.Graph.Erdos_Renyi(50, 0.2).layout_random()
    assert lay_out(40, list(reversed(cliques(4, 10))), [8.0] * 40) == first


def test_igraph_draws_from_its_usual_generator_afterwards():
    lay_out(10, cliques(1, 10), [8.0] * 10)
    random.seed(5)
    first = igraph.Graph.Erdos_Renyi(20, 0.5).get_edgelist()
    random.seed(5)
    assert igraph.Graph.Erdos_Renyi(20, 0.5).get_edgelist() == first


def test_nodes_do_not_overlap():
    radii = [8.0 + index % 20 for index in range(60)]
    positions = lay_out(60, cliques(6, 10), radii).positions
    gaps = [math.dist(positions[i], positions[j]) - radii[i] - radii[j] for i in range(60) for j in range(i)]
    assert min(gaps) > 0


def test_densely_joined_nodes_are_one_cluster():
    assert lay_out(30, cliques(3, 10), [8.0] * 30).clusters == (0,) * 10 + (1,) * 10 + (2,) * 10


def test_components_do_not_overlap():
    positions = lay_out(20, [pair for pair in cliques(2, 10) if pair != (0, 10)], [8.0] * 20).positions
    first, second = positions[:10], positions[10:]
    assert max(x for x, _ in first) < min(x for x, _ in second) or max(y for _, y in first) < min(y for _, y in second)


def test_a_picture_is_wider_than_high():
    positions = lay_out(60, cliques(6, 10), [8.0] * 60).positions
    width, height = (max(axis) - min(axis) for axis in zip(*positions, strict=True))
    assert width > height


def test_nodes_without_edges_each_have_a_place():
    assert len(set(lay_out(5, [], [8.0] * 5).positions)) == 5


def test_no_nodes_have_no_layout():
    assert lay_out(0, [], []).positions == ()
