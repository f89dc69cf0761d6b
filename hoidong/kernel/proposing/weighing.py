"""How loud each voice speaks: a conditional logit over labels, a few weights for all labels and one bias for each label."""

import numpy as np

PULL = 1.0  # how hard weights are held to what they were before learning
PULL_OF_BIAS = 3.0
STEPS = 60
MEMORY = 8


def shares(signals, weights, bias):
    """The share of each label, for rows × labels × signals."""
    spoken = signals @ weights + bias
    spoken = np.exp(spoken - spoken.max(axis=-1, keepdims=True, initial=-np.inf))
    return spoken / spoken.sum(axis=-1, keepdims=True)


def fit(signals, labels, before):
    """Weights and biases that make the decisions likely. `before`: the weights to stay near to without good reason."""
    rows, label_count, width = signals.shape
    start = np.concatenate([before, np.zeros(label_count)])
    pull = np.concatenate([np.full(width, PULL), np.full(label_count, PULL_OF_BIAS)])

    def loss(point):
        found = shares(signals, point[:width], point[width:])
        chance = found[np.arange(rows), labels]
        cost = -np.log(chance + 1e-12).sum() + (pull * (point - start) ** 2).sum() / 2
        found[np.arange(rows), labels] -= 1
        slope = np.concatenate([np.tensordot(found, signals, axes=([0, 1], [0, 1])), found.sum(axis=0)])
        return cost, slope + pull * (point - start)

    point = _lowest(loss, start)
    return point[:width], point[width:]


def _lowest(loss, point):
    """L-BFGS: the point where a convex loss is lowest."""
    cost, slope = loss(point)
    moves, turns = [], []
    for _step in range(STEPS):
        direction = -_turned(slope, moves, turns)
        length, fall = (1.0 if moves else 1.0 / max(1.0, np.abs(slope).sum())), float(slope @ direction)
        while length > 1e-10:
            reached, turned = loss(point + length * direction)
            if reached <= cost + 1e-4 * length * fall:
                break
            length /= 2
        else:
            break
        move, turn = length * direction, turned - slope
        if move @ turn > 1e-12:
            moves, turns = [*moves, move][-MEMORY:], [*turns, turn][-MEMORY:]
        done = cost - reached < 1e-7 * max(1.0, abs(cost))
        point, cost, slope = point + move, reached, turned
        if done:
            break
    return point


def _turned(slope, moves, turns):
    """The slope times the guessed inverse of the curvature (two-loop recursion)."""
    direction, shrunk = slope.copy(), []
    for move, turn in zip(reversed(moves), reversed(turns), strict=True):
        factor = (move @ direction) / (move @ turn)
        direction -= factor * turn
        shrunk.append(factor)
    if moves:
        direction *= (moves[-1] @ turns[-1]) / (turns[-1] @ turns[-1])
    for move, turn, factor in zip(moves, turns, reversed(shrunk), strict=True):
        direction += move * (factor - (turn @ direction) / (move @ turn))
    return direction
