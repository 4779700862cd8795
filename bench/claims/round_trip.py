"""Mirrored models by Keras, and what comes of them after a way through Hourglass.

round_trip.py make FOLDER        20 models as NAME.keras.keras, NAME.h5.h5 and NAME.tf2onnx.onnx, with samples and what the
                                 models give (NPY)
round_trip.py make-torch FOLDER  8 models of PyTorch as NAME.torch.onnx, likewise
round_trip.py check FOLDER       runs what came back (NAME.back-FORM.keras, NAME.back-FORM.onnx) and prints, a line of JSON each,
                                 how far its outputs are from those of the first
"""

import json
import os
import pathlib
import sys
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
warnings.filterwarnings("ignore")

import numpy as np

FOLDER = pathlib.Path(sys.argv[2])
SAMPLES = 8


def make():
    import keras
    from keras import layers as L

    rng = np.random.default_rng(7)

    def norm(x, kind):
        return {"batch": L.BatchNormalization, "layer": L.LayerNormalization}[kind]()(x) if kind else x

    def crop(x, lengths, fronts):
        """Cuts off what is too large; as much in front as told."""
        over = [have - want for have, want in zip(x.shape[1:-1], lengths)]
        if not any(over):
            return x
        ends = tuple((front, each - front) for front, each in zip(fronts, over))
        return (L.Cropping1D(ends[0]) if len(ends) == 1 else L.Cropping2D(ends))(x)

    def front_of(length, kernel, stride):
        """What a transposed convolution of Keras still has too much in front, to be the adjoint of the convolution."""
        count = -(-length // stride)
        before = max((count - 1) * stride + kernel - length, 0) // 2
        return before - max(kernel - stride, 0) // 2

    def mirrored(shape, steps, code, activation="relu", output="sigmoid", norms="", bias=True, halves=False, ends=False):
        """steps: ("dense", units), ("conv", filters, kernel, stride), ("max" or "mean", size), ("drop", rate).
        ends: cuts off at the ends alone, whatever the pads of the convolution were."""
        axes = len(shape) - 1
        Conv, Back = (L.Conv1D, L.Conv1DTranspose) if axes == 1 else (L.Conv2D, L.Conv2DTranspose)
        Max, Mean, Up = (
            (L.MaxPooling1D, L.AveragePooling1D, L.UpSampling1D)
            if axes == 1
            else (L.MaxPooling2D, L.AveragePooling2D, L.UpSampling2D)
        )
        first = x = L.Input(shape)
        back = []
        before = output
        flat = None
        for kind, *how in steps:
            taken = x.shape[1:]
            if kind == "dense":
                if len(taken) > 1:
                    flat, x = taken, L.Flatten()(x)
                width = x.shape[-1]
                x = L.Dense(how[0], use_bias=bias)(x)
                x = L.Activation(activation)(norm(x, norms))
                back.append(("dense", width, before, flat))
                flat = None
            elif kind == "conv":
                x = Conv(how[0], how[1], strides=how[2], padding="same", use_bias=bias)(x)
                x = L.Activation(activation)(norm(x, norms))
                back.append(("conv", taken, how, before))
            elif kind in ("max", "mean"):
                x = (Max if kind == "max" else Mean)(how[0], padding="same")(x)
                back.append(("pool", taken, how))
                continue
            else:
                x = L.Dropout(how[0])(x)
                continue
            before = activation
        if len(x.shape) > 2:
            flat, x = x.shape[1:], L.Flatten()(x)
        width = x.shape[-1]
        codes = L.Dense(code)(x)
        second = y = L.Input((code,)) if halves else codes
        y = L.Dense(width, activation=before)(y)
        if flat:
            y = L.Reshape(flat)(y)
        for kind, *how in reversed(back):
            if kind == "dense":
                units, function, shape_before = how
                y = L.Dense(units, activation=function)(y)
                if shape_before:
                    y = L.Reshape(shape_before)(y)
            elif kind == "conv":
                taken, (_, kernel, stride), function = how
                y = Back(taken[-1], kernel, strides=stride, padding="same", use_bias=bias)(y)
                # A normalisation stands in the decoder as well, where the function is not yet the output's.
                if norms == "batch" and function == activation:
                    y = norm(y, norms)
                y = L.Activation(function)(y)
                fronts = [0 if ends else front_of(n, kernel, stride) for n in taken[:-1]]
                y = crop(y, taken[:-1], fronts)
            else:
                taken, (size,) = how
                y = crop(Up(size)(y), taken[:-1], [(-n % size) // 2 for n in taken[:-1]])
        if halves:
            encoder = keras.Model(first, codes, name="encoder")
            decoder = keras.Model(second, y, name="decoder")
            whole = L.Input(shape)
            return keras.Model(whole, decoder(encoder(whole)))
        return keras.Model(first, y)

    picture, odd, colour, series = (28, 28, 1), (7, 9, 2), (13, 17, 3), (37, 2)
    models = {
        "dense": mirrored((64,), [("dense", 32)], 4),
        "dense-deep": mirrored((50,), [("dense", 40), ("dense", 20), ("dense", 10)], 3, "tanh"),
        "dense-linear": mirrored((30,), [], 5, output="linear"),
        "dense-picture": mirrored(picture, [("dense", 64)], 8, "elu"),
        "dense-no-bias": mirrored((24,), [("dense", 12)], 4, "selu", "linear", bias=False),
        "dense-batch-norm": mirrored((40,), [("dense", 24), ("dense", 12)], 4, norms="batch"),
        "dense-layer-norm": mirrored((40,), [("dense", 24)], 4, "gelu", norms="layer"),
        "dense-dropout": mirrored((40,), [("dense", 24), ("drop", 0.3)], 4, "softplus"),
        "dense-halves": mirrored((40,), [("dense", 24)], 4, halves=True),
        "conv": mirrored(picture, [("conv", 4, 3, 2), ("conv", 6, 3, 2)], 8),
        "conv-odd": mirrored(odd, [("conv", 4, 3, 2), ("conv", 6, 3, 2)], 5),
        "conv-odd-ends": mirrored(odd, [("conv", 4, 3, 2), ("conv", 6, 3, 2)], 5, ends=True),
        "conv-odd-even-kernel": mirrored(colour, [("conv", 4, 4, 2), ("conv", 5, 2, 2)], 6, "gelu"),
        "conv-stride-3": mirrored(colour, [("conv", 4, 5, 3)], 6, "tanh", "linear"),
        "conv-batch-norm": mirrored(odd, [("conv", 4, 3, 2), ("conv", 6, 3, 1)], 5, norms="batch"),
        "conv-dense": mirrored(picture, [("conv", 4, 5, 2), ("dense", 32)], 8, "leaky_relu"),
        "conv-max-pool": mirrored(picture, [("conv", 4, 3, 1), ("max", 2), ("conv", 6, 3, 1), ("max", 2)], 8, halves=True),
        "conv-mean-pool-odd": mirrored(colour, [("conv", 4, 3, 1), ("mean", 2), ("conv", 5, 3, 1), ("mean", 3)], 6, "elu"),
        "series": mirrored(series, [("conv", 4, 5, 2), ("conv", 6, 3, 2)], 5, output="linear"),
        "series-pool": mirrored(series, [("conv", 4, 3, 1), ("max", 2)], 5, norms="batch", output="linear"),
    }
    for name, model in models.items():
        for weight in model.weights:
            if "seed" in weight.path:
                continue
            values = rng.normal(0, 0.3, weight.shape).astype("float32")
            weight.assign(np.abs(values) + 0.5 if "variance" in weight.path else values)
        x = rng.random((SAMPLES, *model.input_shape[1:])).astype("float32")
        np.save(FOLDER / f"{name}.samples.npy", x)
        np.save(FOLDER / f"{name}.outputs.npy", np.asarray(model(x, training=False)))
        model.save(FOLDER / f"{name}.keras.keras")
        model.save(FOLDER / f"{name}.h5.h5")
        model.export(str(FOLDER / f"{name}.tf2onnx.onnx"), format="onnx", verbose=False)
        print(name, flush=True)


def make_torch():
    import torch
    from torch import nn

    torch.manual_seed(7)

    def dense(widths, function, norm=False, last=nn.Sigmoid):
        """Linear layers to the narrowest and back."""
        sizes = [*widths, *reversed(widths[:-1])]
        layers = []
        for place, (taken, given) in enumerate(zip(sizes, sizes[1:])):
            layers.append(nn.Linear(taken, given))
            is_code, is_last = place == len(widths) - 2, place == len(sizes) - 2
            if norm and not is_code and not is_last:
                layers.append(nn.BatchNorm1d(given))
            if not is_code:
                layers.append(last() if is_last else function())
        return nn.Sequential(*layers)

    def conv(shape, filters, code, function, norm=False, kernel=3, last=nn.Sigmoid):
        """Halving convolutions on even sizes, a code, and the way back."""
        channels, height, width = shape
        first, back = [], []
        for count in filters:
            more = kernel % 2
            height, width = height // 2, width // 2
            first.append(nn.Conv2d(channels, count, kernel, stride=2, padding=1))
            first += [nn.BatchNorm2d(count)] if norm else []
            first.append(function())
            turned = nn.ConvTranspose2d(count, channels, kernel, stride=2, padding=1, output_padding=more)
            outer = [last()] if not back else ([nn.BatchNorm2d(channels)] if norm else []) + [function()]
            back = [turned, *outer, *back]
            channels = count
        flat = channels * height * width
        middle = [nn.Flatten(), nn.Linear(flat, code), nn.Linear(code, flat), function()]
        return nn.Sequential(*first, *middle, nn.Unflatten(1, (channels, height, width)), *back)

    models = {
        "torch-dense": ((40,), dense([40, 24, 6], nn.ReLU)),
        "torch-dense-leaky": ((40,), dense([40, 24, 12, 6], nn.LeakyReLU, last=nn.Identity)),
        "torch-dense-norm": ((40,), dense([40, 24, 6], nn.SiLU, norm=True)),
        "torch-dense-tanh": ((40,), dense([40, 24, 6], nn.Tanh, last=nn.Tanh)),
        "torch-conv": ((1, 28, 28), conv((1, 28, 28), [4, 6], 8, nn.ReLU)),
        "torch-conv-leaky": ((3, 16, 24), conv((3, 16, 24), [4, 6], 8, lambda: nn.LeakyReLU(0.2))),
        "torch-conv-norm": ((3, 16, 16), conv((3, 16, 16), [4, 6, 8], 8, nn.ReLU6, norm=True)),
        "torch-conv-even": ((1, 32, 32), conv((1, 32, 32), [4, 6], 8, nn.GELU, kernel=4, last=nn.Tanh)),
    }
    for name, (shape, model) in models.items():
        model.eval()
        with torch.no_grad():
            for key, values in [*model.named_parameters(), *model.named_buffers()]:
                if values.dtype.is_floating_point:
                    values.copy_(torch.randn_like(values) * 0.3)
                    if "var" in key:
                        values.abs_().add_(0.5)
            x = torch.rand(SAMPLES, *shape)
            np.save(FOLDER / f"{name}.samples.npy", x.numpy())
            np.save(FOLDER / f"{name}.outputs.npy", model(x).numpy())
        path = str(FOLDER / f"{name}.torch.onnx")
        open_batch = {"x": {0: "batch"}, "y": {0: "batch"}}
        torch.onnx.export(model, (x[:1],), path, dynamo=False, input_names=["x"], output_names=["y"], dynamic_axes=open_batch)
        print(name, flush=True)


def told(name, form, outputs):
    wanted = last(np.load(FOLDER / f"{name}.outputs.npy"), name)
    outputs = np.asarray(outputs).reshape(wanted.shape)
    difference = float(np.abs(outputs - wanted).max()) if np.isfinite(outputs).all() else None
    print(json.dumps({"name": name, "form": form, "difference": difference, "largest": float(np.abs(wanted).max())}), flush=True)


def last(values, of):
    """Channels last, as Hourglass has them, where the model has them first."""
    return np.moveaxis(values, 1, -1) if of.startswith("torch-") and values.ndim == 4 else values


def check():
    for path in sorted(FOLDER.glob("*.back-*.keras")):
        import keras

        name, form = path.stem.split(".back-")
        x = np.load(FOLDER / f"{name}.samples.npy")
        told(name, form, keras.saving.load_model(path, compile=False)(x, training=False))
    for path in sorted(FOLDER.glob("*.back-*.onnx")):
        import onnx
        import onnxruntime

        name, form = path.stem.split(".back-")
        onnx.checker.check_model(str(path), full_check=True)
        session = onnxruntime.InferenceSession(path)
        x = last(np.load(FOLDER / f"{name}.samples.npy"), name)
        (source,) = session.get_inputs()
        told(name, form, session.run(None, {source.name: x.reshape(len(x), *source.shape[1:])})[0])


{"make": make, "make-torch": make_torch, "check": check}[sys.argv[1]]()
