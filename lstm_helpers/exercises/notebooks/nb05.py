"""Exercises of notebook 05: backpropagation through time.

A backward pass is lines of the chain rule, so a mistake is a line: `broken` writes it
into the right answer. The answers return every gradient on the way, by name.
"""

import functools

import numpy as np

from lstm_helpers import bptt
from lstm_helpers.exercises.engine.exercise import Exercise, Mistake
from lstm_helpers.exercises.notebooks import nb05_answers as answers
from lstm_helpers.faults import replace_line as broken

# The likeliest slips: two of them at once are recognised as well.
LIKELY = {
    "da_t = dh_t", "dW_h = da_t.T @ h_prev", "dW_h = h_t.T @ da_t", "db = da_t",
    "db = da_t.mean(axis=0)", "dh_prev = da_t @ W_h",
    "do_t = dh_t * c_t", "dc_t = dh_t * o_t * (1 - tanh_c**2)",
    "dc_t = dc_next + dh_t * o_t", "dc_t = dc_next + dh_t * tanh_c",
    "df_t = dc_t * c_t", "df_t = dc_t * f_t",
    "dg_t = dc_t * g_t", "dc_prev = dc_t", "da_g = dg_t * g_t * (1 - g_t)",
    "dW_h = (o_t * tanh_c).T @ da_t",
    "dh_t = own[:, t]", "dc_next = dc_next", 'dW_x = d["dW_x"]', 'dW_h = d["dW_h"]',
    'db = d["db"]',
}


def slip(solution, right, wrong, reason):
    """Make a mistake of one line."""
    fault = f"{right} → {wrong}" if wrong in LIKELY else ""
    return Mistake(broken(solution, right, wrong), reason, fault)


def slips_in(solution):
    """Return a function that writes several faults into a solution."""

    @functools.cache
    def faulty(*faults):
        answer = solution
        for fault in faults:
            try:
                answer = broken(answer, *fault.split(" → "))
            except ValueError:
                pass  # both in one line: the first counts
        return answer

    return faulty


DIVIDE = "gradient[k] = (above - below) / (2 * eps)"


def in_numeric(right, wrong, reason):
    return slip(answers.numeric_gradient, right, wrong, reason)


NUMERIC = Exercise(
    id="05.1",
    title="Measure a gradient",
    task="Return the centred difference for every entry of `z`, in the shape of `z`.",
    minutes=8,
    kind="implement",
    hints=(
        "One entry at a time: up by ε, run; down by ε, run; put it back where it was.",
        "`(loss(above) - loss(below)) / (2 * eps)`; `np.ndindex(z.shape)` yields the "
        "index of every entry.",
    ),
    solution=answers.numeric_gradient,
    explanation="Two runs an entry, and no calculus at all. That is why it can judge "
    "any backward pass: it does not share its mistakes.",
    returns=("the gradient",),
    probes=answers.numeric_probes,
    others=(answers.numeric_by_masks, answers.numeric_by_copies,
            answers.numeric_put_back),
    mistakes=(
        in_numeric("z[k] = middle - eps", "pass",
                   "Both runs were made at the same place, so their difference is "
                   "zero. Either the entry was not moved down before the second, or "
                   "`up` and `down` are one array under two names: `z.copy()` makes "
                   "two."),
        Mistake(
            broken(broken(answers.numeric_gradient, "z[k] = middle - eps",
                          "z[k] = middle"),
                   DIVIDE, "gradient[k] = (above - below) / eps"),
            "This is the one-sided difference, from z to z + ε. Its error shrinks with "
            "ε, that of the centred one with ε². Take z + ε and z - ε.",
        ),
        in_numeric(DIVIDE, "gradient[k] = (above - below) / eps",
                   "Twice too large: from z - ε to z + ε the distance is 2ε."),
        in_numeric(DIVIDE, "gradient[k] = (above - below) / 2 * eps",
                   "`/ 2 * eps` divides by 2 and then *multiplies* by ε: from left to "
                   "right. The distance needs brackets, `/ (2 * eps)`."),
        in_numeric("z[k] = middle - eps", "z[k] = middle",
                   "The second run was made in the middle, so the distance was ε, but "
                   "you divided by 2ε. Go down by ε *from the middle*: from above it "
                   "is two steps."),
        Mistake(
            answers.numeric_by_rows,
            "A whole row was moved at once, which gives the sum of its slopes. "
            "`np.ndindex(z.shape)` yields one entry after the other."
        ),
        in_numeric(DIVIDE, "gradient[k] = above - below",
                   "This is the difference of the losses. A slope is a difference "
                   "divided by the distance, here 2ε."),
        in_numeric(DIVIDE, "gradient[k] = (below - above) / (2 * eps)",
                   "The sign is flipped: if the loss is larger above, the slope is "
                   "positive. So it is above minus below."),
        Mistake(
            lambda loss, z, eps: np.full_like(
                z, (loss(z + eps) - loss(z - eps)) / (2 * eps)
            ),
            "All entries were moved at once, which gives one number: the sum of all "
            "slopes. Move one entry, leave the others.",
        ),
        Mistake(
            lambda loss, z, eps: (loss(z + eps) - loss(z - eps)) / (2 * eps),
            "One number came back: all entries were moved at once, so it is the sum of "
            "all slopes. Loop over the entries and move one at a time.",
        ),
        in_numeric("z[k] = middle", "pass",
                   "An entry that was moved stays moved, so each slope is measured at "
                   "another place. Put it back before the next."),
    ),
)


RULES = Exercise(
    id="05.2",
    title="Three small machines",
    task="What does each input of ×, of + and of a fork hear? Five numbers.",
    minutes=4,
    kind="predict",
    hints=(
        "Nudge one input by 0.01 and see by how much the output moves; times what the "
        "output hears. At a fork, both copies move.",
        "×: 5.01 · 3 is 0.03 more than 5 · 3, so the 5 hears 3 times as much as the "
        "output does. Do the other four likewise.",
    ),
    solution=(10.0, 6.0, 2.0, 2.0, 1.5),
    explanation="× hands on what arrives, times the *other* input. + hands everybody "
    "the same. A fork, one value read twice, adds what comes back.",
    atol=1e-6,
    mistakes=(
        Mistake((6.0, 10.0, 2.0, 2.0, 1.5),
                "At × each input got its own number. Nudge the 3: the product grows by "
                "*five* times as much. The slope by one factor is the other factor."),
        Mistake((10.0, 6.0, 1.0, 1.0, 1.5),
                "At + the 2 was divided among the two. But each of them, nudged alone, "
                "moves the sum by the whole nudge: both hear all of it."),
        Mistake((10.0, 6.0, 6.0, 10.0, 1.5),
                "At + the inputs' values do not matter: 3 + 5 grows by the nudge, "
                "whatever they are. Both hear 2."),
        Mistake((10.0, 6.0, 2.0, 2.0, -1.0),
                "At the fork the two were multiplied. A nudge moves both copies, and "
                "the two effects on L add up."),
        Mistake((10.0, 6.0, 2.0, 2.0, 2.5),
                "At the fork 2 and −0.5 became 2.5: keep the sign. One reader pulls "
                "up, the other down."),
        Mistake((10.0, 6.0, 2.0, 2.0, 0.75),
                "At the fork you took the mean. Nothing is divided: the nudge reaches "
                "L twice, and both count in full."),
        Mistake((10.0, 6.0, 2.0, 2.0, 2.0),
                "At the fork only one reader was heard. Both read the same value, so "
                "both count: add."),
        Mistake((5.0, 3.0, 1.0, 1.0, 2.0),
                "These are the slopes of the machines alone. Multiply by what arrives "
                "from the right (and at the fork add what arrives)."),
    ),
)


_S0, _S1 = 1 - np.tanh(1) ** 2, 1 - np.tanh(2 * np.tanh(1)) ** 2

TWO_STEPS = Exercise(
    id="05.3",
    title="Two steps by hand",
    task="h_{-1} = 0.5, w = 2, h_0 = tanh(w h_{-1}), h_1 = tanh(w h_0), L = h_1. "
    "What is dw?",
    minutes=6,
    kind="predict",
    hints=(
        "Walk back from h_1. w sits in two products: in step 1 its partner is h_0, in "
        "step 0 it is h_{-1}. What arrives at each of them?",
        "At a_1 arrives 1 · 0.173. One copy of w hears that times 0.762. The rest goes "
        "on, times w, times 0.420, to the other copy.",
    ),
    solution=float(_S1 * (np.tanh(1) + 2 * _S0 * 0.5)),
    formula=lambda h_prev=0.5, w=2.0: (
        (1 - np.tanh(w * np.tanh(w * h_prev)) ** 2) * np.tanh(w * h_prev)
        + (1 - np.tanh(w * np.tanh(w * h_prev)) ** 2) * w
        * (1 - np.tanh(w * h_prev) ** 2) * h_prev),
    explanation="0.132 from step 1 and 0.073 from step 0: one weight, two copies, two "
    "paths, added.",
    atol=0.002,
    rtol=0,
    mistakes=(
        Mistake(float(_S1 * np.tanh(1)),
                "This is step 1's copy of w alone. h_0 was made with w too: a second "
                "path leads through h_0 to step 0, and is to be added."),
        Mistake(float(_S1 * 2 * _S0 * 0.5),
                "This is step 0's copy of w alone. In step 1 w multiplies h_0 as well, "
                "and that path is to be added."),
        Mistake(float(np.tanh(1) + 2 * 0.5),
                "Here no tanh has been passed. Each adds its slope, 0.173 at step 1 "
                "and 0.420 at step 0, as a factor."),
        Mistake(float(_S1 * (np.tanh(1) + 2 * 0.5)),
                "The path to step 0 passes two tanh's, the one of step 1 and the one "
                "of step 0; the second, 0.420, is missing."),
        Mistake(float(_S1 * (np.tanh(1) + _S0 * 0.5)),
                "From step 1 to h_0 the way leads through w · h_0, and the partner of "
                "h_0 is w: a factor 2 is missing on the second path."),
        Mistake(float(np.tanh(1) + 2 * _S0 * 0.5),
                "The slope of the last tanh, 0.173, is missing: both paths begin "
                "there."),
        Mistake(float(_S1 * np.tanh(1) * _S1 * 2 * _S0 * 0.5),
                "Along a path the factors multiply; two *paths* add."),
        Mistake(float(_S1 * (2 + 2 * _S0 * 2)),
                "These are the ways to h_0 and h_{-1}, whose partner is w. dw asks for "
                "the partner of w: h_0 in step 1, h_{-1} in step 0."),
    ),
)


def in_walk(right, wrong, reason):
    return slip(answers.walk_back, right, wrong, reason)


WALK = Exercise(
    id="05.4",
    title="Walk back once",
    task="Compute dw_h in one walk from the last step to the first.",
    minutes=8,
    kind="implement",
    hints=(
        "One number travels. At each state it meets what the state hears from its own "
        "loss; then tanh; then one copy of w takes its share, and the rest goes on.",
        "`dh_t = own[t] + dh_next`, `da_t = dh_t * (1 - after[t]**2)`; the copy of w "
        "hears `da_t * before[t]`, step t - 1 hears `da_t * w_h`.",
    ),
    solution=answers.walk_back,
    explanation="The double sum, with its brackets in the right place: T steps instead "
    "of T(T + 1)/2 products.",
    returns=("dw_h",),
    probes=answers.walk_probes,
    others=(answers.walk_all_paths, answers.walk_on_lists),
    mistakes=(
        in_walk("dh_t = own[t] + dh_next", "dh_t = own[t]",
                "Nothing travels: each state hears its own loss alone. h_t is read by "
                "step t + 1 as well, so `own[t] + dh_next`."),
        in_walk("dh_t = own[t] + dh_next", "dh_t = own[t] if t == len(own) - 1 else "
                "dh_next",
                "Only the last loss is heard. Every state has a loss of its own, "
                "`own[t]`, which meets what travels."),
        in_walk("for t in reversed(range(len(own))):", "for t in range(len(own)):",
                "The walk goes forward in time. What step t hears comes from step "
                "t + 1: begin with the last."),
        in_walk("da_t = dh_t * (1 - after[t] ** 2)", "da_t = dh_t",
                "tanh was skipped. Between h_t and the sum inside it lies a factor "
                "1 - h_t²."),
        in_walk("da_t = dh_t * (1 - after[t] ** 2)",
                "da_t = dh_t * (1 - before[t] ** 2)",
                "The slope of step t's tanh is 1 - h_t², and h_t is `after[t]`."),
        in_walk("dw_h = dw_h + da_t * before[t]", "dw_h = da_t * before[t]",
                "Each step overwrote the share of the one before. One weight, T "
                "copies: add up."),
        in_walk("dw_h = dw_h + da_t * before[t]", "dw_h = dw_h + da_t * after[t]",
                "The partner of w_h in step t is h_{t-1}, `before[t]`; h_t is what "
                "came out."),
        in_walk("dw_h = dw_h + da_t * before[t]", "dw_h = dw_h + dh_t * before[t]",
                "The copy of w took its share before tanh was passed. It sits inside "
                "tanh: `da_t`."),
        in_walk("dh_next = da_t * w_h", "dh_next = dh_next + da_t * w_h",
                "What travels is added up. It is replaced at each step; only the "
                "weight's shares are added."),
        in_walk("dh_next = da_t * w_h", "dh_next = da_t",
                "On the way to h_{t-1} stands the product w_h · h_{t-1}: its partner, "
                "`w_h`, is missing."),
        in_walk("dh_next = da_t * w_h", "dh_next = dh_t * w_h",
                "What goes on to step t - 1 has passed this step's tanh: `da_t`, not "
                "dh_t."),
    ),
)


def in_rnn(right, wrong, reason):
    return slip(answers.rnn_step_backward, right, wrong, reason)


RNN_STEP = Exercise(
    id="05.5",
    title="One RNN step, backwards",
    task="From `dh_t`, compute the gradient of everything the step used.",
    minutes=10,
    kind="implement",
    hints=(
        "Undo the lines of the step in reverse: first tanh, then the sum of the three "
        "terms. The shapes leave you little choice.",
        "`da_t = dh_t ⊙ (1 - h_t²)`; then `x_tᵀ da_t`, `h_prevᵀ da_t`, the sum of da_t "
        "over the batch, `da_t W_xᵀ`, `da_t W_hᵀ`.",
    ),
    solution=answers.rnn_step_backward,
    broken=slips_in(answers.rnn_step_backward),
    explanation="Behind a matrix product stand two others: what entered, transposed, "
    "times the gradient gives the weight's gradient; the gradient times the weight, "
    "transposed, goes further back.",
    probes=answers.rnn_probes,
    others=(answers.rnn_backward_by_einsum, answers.rnn_backward_by_rows),
    mistakes=(
        in_rnn("da_t = dh_t * (1 - h_t**2)", "da_t = dh_t",
               "Your da_t is dh_t itself: tanh was skipped. Its slope, 1 - h_t², is a "
               "link of the chain."),
        in_rnn("da_t = dh_t * (1 - h_t**2)", "da_t = dh_t * (1 - np.tanh(h_t) ** 2)",
               "Your da_t takes tanh of h_t, but h_t *is* the tanh. Its slope is "
               "`1 - h_t**2`."),
        in_rnn("da_t = dh_t * (1 - h_t**2)", "da_t = dh_t * (1 - h_t)",
               "Your da_t takes 1 - h_t. The slope of tanh is 1 - tanh², so h_t is "
               "squared: `1 - h_t**2`."),
        in_rnn("da_t = dh_t * (1 - h_t**2)", "da_t = dh_t * (1 - h_t) ** 2",
               "Your da_t squares the bracket. The slope of tanh is 1 - tanh²: only "
               "h_t is squared, `1 - h_t**2`."),
        in_rnn("da_t = dh_t * (1 - h_t**2)", "da_t = 1 - h_t**2",
               "Your da_t is the slope of tanh alone. The gradient that arrives is "
               "multiplied by it: `dh_t * (1 - h_t**2)`."),
        in_rnn("da_t = dh_t * (1 - h_t**2)", "da_t = dh_t * h_t * (1 - h_t)",
               "Your da_t uses h(1 - h), the slope of σ. For tanh it is 1 - h²."),
        in_rnn("da_t = dh_t * (1 - h_t**2)", "da_t = dh_t * (1 - h_prev**2)",
               "Your da_t takes the slope at h_prev. This step's tanh gave `h_t`."),
        in_rnn("dW_x = x_t.T @ da_t", "dW_x = da_t.T @ x_t",
               "Your dW_x is transposed. Rows belong to inputs: what entered stands on "
               "the left, `x_t.T @ da_t`, (D, N) @ (N, H)."),
        in_rnn("dW_x = x_t.T @ da_t", "dW_x = x_t.T @ dh_t",
               "Your dW_x starts from dh_t and so jumps over tanh. W_x acts on a_t: "
               "start from da_t."),
        in_rnn("dW_h = h_prev.T @ da_t", "dW_h = h_prev.T @ dh_t",
               "Your dW_h starts from dh_t and so jumps over tanh. W_h acts on a_t: "
               "start from da_t."),
        in_rnn("dW_h = h_prev.T @ da_t", "dW_h = da_t.T @ h_prev",
               "Your dW_h is transposed, and being square it did not complain. What "
               "entered stands on the left: `h_prev.T @ da_t`."),
        in_rnn("dW_h = h_prev.T @ da_t", "dW_h = h_t.T @ da_t",
               "Your dW_h uses h_t; W_h multiplied `h_prev`. A weight's gradient holds "
               "what the weight was multiplied with."),
        in_rnn("db = da_t.sum(axis=0)", "db = da_t",
               "Your db has a row per example. The one bias was added to every row, so "
               "its gradient is the sum over the batch, `da_t.sum(axis=0)`."),
        in_rnn("db = da_t.sum(axis=0)", "db = da_t.mean(axis=0)",
               "Your db is a mean. The bias acts on every example and the effects add "
               "up. Whether to average is the loss's business."),
        in_rnn("db = da_t.sum(axis=0)", "db = da_t.sum(axis=1)",
               "Your db is summed over units. Sum over examples, axis 0: one number a "
               "unit is left."),
        in_rnn("dx_t = da_t @ W_x.T", "dx_t = da_t @ W_x",
               "Your dx_t uses W_x as it is; with D = H that goes through in silence. "
               "Going back through a matrix takes its transpose."),
        in_rnn("dh_prev = da_t @ W_h.T", "dh_prev = da_t @ W_h",
               "Your dh_prev uses W_h as it is; being square, it never complains. "
               "Going back through a matrix takes its transpose, `W_h.T`."),
        in_rnn("dh_prev = da_t @ W_h.T", "dh_prev = dh_t @ W_h.T",
               "Your dh_prev starts from dh_t and so jumps over tanh. Between h_t and "
               "h_prev lies da_t."),
        Mistake(
            lambda dh_t, cache: answers.rnn_step_backward(dh_t, cache)
            | dict(dx_t=dh_t @ cache.W_x.T, dh_prev=dh_t @ cache.W_h.T),
            "Your dx_t and dh_prev start from dh_t and so jump over tanh. Start both "
            "from da_t.",
        ),
    ),
)


# Lines of the step, what else was written there, and what to say. Both exercises on the
# step judge by this list, and faults.FAULTS are among them.
GATE_LINES = (
    ("do_t = dh_t * tanh_c", "do_t = dh_t * c_t",
     "Your do_t uses c_t; what o_t multiplied is tanh c_t."),
    ("do_t = dh_t * tanh_c", "do_t = dh_t * (1 - tanh_c**2)",
     "Your do_t uses the slope of tanh. In h_t = o_t ⊙ tanh c_t the partner of o_t is "
     "tanh c_t itself; the slope is for the path into c_t."),
    ("dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)",
     "dc_t = dh_t * o_t * (1 - tanh_c**2)",
     "Your dc_t lacks `dc_next`: the belt is cut. c_t is used twice, by h_t and by "
     "c_{t+1}, and the gradients of both uses add up."),
    ("dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)", "dc_t = dc_next",
     "Your dc_t is only what came along the belt. c_t is also read by this step's "
     "own h_t = o_t ⊙ tanh c_t."),
    ("dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)", "dc_t = dc_next + dh_t * o_t",
     "Your dc_t leaves out 1 - tanh² c_t: between c_t and h_t lies a tanh, and the "
     "chain has a link for it."),
    ("dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)",
     "dc_t = dc_next + dh_t * (1 - tanh_c**2)",
     "Your dc_t leaves out o_t: what the gate lets through of the state, it lets "
     "through of the gradient."),
    ("dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)",
     "dc_t = dc_next + dh_t * o_t * (1 - c_t**2)",
     "Your dc_t takes 1 - c_t²; the slope of tanh at c_t is 1 - tanh² c_t. (With h_t "
     "in an RNN the square was enough, for h_t was the tanh.)"),
    ("dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)",
     "dc_t = dc_next + dh_t * o_t * (1 - tanh_c) ** 2",
     "Your dc_t squares the bracket. The slope of tanh is 1 - tanh²: only tanh_c is "
     "squared, `1 - tanh_c**2`."),
    ("dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)",
     "dc_t = dc_next + dh_t * o_t * tanh_c",
     "Your dc_t multiplies by tanh c_t, the value. Going back through a function takes "
     "its slope, `1 - tanh_c**2`."),
    ("dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)",
     "dc_t = (dc_next + dh_t * o_t) * (1 - tanh_c**2)",
     "Your dc_t sends `dc_next` through tanh′ as well. The belt runs from c_t to "
     "c_{t+1} directly; only the way to h_t passes tanh."),
    ("df_t = dc_t * c_prev", "df_t = dc_t * c_t",
     "Your df_t uses c_t; the forget gate multiplied c_{t-1}, `c_prev`."),
    ("dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)", "dc_t = dc_next + dh_t * tanh_c",
     "Your dc_t adds dh_t ⊙ tanh c_t, which is do_t. On the way to c_t the partner is "
     "o_t, and then comes the slope of tanh."),
    ("df_t = dc_t * c_prev", "df_t = dc_t * f_t",
     "Your df_t uses f_t itself; that gives dc_prev. In f_t ⊙ c_{t-1} the slope by f_t "
     "is the other factor, `c_prev`."),
    ("df_t = dc_t * c_prev", "df_t = dc_t * c_prev * f_t * (1 - f_t)",
     "Your df_t has gone through σ already; that is da_f, one arrow further. df_t "
     "stops at f_t: dc_t times the partner, `c_prev`."),
    ("df_t = dc_t * c_prev", "df_t = dc_next * c_prev",
     "Your df_t starts from dc_next, which is only one part of the gradient at c_t. "
     "Start from `dc_t`."),
    ("dc_prev = dc_t * f_t", "dc_prev = dc_t * f_t * c_prev",
     "Your dc_prev has both factors of f_t ⊙ c_{t-1}. Each wire of a × hears the other "
     "one alone: `dc_t * f_t`."),
    ("dg_t = dc_t * i_t", "dg_t = dc_t * i_t * (1 - g_t**2)",
     "Your dg_t has gone through tanh already; that is da_g, one arrow further. dg_t "
     "stops at g_t: `dc_t * i_t`."),
    ("di_t = dc_t * g_t", "di_t = dc_t * i_t",
     "Your di_t uses i_t. In i_t ⊙ g_t the slope by one factor is the other: `g_t`."),
    ("dg_t = dc_t * i_t", "dg_t = dc_t * g_t",
     "Your dg_t uses g_t. In i_t ⊙ g_t the slope by one factor is the other: `i_t`."),
    ("dc_prev = dc_t * f_t", "dc_prev = dc_t",
     "Your dc_prev passes the whole gradient on. On the belt stands the forget gate: "
     "what it kept of c_{t-1}, it keeps of the gradient."),
    ("dc_prev = dc_t * f_t", "dc_prev = dc_next * f_t",
     "Your dc_prev starts from dc_next and so leaves out what this step's h_t added at "
     "c_t. Start from `dc_t`."),
    ("dc_prev = dc_t * f_t", "dc_prev = dc_t * c_prev",
     "Your dc_prev multiplies by c_prev; that is df_t. In f_t ⊙ c_{t-1} the slope by "
     "c_{t-1} is `f_t`."),
)


def swapped(function):
    """Write di_t = dc_t * i_t and dg_t = dc_t * g_t into a step."""
    return broken(broken(function, "di_t = dc_t * g_t", "di_t = dc_t * i_t"),
                  "dg_t = dc_t * i_t", "dg_t = dc_t * g_t")


SWAPPED = ("Your di_t and dg_t each use themselves. In a product the slope by one "
           "factor is the *other* factor: di_t takes g_t, dg_t takes i_t.")


def _unit():
    """Return what the first unit of 02's step sends back, for dh = 1, dc_next = 0."""
    i, f, o = (1 / (1 + np.exp(-a)) for a in (0.16, 1.3, 0.38))
    g, c_prev = np.tanh(0.83), 0.5
    return i, f, g, o, c_prev, np.tanh(f * c_prev + i * g)


def _six(do=None, dc=None, df=None, di=None, dg=None, dc_prev=None):
    """Return the six answers of 05.6; what is given stands in the place of the right.

    An gradient in dc runs on into the four behind it, as it would on paper.
    """
    i, f, g, o, c_prev, tanh_c = _unit()
    do = tanh_c if do is None else do
    dc = o * (1 - tanh_c**2) if dc is None else dc
    rest = ((df, dc * c_prev), (di, dc * g), (dg, dc * i), (dc_prev, dc * f))
    return tuple(float(z) for z in
                 (do, dc, *(right if z is None else z for z, right in rest)))


_I, _F, _G, _O, _C_PREV, _TANH_C = _unit()
_DC = _O * (1 - _TANH_C**2)

WIRES = Exercise(
    id="05.6",
    title="02's step, backwards on its wires",
    task="dh = 1, dc_next = 0. Give do, dc, df, di, dg and dc_prev of the first unit, "
    "to three digits.",
    minutes=7,
    kind="predict",
    hints=(
        "Start at h and go against the arrows. At each × look for the other wire; at "
        "tanh, for its slope at this value; at + nothing changes.",
        "h = o · tanh c: do is the partner, 0.641. The other way passes o and then the "
        "slope of tanh, 1 - 0.641². From dc on, three partners and one gate.",
    ),
    solution=_six(),
    explanation="Six numbers, and every one is what arrived times the other wire of a "
    "×, or the slope of tanh. The four behind c all begin with dc.",
    atol=0.0015,
    rtol=0,
    mistakes=(
        Mistake(_six(dc=_O),
                "Your dc is o alone. Between c and h lies a tanh as well: its slope at "
                "this c is 1 - 0.641² = 0.589."),
        Mistake(_six(dc=1 - _TANH_C**2),
                "Your dc is the slope of tanh alone. Behind tanh stands a ×, whose "
                "other wire is o = 0.594."),
        Mistake(_six(dc=_O * _TANH_C),
                "Your dc has tanh c itself as a factor. Going back through a function "
                "takes its *slope*, 1 - tanh² c."),
        Mistake(_six(do=_O), "Your do is o itself. At a × each wire hears the other "
                "one: o hears tanh c = 0.641."),
        Mistake(_six(do=np.arctanh(_TANH_C)),
                "Your do is c. What o was multiplied with is tanh c, 0.641."),
        Mistake(_six(di=_DC * _I, dg=_DC * _G),
                "Your di and dg have each kept their own value. At a × each wire hears "
                "the other one: i hears g, g hears i."),
        Mistake(_six(df=_DC * _F, dc_prev=_DC * _C_PREV),
                "Your df and dc_prev have changed places: at a × each wire hears the "
                "other one. f hears c_prev = 0.5."),
        Mistake(_six(dc_prev=_DC),
                "Your dc_prev is dc unchanged. The belt runs through a ×, whose other "
                "wire is f = 0.786."),
        Mistake(_six(df=_DC * np.arctanh(_TANH_C)),
                "Your df has the *new* c as a factor. The forget gate multiplied the "
                "old one, c_prev = 0.5."),
        Mistake(_six(df=_C_PREV, di=_G, dg=_I, dc_prev=_F),
                "The last four are the partners alone. What arrives at the + is dc, "
                "0.350, and every one is multiplied by it."),
    ),
)


SQUASH_LINES = (
    ("da_f = df_t * f_t * (1 - f_t)", "da_f = df_t",
     "Your da_t lacks σ′ in block f: between a_f and f_t lies σ, whose slope is "
     "f(1 - f)."),
    ("da_i = di_t * i_t * (1 - i_t)", "da_i = di_t",
     "Your da_t lacks σ′ in block i: between a_i and i_t lies σ, whose slope is "
     "i(1 - i)."),
    ("da_o = do_t * o_t * (1 - o_t)", "da_o = do_t",
     "Your da_t lacks σ′ in block o: between a_o and o_t lies σ, whose slope is "
     "o(1 - o)."),
    ("da_g = dg_t * (1 - g_t**2)", "da_g = dg_t",
     "Your da_t lacks tanh′ in block g: between a_g and g_t lies tanh, whose slope is "
     "1 - g²."),
    ("da_g = dg_t * (1 - g_t**2)", "da_g = dg_t * g_t * (1 - g_t)",
     "Your da_t treats block g like a gate, with g(1 - g). The candidate comes out of "
     "tanh: 1 - g²."),
    ("da_f = df_t * f_t * (1 - f_t)", "da_f = df_t * (1 - f_t**2)",
     "Your da_t takes tanh's slope, 1 - f², in block f. Gates come out of σ: "
     "f(1 - f)."),
    ("da_f = df_t * f_t * (1 - f_t)",
     "da_f = df_t * cells.sigmoid(f_t) * (1 - cells.sigmoid(f_t))",
     "Your da_t squashes f_t once more. f_t has been through σ already; its slope is "
     "f(1 - f)."),
    ("da_f = df_t * f_t * (1 - f_t)", "da_f = df_t * i_t * (1 - i_t)",
     "Your da_f takes the slope at i_t: copied from the line above? Block f came out "
     "of σ as f_t."),
    ("da_o = do_t * o_t * (1 - o_t)", "da_o = do_t * i_t * (1 - i_t)",
     "Your da_o takes the slope at i_t: copied from the line above? Block o came out "
     "of σ as o_t."),
    ("da_o = do_t * o_t * (1 - o_t)", "da_o = dh_t * o_t * (1 - o_t)",
     "Your da_o starts from dh_t and so leaves out tanh c_t, the partner of o_t. Start "
     "from `do_t`."),
    ("da_o = do_t * o_t * (1 - o_t)", "da_o = dc_t * o_t * (1 - o_t)",
     "Your da_o starts from dc_t. The output gate has no part in c_t; its gradient "
     "comes from h_t and is `do_t`."),
    ("da_g = dg_t * (1 - g_t**2)", "da_g = dg_t * (1 - np.tanh(g_t) ** 2)",
     "Your da_g takes tanh of g_t, but g_t *is* the tanh. Its slope is `1 - g_t**2`."),
    ("da_t = np.concatenate([da_i, da_f, da_g, da_o], axis=1)",
     "da_t = np.concatenate([da_f, da_i, da_g, da_o], axis=1)",
     "Your da_t has f before i. Every matrix of the series has the blocks in the order "
     "i, f, g, o, so the gradient has it too."),
    ("da_t = np.concatenate([da_i, da_f, da_g, da_o], axis=1)",
     "da_t = np.concatenate([da_i, da_f, da_o, da_g], axis=1)",
     "Your da_t has o before g. The order is i, f, g, o: look at the `np.split` in the "
     "forward step."),
    ("da_t = np.concatenate([da_i, da_f, da_g, da_o], axis=1)",
     "da_t = np.concatenate([di_t, df_t, dg_t, do_t], axis=1)",
     "Your da_t joins the gradients of the gates as they are. They have to pass σ′, "
     "and block g tanh′, first: a_t comes before the squashing."),
    ("dW_x = x_t.T @ da_t", "dW_x = da_t.T @ x_t",
     "Your dW_x is transposed. What entered stands on the left: `x_t.T @ da_t`, "
     "(D, N) @ (N, 4H)."),
    ("dW_h = h_prev.T @ da_t", "dW_h = (o_t * tanh_c).T @ da_t",
     "Your dW_h uses h_t; W_h multiplied `h_prev`, as in the RNN."),
    ("dW_h = h_prev.T @ da_t", "dW_h = c_prev.T @ da_t",
     "Your dW_h uses c_prev. The cell state meets no matrix at all; W_h multiplied "
     "`h_prev`."),
    ("db = da_t.sum(axis=0)", "db = da_t",
     "Your db has a row per example. One bias was added to every row, so its gradient "
     "is the sum over the batch: `da_t.sum(axis=0)`."),
    ("db = da_t.sum(axis=0)", "db = da_t.mean(axis=0)",
     "Your db is a mean over the batch. The bias acts on every example, and the "
     "effects add up."),
    ("dx_t = da_t @ W_x.T", "dx_t = da_i @ np.split(W_x, 4, axis=1)[0].T",
     "Your dx_t comes back from the input gate alone. In spite of that gate's name, "
     "x_t enters all four blocks."),
    ("dh_prev = da_t @ W_h.T", "dh_prev = da_f @ np.split(W_h, 4, axis=1)[1].T",
     "Your dh_prev comes back from the forget gate alone. h_prev enters all four "
     "blocks."),
    ("dh_prev = da_t @ W_h.T", "dh_prev = da_t @ W_h.T + dc_prev",
     "Your dh_prev holds dc_prev as well. The two travel apart: h_{t-1} and c_{t-1} "
     "are two arrays, and each has its own gradient."),
)


def no_slopes(dh_t, dc_next, cache):
    """Put tanh′ where σ′ belongs, in all three gates."""
    step = answers.lstm_step_backward
    for k in "ifo":
        step = broken(step, f"da_{k} = d{k}_t * {k}_t * (1 - {k}_t)",
                      f"da_{k} = d{k}_t * (1 - {k}_t**2)")
    return step(dh_t, dc_next, cache)


LSTM_STEP = Exercise(
    id="05.7",
    title="One LSTM step, backwards, whole",
    task="Write the whole backward of a step; return every gradient on the way.",
    minutes=15,
    kind="implement",
    hints=(
        "Begin with the six numbers of 05.6, as arrays. Then four slopes, one "
        "`np.concatenate`, and the five lines you know from the RNN.",
        "`da_f = df_t ⊙ f_t ⊙ (1 - f_t)`, so too for i and o; `da_g = dg_t ⊙ "
        "(1 - g_t²)`; join i, f, g, o; then `x_tᵀ da_t`, `h_prevᵀ da_t`, Σ, "
        "`da_t W_xᵀ`, `da_t W_hᵀ`.",
    ),
    solution=answers.lstm_step_backward,
    broken=slips_in(answers.lstm_step_backward),
    explanation="Seventeen lines, each the derivative of one line of `lstm_step`, in "
    "reverse. From da_t on it is the RNN again, with 4H columns.",
    probes=answers.lstm_probes,
    others=(answers.lstm_backward_by_name, answers.lstm_backward_by_blocks),
    mistakes=(
        *(slip(answers.lstm_step_backward, *line)
          for line in GATE_LINES + SQUASH_LINES),
        Mistake(swapped(answers.lstm_step_backward), SWAPPED),
        Mistake(
            no_slopes,
            "Your da_t takes 1 - z² for every block. That is the slope of tanh, right "
            "for g alone; i, f and o come out of σ, whose slope is z(1 - z).",
        ),
    ),
)


def in_loop(right, wrong, reason):
    return slip(answers.lstm_backward, right, wrong, reason)


def last_wins(own, caches):
    """Assign where one should add, for all three parameters."""
    loop = answers.lstm_backward
    for name in ("dW_x", "dW_h", "db"):
        loop = broken(loop, f'{name} = {name} + d["{name}"]', f'{name} = d["{name}"]')
    return loop(own, caches)


LOOP = Exercise(
    id="05.8",
    title="The whole sequence, backwards",
    task="Run the backward step from the last step to the first; collect all six "
    "gradients.",
    minutes=10,
    kind="implement",
    hints=(
        "Two arrays travel: dh_next and dc_next. Three sums grow: dW_x, dW_h, db. One "
        "list is filled: dxs.",
        '`dh_t = own[:, t] + dh_next`; step; `dW_x = dW_x + d["dW_x"]` and so on; '
        '`dh_next = d["dh_prev"]`, `dc_next = d["dc_prev"]`; t from T - 1 down to 0.',
    ),
    solution=answers.lstm_backward,
    broken=slips_in(answers.lstm_backward),
    explanation="What travels is replaced at every step, what is shared is added up, "
    "and what reaches the start is dh_init and dc_init.",
    probes=answers.loop_probes,
    others=(answers.lstm_backward_into_arrays, answers.lstm_backward_recursive),
    mistakes=(
        in_loop("dh_t = own[:, t] + dh_next", "dh_t = own[:, t]",
                "Your dh_t lacks `dh_next`: no gradient travels back along h. h_t is "
                "read by its own output and by step t + 1, and both count."),
        in_loop('dc_next = d["dc_prev"]', "dc_next = dc_next",
                "The belt is cut: every step gets a dc_next of zero. Hand on what the "
                'step returned, `dc_next = d["dc_prev"]`.'),
        Mistake(
            broken(broken(answers.lstm_backward, "dh_t = own[:, t] + dh_next",
                          "dh_t = own[:, t]"),
                   "d = lstm_step_backward(dh_t, dc_next, caches[t])",
                   "d = lstm_step_backward(dh_t, 0 * dc_next, caches[t])"),
            "Neither dh_next nor dc_next is used: every step is on its own, and "
            "nothing learns from the future. Hand both back from step to step.",
        ),
        in_loop("dh_t = own[:, t] + dh_next", "dh_t = dh_next",
                "`own` is never used, so nothing ever sets out and all is zero. Each "
                "step hears its own loss, `own[:, t]`, and what travels: add."),
        in_loop("dh_t = own[:, t] + dh_next",
                "dh_t = dh_next if t < T - 1 else own[:, t]",
                "Your dh_t takes only what travels, after the last step. Every step "
                "has a gradient of its own, `own[:, t]`, to be added."),
        in_loop('dW_x = dW_x + d["dW_x"]', 'dW_x = d["dW_x"]',
                "Your dW_x is that of the first step alone: each step overwrote it. "
                "The weight is used T times, and the effects add up."),
        in_loop('dW_h = dW_h + d["dW_h"]', 'dW_h = d["dW_h"]',
                "Your dW_h is that of one step alone: each overwrote the one before. "
                "The weight is used T times, and the effects add up."),
        in_loop('db = db + d["db"]', 'db = d["db"]',
                "Your db is that of one step alone: each overwrote the one before. "
                "The bias is used T times, and the effects add up."),
        Mistake(
            last_wins,
            "Your dW_x, dW_h and db are overwritten at each step. One weight is used T "
            "times and every use is a path: add up, `+=` instead of `=`.",
        ),
        in_loop("for t in reversed(range(T)):", "for t in range(T):",
                "The loop runs forward in time. The gradient of step t needs what step "
                "t + 1 left: start at T - 1."),
        Mistake(
            broken(broken(answers.lstm_backward, "for t in reversed(range(T)):",
                          "for t in range(T):"),
                   "dxs = np.stack(dxs, axis=1)", "dxs = np.stack(dxs[::-1], axis=1)"),
            "The loop runs forward in time, and dxs is turned round besides. The "
            "gradient of step t needs what step t + 1 left: `reversed(range(T))`. Then "
            "putting each dx_t in front gives the right order."
        ),
        in_loop('dc_next = d["dc_prev"]', 'dc_next = dc_next + d["dc_prev"]',
                "Your dc_next is added up over the steps. What c_t hears from two "
                "sides, the step itself adds; here it is replaced."),
        Mistake(
            lambda own, caches: answers.lstm_backward(own, caches)
            | dict(dh_init=answers.lstm_backward(own, caches)["dc_init"],
                   dc_init=answers.lstm_backward(own, caches)["dh_init"]),
            "dh_init and dc_init have changed places. What is left of dh_next after "
            "the loop is the gradient of `h_init`, what is left of dc_next that of "
            "`c_init`."
        ),
        in_loop('dh_next = d["dh_prev"]', 'dh_next = dh_next + d["dh_prev"]',
                "Your dh_next is added up over the steps. Only shared weights are; the "
                "gradient that travels is replaced at each step."),
        in_loop("dxs = np.stack(dxs, axis=1)", "dxs = np.stack(dxs[::-1], axis=1)",
                "Your dxs is in reverse order of time: it was filled as the loop went. "
                "Put step t's at place t."),
        Mistake(
            lambda own, caches: answers.lstm_backward(own, caches)
            | {k: answers.lstm_backward(own, caches)[k] / len(caches)
               for k in ("dW_x", "dW_h", "db")},
            "Your weights' gradients are divided by T. The loss is a sum over steps as "
            "it was given to you; only the loss decides on averages.",
        ),
    ),
)


BLIND = Exercise(
    id="05.9",
    title="What does a check with one step miss?",
    task="Which of these faults does a gradient check with T = 1 not see?",
    minutes=3,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "With one step, what are dh_next and dc_next?",
        "`dh_next = 0` at the last step, and with T = 1 every step is the last.",
    ),
    solution="c",
    explanation="At the last step dh_next is zero, so leaving it out changes nothing. "
    "Only a second step can show whether anything travels.",
    mistakes=(
        Mistake("a", "c_prev and c_t differ in every step, the first included, if "
                     "c_init is not zero. T = 1 sees this."),
        Mistake("b", "h_prev and h_t differ in every single step. T = 1 sees this."),
        Mistake("d", "A mean over the batch is too small by the factor N, however many "
                "steps there are. T = 1 sees this if N > 1."),
    ),
)


FALLING = Exercise(
    id="05.10",
    title="Does a wrong gradient train?",
    task="Each step keeps what it hears from its own loss: no dh_next, no dc_next. "
    "What does the loss do on the next value of a sine?",
    minutes=2,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "Which weights still get a gradient? In which direction, roughly?",
        "`dW = Σ_t (the path of length one)`: the first term of the double sum, at "
        "every step.",
    ),
    solution="c",
    explanation="The short paths are right as far as they go, and on an easy task they "
    "point well enough downhill. A loss that falls says that the direction is not "
    "hopeless, and no more.",
    mistakes=(
        Mistake("a", "It would rise if the gradient pointed uphill. What is left of it "
                     "is a part of the true sum, and points down more often than not."),
        Mistake("b", "All weights still get a gradient: what each step hears from its "
                     "own loss reaches W_x, W_h, b and the output layer."),
        Mistake("d", "A wrong gradient is not a large one. Nothing here divides or "
                "overflows."),
    ),
)


FAULTY_O = "da_t[:, 3 * H :] = dh_t * tanh_c * o_t * (1 - c_t)"


GOOD_O = "da_t[:, 3 * H :] = dh_t * tanh_c * o_t * (1 - o_t)"


HUNT = Exercise(
    id="05.11",
    title="Find the fault: two wrong lines",
    task="Two lines of this backward pass are wrong. Find them with the gradient check "
    "and repair them.",
    minutes=12,
    kind="break",
    hints=(
        "First T = 1: which block of db is red? That is a gate, and so a line. Mend "
        "it, and only then look at T = 7.",
        "Block o: `da_o = dh_t ⊙ tanh c_t ⊙ o_t ⊙ (1 - o_t)`. And whatever is shared "
        "by all steps is summed over them.",
    ),
    solution=answers.repaired,
    explanation="T = 1 points to the line, for nothing has travelled yet; T = 7 shows "
    "what goes wrong between the steps. Both faults ran without an error.",
    probes=answers.loop_probes,
    others=(bptt.lstm_backward, answers.lstm_backward_into_arrays),
    mistakes=(
        Mistake(
            answers.hunted,
            "Nothing has changed so far: both faults are still there. Run the two "
            "reports above and begin with T = 1.",
        ),
        Mistake(
            broken(answers.hunted, FAULTY_O, GOOD_O),
            "Block o is mended. One fault is left, and T = 1 cannot see it: which "
            "line should add up over the steps?",
        ),
        Mistake(
            broken(answers.hunted, "db = da_t.sum(axis=0)",
                   "db = db + da_t.sum(axis=0)"),
            "db adds up now. One fault is left: with T = 1 the report still shows one "
            "block of db red.",
        ),
        Mistake(
            broken(answers.repaired, GOOD_O,
                   "da_t[:, 3 * H :] = dh_t * tanh_c * (1 - o_t**2)"),
            "The line of block o is the right one, but o_t comes out of σ: its slope "
            "is o(1 - o), not 1 - o².",
        ),
        Mistake(
            broken(answers.repaired, GOOD_O,
                   "da_t[:, 3 * H :] = dh_t * tanh_c * o_t * (1 - tanh_c**2)"),
            "The line of block o is the right one, but 1 - tanh² belongs to dc_t. "
            "Between a_o and o_t lies σ.",
        ),
        Mistake(
            broken(answers.repaired, "db = db + da_t.sum(axis=0)",
                   "db = db + da_t.mean(axis=0)"),
            "db adds up over the steps now, but averages over the batch. Both are "
            "sums.",
        ),
    ),
)


def in_half(right, wrong, reason):
    return slip(answers.half_gru_step_backward, right, wrong, reason)


HALF_GRU = Exercise(
    id="05.12",
    title="A cell nobody has shown you",
    task="Write the backward of half a GRU: from `dh_t`, the gradient of everything "
    "the step used, and of z_t and n_t.",
    minutes=12,
    kind="extend",
    hints=(
        "Draw the step: where is a value read twice? z_t is, and h_{t-1} is. At every "
        "fork what comes back is added.",
        "h_{t-1} is a factor in z_t ⊙ h_{t-1}, and it enters both blocks of a_t. z_t "
        "multiplies h_{t-1} with a plus and n_t with a minus.",
    ),
    solution=answers.half_gru_step_backward,
    explanation="h_{t-1} has two kinds of readers, and the direct one, dh_t ⊙ z_t, "
    "meets no matrix: it is this cell's belt. The whole GRU has one gate more.",
    probes=answers.half_gru_probes,
    others=(answers.half_gru_in_pieces, answers.half_gru_by_cases),
    mistakes=(
        in_half("dh_prev = da_t @ W_h.T + dh_t * z_t", "dh_prev = da_t @ W_h.T",
                "Your dh_prev came back through W_h only. h_{t-1} is also read "
                "directly, in z_t ⊙ h_{t-1}: add what comes back on that wire, "
                "`dh_t * z_t`."),
        in_half("dh_prev = da_t @ W_h.T + dh_t * z_t", "dh_prev = dh_t * z_t",
                "Your dh_prev came back on the direct wire only. h_{t-1} also enters "
                "a_t through W_h; both count."),
        in_half("dh_prev = da_t @ W_h.T + dh_t * z_t",
                "dh_prev = (da_t @ W_h.T) * z_t",
                "Your dh_prev multiplies the two ways. They are two paths from one "
                "fork: add."),
        in_half("dh_prev = da_t @ W_h.T + dh_t * z_t",
                "dh_prev = da_t @ W_h.T + dh_t",
                "Your dh_prev passes dh_t on whole. On the direct wire stands a ×, "
                "with z_t on its other side."),
        in_half("dz_t = dh_t * (h_prev - n_t)", "dz_t = dh_t * h_prev",
                "Your dz_t hears one of its two readers: z_t stands in z_t ⊙ h_{t-1} "
                "and, with a minus, in (1 - z_t) ⊙ n_t."),
        in_half("dz_t = dh_t * (h_prev - n_t)", "dz_t = dh_t * (h_prev + n_t)",
                "Your dz_t has lost a sign: in (1 - z_t) ⊙ n_t the gate stands with a "
                "minus."),
        in_half("dz_t = dh_t * (h_prev - n_t)", "dz_t = dh_t * (n_t - h_prev)",
                "Your dz_t has its sign turned round: more z_t means more of h_{t-1} "
                "and less of n_t."),
        in_half("dn_t = dh_t * (1 - z_t)", "dn_t = dh_t * z_t",
                "Your dn_t uses z_t, which stands before h_{t-1}. The partner of n_t "
                "is 1 - z_t."),
        in_half("dn_t = dh_t * (1 - z_t)", "dn_t = dh_t",
                "Your dn_t is dh_t itself. n_t is multiplied by 1 - z_t."),
        in_half("da_z = dz_t * z_t * (1 - z_t)", "da_z = dz_t",
                "Block z of your da_t lacks the slope of σ, z(1 - z)."),
        in_half("da_z = dz_t * z_t * (1 - z_t)", "da_z = dz_t * (1 - z_t**2)",
                "Block z of your da_t has the slope of tanh. z_t comes out of σ: "
                "z(1 - z)."),
        in_half("da_n = dn_t * (1 - n_t**2)", "da_n = dn_t",
                "Block n of your da_t lacks the slope of tanh, 1 - n²."),
        in_half("da_t = np.concatenate([da_z, da_n], axis=1)",
                "da_t = np.concatenate([da_n, da_z], axis=1)",
                "Your da_t has n before z. The forward step splits a_t into z, then "
                "n."),
        in_half("dW_h = h_prev.T @ da_t",
                "dW_h = (z_t * h_prev + (1 - z_t) * n_t).T @ da_t",
                "Your dW_h uses h_t; W_h multiplied `h_prev`."),
    ),
)


CUT = "dh_next, dc_next = 0 * dh_next, 0 * dc_next"


TRUNCATED = Exercise(
    id="05.13",
    title="Truncated backpropagation",
    task="Cut the sequence into pieces of `k` steps, counted from t = 0. No gradient "
    "crosses from one piece to the one before. Return `dW_x`, `dW_h`, `db`.",
    minutes=8,
    kind="extend",
    hints=(
        "Your loop of 05.7, and one `if`: at the first step of a piece, nothing is "
        "handed on.",
        "After step t: `if t % k == 0`, set dh_next and dc_next to zero.",
    ),
    solution=answers.truncated,
    explanation="The states still cross the border, for the forward pass has been run "
    "on the whole sequence. Only the gradient stops.",
    probes=answers.truncation_probes,
    others=(answers.truncated_by_pieces, answers.truncated_before),
    mistakes=(
        Mistake(
            broken(answers.truncated, CUT, "dh_next = 0 * dh_next"),
            "The gradient along h is cut, but along the belt it still crosses. Set "
            "dc_next to zero as well.",
        ),
        Mistake(
            broken(answers.truncated, CUT, "dc_next = 0 * dc_next"),
            "The belt is cut, but along h the gradient still crosses. Set dh_next to "
            "zero as well.",
        ),
        Mistake(
            broken(answers.truncated, "if t % k == 0:", "if (t + 1) % k == 0:"),
            "The cut is one step late: you cut below the *last* step of a piece. After "
            "step t has run backwards, what travels stands before t: cut if t begins "
            "one.",
        ),
        Mistake(
            broken(answers.truncated, "if t % k == 0:", "if t % k == 1 % k:"),
            "The cut is one step early: it stands *inside* a piece, above the step "
            "that begins it. Cut once the first step of a piece, t % k == 0, is done.",
        ),
        Mistake(
            broken(answers.truncated, "if t % k == 0:",
                   "if (len(caches) - t) % k == 0:"),
            "Your pieces are counted from the end. Count from t = 0: that is where a "
            "program that reads a long sequence begins.",
        ),
        Mistake(
            lambda own, caches, k: {
                name: z for name, z in bptt.lstm_backward(
                    own[:, -k:], caches[-k:]
                ).items() if name in ("dW_x", "dW_h", "db")
            },
            "These are the last k steps alone. All pieces are trained on; only the "
            "gradient does not cross from one to another.",
        ),
        Mistake(
            answers.truncated_without_rest,
            "What is left over is lost: with T = 7 and k = 3 the last piece has one "
            "step. Begin a piece at every `t in range(0, T, k)`; a slice that runs "
            "over the end is cut by itself."
        ),
        Mistake(
            lambda own, caches, k: {
                name: z for name, z in bptt.lstm_backward(own, caches).items()
                if name in ("dW_x", "dW_h", "db")
            },
            "This is the full gradient: nothing was cut.",
        ),
    ),
)


EXERCISES = [NUMERIC, RULES, TWO_STEPS, WALK, RNN_STEP, WIRES, LSTM_STEP, LOOP, BLIND,
             FALLING, HUNT, HALF_GRU, TRUNCATED]
