"""Keras on TensorFlow, trained with `fit` as its guides do."""
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
import json
import resource
import sys
import time

import keras
import numpy as np
from keras import layers

task = json.loads(sys.argv[1])
pixels = np.fromfile(task["samplesFile"], dtype=np.uint8).reshape(task["count"], 28, 28, 1)
samples = pixels.astype("float32") / 255.0


def dense():
    return keras.Sequential(
        [
            keras.Input((784,)),
            layers.Dense(256, activation="relu"),
            layers.Dense(64, activation="relu"),
            layers.Dense(32),
            layers.Dense(64, activation="relu"),
            layers.Dense(256, activation="relu"),
            layers.Dense(784, activation="sigmoid"),
        ]
    )


def conv():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, strides=2, padding="same", activation="relu"),
            layers.Conv2D(64, 3, strides=2, padding="same", activation="relu"),
            layers.Flatten(),
            layers.Dense(32),
            layers.Dense(7 * 7 * 64, activation="relu"),
            layers.Reshape((7, 7, 64)),
            layers.Conv2DTranspose(32, 3, strides=2, padding="same", activation="relu"),
            layers.Conv2DTranspose(1, 3, strides=2, padding="same", activation="sigmoid"),
        ]
    )


keras.utils.set_random_seed(7)
if task["model"] == "dense":
    model, x, loss = dense(), samples.reshape(task["count"], 784), "binary_crossentropy"
else:
    model, x, loss = conv(), samples, "mse"
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss)


class EpochEnds(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.ends = []

    def on_epoch_end(self, epoch, logs=None):
        self.ends.append(time.perf_counter())


def go():
    ends = EpochEnds()
    model.fit(x, x, batch_size=task["batchSize"], epochs=task["epochs"] + 1, shuffle=True, verbose=0, callbacks=[ends])
    seconds = ends.ends[-1] - ends.ends[0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"samplesPerSecond": task["count"] * task["epochs"] / seconds, "peakMemoryMB": peak}


print("ready", flush=True)
for line in sys.stdin:
    if line.strip() == "go":
        print(json.dumps(go()), flush=True)
