"""Writes the trained encoder as ONNX with int8 weights, and what the run time needs beside it.

    python training/reader/export.py TRAINED.pt MODEL_FOLDER OUT_FOLDER

OUT_FOLDER gets model.onnx, tokenizer.json (from the base) and heads.json; prints the sha256 of each.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from fused import fused
from model import Reader, layout, pruned
from onnxruntime.quantization import QuantType, quantize_dynamic


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    model = Reader(given.base)
    model.load_state_dict(torch.load(given.trained, weights_only=True))
    model = pruned(model)
    model.eval()
    ids = torch.randint(1000, 20000, (1, 32))
    mask = torch.ones_like(ids)
    axes = {0: "batch", 1: "pieces"}
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            model,
            (ids, mask),
            str(whole),
            input_names=["ids", "mask"],
            output_names=["labels", "keys"],
            dynamic_axes={"ids": axes, "mask": axes, "labels": axes, "keys": axes},
            opset_version=17,
            dynamo=False,
        )
        # seven bits: the same answer on processors whose eight-bit products would overflow
        small = Path(scratch) / "small.onnx"
        quantize_dynamic(
            whole,
            small,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
        onnx.save(fused(small), given.out / "model.onnx")
        exact = onnxruntime.InferenceSession(str(whole))
        shipped = onnxruntime.InferenceSession(str(given.out / "model.onnx"))
        a = exact.run(None, {"ids": ids.numpy(), "mask": mask.numpy()})[0]
        b = shipped.run(None, {"ids": ids.numpy()})[0]
        print(f"largest difference of a score: {np.abs(a - b).max():.3f} of {np.abs(a).max():.3f}")
    shutil.copy(given.base / "tokenizer.json", given.out / "tokenizer.json")
    (given.out / "heads.json").write_text(json.dumps(layout(), indent=1) + "\n", encoding="utf-8")
    for file in sorted(given.out.iterdir()):
        print(
            hashlib.sha256(file.read_bytes()).hexdigest(),
            file.stat().st_size,
            file.name,
        )


if __name__ == "__main__":
    main()
