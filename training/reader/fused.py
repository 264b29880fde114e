"""Writes the int8 encoder anew with the run time's own fused steps: the same weights, a sixth faster.

    python training/reader/fused.py MODEL.onnx OUT.onnx

The general exporter leaves a graph of 700 small steps, which onnxruntime joins only in part (and joins sums and
norms into a step that is slow on a CPU). Here a layer is written as nine: attention in one, its three inputs as one
product of matrices, and sum and norm apart. Windows are read one at a time, so there is no mask.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FUSED = "com.microsoft"
HEADS = 12
WINDOW = 128
EPSILON = 1e-12


class Old:
    """The weights of an exported model by the names of its layers."""

    def __init__(self, file: Path) -> None:
        graph = onnx.load(file).graph
        self.weights = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
        makers = {output: node for node in graph.node for output in node.output}
        self._products: dict[str, str] = {}
        for node in graph.node:
            bias = next((name for name in node.input if name.endswith(".bias") and name in self.weights), None)
            if node.op_type == "Add" and bias:
                (product,) = (name for name in node.input if name != bias)
                scaled = makers[makers[makers[product].input[0]].input[0]]
                self._products[bias] = scaled.input[1].removesuffix("_quantized")

    def product(self, *layers: str) -> tuple[np.ndarray, ...]:
        """Int8 weights, scales, zero points and biases of some layers as one."""
        names = [self._products[f"{layer}.bias"] for layer in layers]
        parts = [
            np.concatenate([self.weights[f"{n}_{end}"] for n in names], -1)
            for end in ("quantized", "scale", "zero_point")
        ]
        return (*parts, np.concatenate([self.weights[f"{layer}.bias"] for layer in layers]))

    def whole(self, name: str) -> np.ndarray:
        """A table of int8 as numbers."""
        part = {end: self.weights[f"{name}_{end}"] for end in ("quantized", "scale", "zero_point")}
        shifted = part["quantized"].astype(np.float32) - np.float32(part["zero_point"])
        return shifted * part["scale"]


class New:
    """The graph as it grows."""

    def __init__(self, old: Old) -> None:
        self.old = old
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def put(self, name: str, value: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind: str, takes: list[str], *gives: str, domain: str = "", **settings: object) -> str:
        self.nodes.append(helper.make_node(kind, takes, list(gives), domain=domain, **settings))
        return gives[0]

    def norm(self, x: str, layer: str, out: str) -> str:
        told = [self.put(f"{out}.{end}", self.old.weights[f"{layer}.{end}"]) for end in ("weight", "bias")]
        return self.add("LayerNormalization", [x, *told], out, axis=-1, epsilon=EPSILON)

    def product(self, x: str, out: str, *layers: str) -> str:
        told = zip(("int8", "scale", "zero", "bias"), self.old.product(*layers), strict=True)
        names = [self.put(f"{out}.{end}", value) for end, value in told]
        return self.add("DynamicQuantizeMatMul", [x, *names], out, domain=FUSED)

    def words(self) -> str:
        """The vectors of the pieces, with those of their places."""
        at = "encoder.embeddings"
        kind, place = (self.old.whole(f"{at}.{n}_embeddings.weight") for n in ("token_type", "position"))
        table = self.put("places", (kind[:1] + place[:WINDOW])[None])
        edges = [self.put("from", np.array([0])), self.add("Shape", ["ids"], "to", start=1, end=2)]
        here = self.add("Slice", [table, *edges, self.put("along", np.array([1]))], "here")
        ends = ("quantized", "scale", "zero_point")
        names = [self.put(f"words.{e}", self.old.weights[f"{at}.word_embeddings.weight_{e}"]) for e in ends]
        rows = self.add("Gather", [names[0], "ids"], "words.rows")
        word = self.add("DequantizeLinear", [rows, *names[1:]], "words")
        return self.norm(self.add("Add", [word, here], "placed"), f"{at}.LayerNorm", "layer0")

    def layer(self, x: str, number: int) -> str:
        """One layer of the encoder."""
        at, name = f"encoder.encoder.layer.{number}", f"layer{number + 1}"
        self.add("DynamicQuantizeLinear", [x], f"{name}.x", f"{name}.x.scale", f"{name}.x.zero")
        made = self.old.product(*(f"{at}.attention.self.{part}" for part in ("query", "key", "value")))
        ends = ("int8", "scale", "zero", "bias")
        w, s, z, b = (self.put(f"{name}.in.{end}", value) for end, value in zip(ends, made, strict=True))
        takes = [f"{name}.x", w, b, f"{name}.x.scale", s, "", f"{name}.x.zero", z]
        heard = self.add("QAttention", takes, f"{name}.heard", domain=FUSED, num_heads=HEADS)
        out = self.product(heard, f"{name}.out", f"{at}.attention.output.dense")
        y = self.norm(self.add("Add", [out, x], f"{name}.sum"), f"{at}.attention.output.LayerNorm", f"{name}.middle")
        wide = self.product(y, f"{name}.wide", f"{at}.intermediate.dense")
        back = self.product(
            self.add("Gelu", [wide], f"{name}.bent", domain=FUSED), f"{name}.back", f"{at}.output.dense"
        )
        return self.norm(self.add("Add", [back, y], f"{name}.last"), f"{at}.output.LayerNorm", name)


def fused(file: Path) -> onnx.ModelProto:
    """The model of a file as ``export.py`` quantises it, with fused steps; its input is ``ids`` alone."""
    old = Old(file)
    new = New(old)
    x, number = new.words(), 0
    while f"encoder.encoder.layer.{number}.output.dense.bias" in old.weights:
        x, number = new.layer(x, number), number + 1
    wide = [len(old.weights[f"{head}.bias"]) for head in ("labels", "keys")]
    told = new.product(x, "told", "labels", "keys")
    new.add("Split", [told, new.put("wide", np.array(wide))], "labels", "keys", axis=-1)
    number_of = TensorProto.FLOAT
    graph = helper.make_graph(
        new.nodes,
        "reader",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"])],
        [
            helper.make_tensor_value_info(n, number_of, [1, "pieces", w])
            for n, w in zip(("labels", "keys"), wide, strict=True)
        ],
        new.weights,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="dateline")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    onnx.save(fused(given.model), given.out)


if __name__ == "__main__":
    main()
