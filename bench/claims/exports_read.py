"""Reads exports by the programs that they are for, and prints how far each is from the app's own output: a line of JSON an export."""

import glob
import importlib.util
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np


def by_onnx(path, inputs):
    import onnx
    import onnxruntime

    onnx.checker.check_model(path, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: inputs})[0]


def by_tensorflow(path, inputs):
    import tensorflow as tf

    call = tf.saved_model.load(path).signatures["serving_default"]
    [name] = call.structured_input_signature[1]
    [outputs] = call(**{name: tf.constant(inputs)}).values()
    return outputs.numpy()


def by_keras(path, inputs):
    import keras

    outputs = np.asarray(keras.models.load_model(path)(inputs))
    keras.backend.clear_session()
    return outputs


def program(folder):
    [path] = glob.glob(os.path.join(folder, "*.py"))
    spec = importlib.util.spec_from_file_location(f"exported_{abs(hash(path))}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_keras_code(path, inputs):
    import keras

    outputs = np.asarray(program(path).load_model()(inputs))
    keras.backend.clear_session()
    return outputs


def by_pytorch(path, inputs):
    import torch

    given = torch.from_numpy(inputs)
    with torch.no_grad():
        outputs = program(path).load_model()(given.movedim(-1, 1) if given.ndim > 2 else given)
    return (outputs.movedim(1, -1) if outputs.ndim > 2 else outputs).numpy()


def codes_by_numpy(path, inputs):
    return np.load(path, allow_pickle=False)


def codes_of(table):
    """The values of a table of codes, without the columns that tell of which sample they are."""
    return table[[name for name in table.columns if name not in ("sample", "split", "file", "label")]].to_numpy()


def codes_by_pandas(path, inputs):
    import pandas

    return codes_of(pandas.read_csv(path))


def codes_by_pyarrow(path, inputs):
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(path)
    table.validate(full=True)
    return codes_of(table.to_pandas())


READERS = {
    "npy": codes_by_numpy,
    "csv": codes_by_pandas,
    "parquet": codes_by_pyarrow,
    "onnx": by_onnx,
    "saved-model": by_tensorflow,
    "keras": by_keras,
    "keras-code": by_keras_code,
    "pytorch": by_pytorch,
}

for export in json.load(open(sys.argv[1])):
    expected = np.load(export["outputs"])
    try:
        outputs = READERS[export["format"]](export["path"], np.load(export["inputs"]))
        if export["part"] == "codes":
            outputs = outputs.reshape(expected.shape)
        if outputs.shape != expected.shape:
            raise ValueError(f"gave out {outputs.shape}, expected {expected.shape}")
        far = float(np.abs(outputs - expected).max() / max(1, np.abs(expected).max()))
        told = {"difference": far if np.isfinite(far) else None, "said": f"{far:.1e} away"}
    except Exception as error:
        told = {"difference": None, "said": f"{type(error).__name__}: {error}"[:600]}
    print(json.dumps({**export, **told}), flush=True)
