"""Exercises of notebook 06: what survives a hundred steps?"""

import numpy as np

from lstm_helpers.exercises.engine.exercise import Exercise, Mistake


def jacobian_probes(rng):
    return [(np.tanh(rng.normal(size=H)), rng.normal(size=(H, H))) for H in (3, 5)]


def rnn_jacobian(h_t, W_h):
    return W_h * (1 - h_t**2)


def jacobian_by_diagonal(h_t, W_h):
    return W_h @ np.diag(1 - h_t**2)


def jacobian_by_loop(h_t, W_h):
    J = np.zeros_like(W_h)
    for i in range(len(h_t)):
        for j in range(len(h_t)):
            J[i, j] = W_h[i, j] * (1 - h_t[j] ** 2)
    return J


JACOBIAN = Exercise(
    id="06.1",
    title="The slope of one step",
    task="Return ∂h_t/∂h_{t-1}, (H, H): entry [i, j] is the slope of h_t[j] with "
         "respect to h_{t-1}[i].",
    minutes=6,
    kind="implement",
    hints=(
        "Two links: h_{t-1} enters the sum a_t through `W_h`, and a_t becomes h_t "
        "through tanh. Multiply their slopes. Which unit's tanh does column j of `W_h` "
        "lead to?",
        "∂a_t[j]/∂h_{t-1}[i] = W_h[i, j], and the slope of tanh at unit j is "
        "1 - h_t[j]².",
    ),
    solution=rnn_jacobian,
    explanation="Column j of `W_h` leads into unit j, whose tanh has the slope "
    "1 - h_t[j]². A row (H,) multiplies the columns of an (H, H) array, so "
    "`W_h * (1 - h_t**2)` does just that.",
    returns=("J",),
    probes=jacobian_probes,
    others=(jacobian_by_diagonal, jacobian_by_loop),
    mistakes=(
        Mistake(lambda h_t, W_h: W_h, "That is the slope of the sum a_t alone. Between "
                "a_t and h_t stands tanh, and its slope is a factor too."),
        Mistake(lambda h_t, W_h: W_h * (1 - h_t**2)[:, None], "The slopes of tanh "
                "multiply the *rows* of `W_h`. With row vectors unit j is column j: "
                "the diagonal stands on the right."),
        Mistake(lambda h_t, W_h: (W_h * (1 - h_t**2)).T, "This is the transpose: entry "
                "[i, j] has to be the slope of h_t[j] with respect to h_{t-1}[i]."),
        Mistake(lambda h_t, W_h: W_h * (1 - np.tanh(h_t) ** 2), "h_t has been through "
                "tanh already; the slope is 1 - h_t², without another tanh."),
        Mistake(lambda h_t, W_h: W_h * (1 - h_t), "The slope of tanh is 1 - tanh², so "
                "h_t has to be squared."),
        Mistake(lambda h_t, W_h: W_h * h_t * (1 - h_t), "h(1 - h) is the slope of σ. "
                "For tanh it is 1 - h²."),
        Mistake(lambda h_t, W_h: np.diag(1 - h_t**2), "That is the slope of tanh "
                "alone. h_{t-1} reaches the sum through `W_h`."),
        Mistake(lambda h_t, W_h: W_h * np.diag(1 - h_t**2), "`*` with a diagonal "
                "matrix wipes out all entries beside the diagonal. Multiply by the row "
                "`1 - h_t**2`, or use `@`."),
    ),
)


def product_probes(rng):
    return [([rng.normal(size=(H, H)) for _ in range(T)],) for H, T in ((3, 4), (2, 6))]


def left(jacobians):
    change, norms = np.eye(len(jacobians[0])), []
    for J in jacobians:
        change = change @ J
        norms.append(np.linalg.norm(change) / np.sqrt(len(J)))
    return np.array(norms)


def left_by_reduce(jacobians):
    norms = []
    for t in range(1, len(jacobians) + 1):
        product = jacobians[0]
        for J in jacobians[1:t]:
            product = np.matmul(product, J)
        norms.append(np.sqrt(np.sum(product**2) / len(product)))
    return norms


def left_by_rows(jacobians):
    H = len(jacobians[0])
    rows, norms = list(np.eye(H)), []
    for J in jacobians:
        rows = [row @ J for row in rows]
        norms.append(np.sqrt(sum((row**2).sum() for row in rows) / H))
    return np.array(norms)


def left_wrong_side(jacobians):
    change, norms = np.eye(len(jacobians[0])), []
    for J in jacobians:
        change = J @ change
        norms.append(np.linalg.norm(change) / np.sqrt(len(J)))
    return np.array(norms)


def left_elementwise(jacobians):
    change, norms = np.eye(len(jacobians[0])), []
    for J in jacobians:
        change = change * J
        norms.append(np.linalg.norm(change) / np.sqrt(len(J)))
    return np.array(norms)


def left_of_norms(jacobians):
    return np.cumprod([np.linalg.norm(J) / np.sqrt(len(J)) for J in jacobians])


def left_backwards(jacobians):
    return left(jacobians[::-1])


def left_single(jacobians):
    return np.array([np.linalg.norm(J) / np.sqrt(len(J)) for J in jacobians])


PRODUCT = Exercise(
    id="06.2",
    title="Find the fault: a product that looks right",
    task="The function follows a change of h_0 through all steps. Its curve looks "
         "plausible, and one line is wrong. Repair it.",
    minutes=6,
    kind="break",
    hints=(
        "Write down two steps with row vectors: dh_1 = dh_0 J_1, and dh_2 = dh_1 J_2. "
        "On which side does the newest factor stand?",
        "After t steps the change is dh_0 J_1 J_2 … J_t, so `change = change @ J`.",
    ),
    solution=left,
    explanation="A row passes the factors from left to right, so the newest stands at "
    "the right end. The other order multiplies the steps as if time ran backwards; the "
    "norms have the same size, which is why no curve shows it.",
    returns=("norms",),
    probes=product_probes,
    others=(left_by_reduce, left_by_rows),
    mistakes=(
        Mistake(left_wrong_side, "The newest factor still stands on the left. With row "
                "vectors dh_2 = dh_0 J_1 J_2: it goes to the right end."),
        Mistake(left_elementwise, "`*` multiplies entry by entry. Going through two "
                "steps adds up over all paths: that is `@`."),
        Mistake(left_of_norms, "You multiplied the norms. The norm of a product can be "
                "much smaller than the product of norms: different steps stretch "
                "different directions."),
        Mistake(left_backwards, "The list is gone through from its end. The first "
                "factor to meet the change is the first in the list."),
        Mistake(left_single, "These are the norms of the single factors. The change "
                "has to be carried from step to step."),
    ),
)

RADIUS = Exercise(
    id="06.3",
    title="A radius of exactly 1",
    task="Does a change of h_0 survive 100 steps if `W_h` is a rotation?",
    minutes=4,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "Each step has two factors, `W_h` and the slopes of tanh. Which of them keeps "
        "lengths, and when is the other near 1?",
        "1 - h² is near 1 only where h is near 0. How large is h when the inputs are "
        "drawn from a normal distribution, and how large when they are a hundredth of "
        "that?",
    ),
    solution="c",
    explanation="The rotation keeps lengths, tanh does not: with ordinary inputs its "
    "slopes are well below 1 on average, and a hundred of them leave a billionth or "
    "less. With tiny inputs h stays near 0, the slopes near 1, and the change "
    "survives. A radius says half of the truth.",
    mistakes=(
        Mistake("a", "That would be so without tanh. Its slope 1 - h² is below 1 "
                     "wherever h is not 0, and it is a factor at every step."),
        Mistake("b", "The slope of tanh reaches 1 at h = 0. With inputs a hundredth "
                     "the size h stays so near 0 that most of the change survives."),
        Mistake("d", "For growth some factor has to be above 1; a rotation has the "
                     "factor 1, and tanh none above 1."),
    ),
)

HALF = Exercise(
    id="06.4",
    title="The half-life of a forget bias of 1",
    task="Every other number entering the forget gate is 0. After how many steps is "
         "half of the cell state left?",
    minutes=5,
    kind="predict",
    hints=(
        "First the gate: f = σ(1). Then: f multiplied by itself how many times makes "
        "½?",
        "f^n = ½ means n = log ½ / log f.",
    ),
    solution=np.log(0.5) / np.log(1 / (1 + np.exp(-1.0))),
    formula=lambda b=1.0, left=0.5: np.log(left) / np.log(1 / (1 + np.exp(-b))),
    rtol=2e-2,
    explanation="f = σ(1) = 0.73, and log ½ / log 0.73 = 2.21: the bias that libraries "
    "set halves the belt every 2.2 steps. It is better than a bias of 0, which halves "
    "it at every step, and far from a hundred.",
    mistakes=(
        Mistake(float("inf"), "A bias of 1 is not a gate of 1: σ(1) = 0.73, and 0.73 "
                "is lost in a few steps."),
        Mistake(1 / (1 + np.exp(-1.0)), "0.73 is the gate f: what is left after *one* "
                "step. Asked is the number of steps until ½."),
        Mistake(1 / (1 - 1 / (1 + np.exp(-1.0))), "1 / (1 - f) is the time after which "
                "1/e is left, roughly. Half is reached sooner."),
        Mistake(1.0, "One step leaves σ(1) = 0.73, still more than half. A bias of 0 "
                "would halve it at every step."),
        Mistake(np.log(2.0), "log 2 is missing its divisor, -log f."),
        Mistake(0.5 / (1 - 1 / (1 + np.exp(-1.0))), "The gate takes a share of what is "
                "*left*, not the same amount each time: the fall is geometric."),
        Mistake(3.0, "After 2 steps 0.53 is left, after 3 only 0.39. Give the number "
                "with a digit behind the point: log ½ / log f."),
        Mistake(2.0, "After 2 steps 0.53 is left. Give the number with a digit behind "
                "the point: log ½ / log f."),
    ),
)


def chrono_probes(rng):
    return [(rng.uniform(1, T - 1, H),) for H, T in ((4, 100), (3, 12))]


def chrono(u):
    b_f = np.log(u)
    return np.concatenate([-b_f, b_f, np.zeros(2 * len(u))])


def chrono_by_blocks(u):
    H = len(u)
    b = np.zeros(4 * H)
    b[:H] -= np.log(u)
    b[H : 2 * H] += np.log(u)
    return b


def chrono_by_gates(u):
    f = u / (1 + u)  # the gate whose bias is log u
    bias = np.log(f / (1 - f))
    return np.hstack([-bias, bias, 0 * u, 0 * u])


CHRONO = Exercise(
    id="06.5",
    title="Gates for memories of many lengths",
    task="Given one duration u per unit, return the four blocks of biases, (4H,).",
    minutes=6,
    kind="implement",
    hints=(
        "Which bias makes a gate that keeps for about u steps? It grows slowly: ten "
        "times as long costs only 2.3 more. And what should the input gate do in a "
        "unit that keeps for long?",
        "b_f = log u, b_i = -log u, the other two blocks 0, in the order i, f, g, o.",
    ),
    solution=chrono,
    explanation="With b_f = log u the gate is u / (1 + u), a memory of about u steps. "
    "The input gate gets the opposite, 1 / (1 + u): a unit that keeps for long takes "
    "in little at a time, or it would overflow.",
    returns=("b",),
    probes=chrono_probes,
    others=(chrono_by_blocks, chrono_by_gates),
    mistakes=(
        Mistake(lambda u: np.concatenate([-u, u, 0 * u, 0 * u]), "A bias of u pins the "
                "gate: σ(50) is 1 to the last bit. The bias grows like log u."),
        Mistake(lambda u: np.concatenate([np.log(u), -np.log(u), 0 * u, 0 * u]),
                "The signs are exchanged: this forgets fast and takes in everything. "
                "Block 0 is i, block 1 is f."),
        Mistake(lambda u: np.concatenate([np.log(u), np.log(u), 0 * u, 0 * u]), "The "
                "input gate gets the *opposite* of the forget gate: what keeps for "
                "long must take in little."),
        Mistake(lambda u: np.concatenate([0 * u, np.log(u), 0 * u, 0 * u]), "The input "
                "gate's block is still 0. It gets -log u, so that a long memory does "
                "not overflow."),
        Mistake(lambda u: np.concatenate([np.log(u), 0 * u, 0 * u, 0 * u]), "log u "
                "stands in block 0, the input gate. The order is i, f, g, o."),
        Mistake(lambda u: np.concatenate([-np.log10(u), np.log10(u), 0 * u, 0 * u]),
                "The logarithm is the natural one, `np.log`: it undoes the e in σ."),
        Mistake(lambda u: np.concatenate([-np.log(u), np.log(u), -np.log(u), np.log(u)]
                                         ), "Only the first two blocks get a bias; "
                "candidate and output gate stay at 0."),
        Mistake(lambda u: np.stack([-np.log(u), np.log(u), 0 * u, 0 * u]), "The four "
                "blocks stand below each other, (4, H). Wanted is one row, (4H,)."),
    ),
)


def clip_probes(rng):
    found = []
    for scale, most in ((3.0, 1.0), (0.01, 1.0), (40.0, 0.5), (1.0, 2.0)):
        grads = {"W": scale * rng.normal(size=(2, 3)), "b": scale * rng.normal(size=4)}
        found.append((grads, most))
    return found


def clip_by_norm(grads, most):
    norm = np.sqrt(sum((dz**2).sum() for dz in grads.values()))
    scale = min(1, most / norm)
    return {name: scale * dz for name, dz in grads.items()}


def clip_with_if(grads, most):
    flat = np.concatenate([dz.ravel() for dz in grads.values()])
    norm = np.linalg.norm(flat)
    if norm <= most:
        return grads
    return {name: dz / norm * most for name, dz in grads.items()}


def clip_in_a_loop(grads, most):
    total = 0.0
    for dz in grads.values():
        total += np.linalg.norm(dz) ** 2
    out = {}
    for name in grads:
        out[name] = grads[name] * (most / total**0.5 if total > most**2 else 1.0)
    return out


def norm_of(grads):
    return np.sqrt(sum((dz**2).sum() for dz in grads.values()))


CLIP = Exercise(
    id="06.6",
    title="Clip by the norm",
    task="Return the gradients, shortened to the norm `most` if they are longer.",
    minutes=8,
    kind="implement",
    hints=(
        "One number decides: the length of all gradients together, as if they were "
        "one long vector. Which factor makes it `most`, and when must it stay 1?",
        "norm = √(Σ over all arrays of Σ dz²); multiply every array by "
        "min(1, most / norm).",
    ),
    solution=clip_by_norm,
    explanation="All arrays are shortened by one and the same factor, so the step "
    "keeps its direction; gradients below the limit are left alone.",
    returns=("clipped",),
    probes=clip_probes,
    others=(clip_with_if, clip_in_a_loop),
    mistakes=(
        Mistake(lambda grads, most: {name: np.clip(dz, -most, most)
                                     for name, dz in grads.items()},
                "You clipped every number by itself: large ones shrink, small ones "
                "stay, and the step points somewhere else. One factor for all."),
        Mistake(lambda grads, most: {name: dz * most / norm_of(grads)
                                     for name, dz in grads.items()},
                "Short gradients are *stretched* to `most`. Only what is longer than "
                "that may be scaled."),
        Mistake(lambda grads, most: {name: dz * min(1, most / np.linalg.norm(dz))
                                     for name, dz in grads.items()},
                "Each array is measured by itself, so they shrink by different factors "
                "and the direction changes. One norm over all."),
        Mistake(lambda grads, most: {name: dz * min(1, most / norm_of(grads) ** 2)
                                     for name, dz in grads.items()},
                "The norm is the *root* of the sum of squares; here the sum itself is "
                "the divisor."),
        Mistake(lambda grads, most: {name: dz / max(1, norm_of(grads))
                                     for name, dz in grads.items()},
                "What is too long gets the norm 1. It should get the norm `most`."),
        Mistake(lambda grads, most: {name: dz * min(1, most / sum(
            np.abs(z).sum() for z in grads.values())) for name, dz in grads.items()},
                "That is the sum of absolute values. The norm is the root of the sum "
                "of squares."),
        Mistake(lambda grads, most: {name: dz * min(1, most / max(
            np.abs(z).max() for z in grads.values())) for name, dz in grads.items()},
                "You compared the largest single number. The norm takes all of them "
                "together."),
        Mistake(lambda grads, most: {name: dz * min(1, most)
                                     for name, dz in grads.items()},
                "`most` itself is the factor here. It is the length the gradients may "
                "have: divide by their norm."),
    ),
)

EXERCISES = [JACOBIAN, PRODUCT, RADIUS, HALF, CHRONO, CLIP]
