"""The models of the examples in Keras, by the kind named; prints how many samples a second `fit` trains on.

What corrupts samples is left to Keras where it has a layer for it (noise), and done beforehand where it has none. The
samples are random: what they are does not change how long a step takes.
"""
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
import sys
import time

import keras
import numpy as np
import tensorflow as tf
from keras import layers

kind = sys.argv[1]
EPOCHS = 2


def conv(x, filters, stride=2):
    return layers.Conv2D(filters, 3, strides=stride, padding="same", activation="relu")(x)


def transposed(x, filters, stride=2, activation="relu"):
    return layers.Conv2DTranspose(filters, 3, strides=stride, padding="same", activation=activation)(x)


def through_code(x, size):
    shape = x.shape[1:]
    x = layers.Dense(size, activation="relu")(layers.Flatten()(x))
    return layers.Reshape(shape)(layers.Dense(int(np.prod(shape)), activation="relu")(x))


def divergence(h):
    mean = tf.clip_by_value(tf.reduce_mean(h, axis=0), 1e-6, 1 - 1e-6)
    return tf.reduce_sum(0.05 * tf.math.log(0.05 / mean) + 0.95 * tf.math.log(0.95 / (1 - mean)))


class ContractiveDense(layers.Dense):
    def call(self, x):
        h = super().call(x)
        columns = tf.reduce_sum(tf.square(self.kernel), axis=0)
        self.add_loss(0.03 * tf.reduce_mean(tf.reduce_sum(tf.square(h * (1 - h)) * columns, axis=1)))
        return h


def one_layer(code):
    x = keras.Input((784,))
    return keras.Model(x, layers.Dense(784, activation="sigmoid")(code(x))), "binary_crossentropy"


class Variational(keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder = keras.Sequential([layers.Dense(256, activation="relu"), layers.Dense(32)])
        self.decoder = keras.Sequential([layers.Dense(256, activation="relu"), layers.Dense(784)])

    def train_step(self, data):
        x, _ = data
        with tf.GradientTape() as tape:
            mean, log_variance = tf.split(self.encoder(x), 2, axis=1)
            logits = self.decoder(mean + tf.exp(0.5 * log_variance) * tf.random.normal(tf.shape(mean)))
            error = tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(x, logits), axis=1)
            divergence = 0.5 * tf.reduce_sum(
                tf.square(mean) + tf.exp(log_variance) - log_variance - 1.0, axis=1
            )
            loss = tf.reduce_mean(error + divergence)
        weights = self.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        return {"loss": loss}


def denoising():
    x = keras.Input((28, 28, 1))
    noisy = layers.GaussianNoise(0.3)(x)
    h = through_code(conv(conv(noisy, 32), 64), 128)
    return keras.Model(x, transposed(transposed(h, 32), 1, activation="sigmoid")), "binary_crossentropy"


def watermark():
    x = keras.Input((32, 32, 3))
    first = conv(x, 32, 1)
    second = conv(first, 64)
    h = through_code(conv(second, 64), 64)
    h = layers.Concatenate()([transposed(h, 64), second])
    h = layers.Concatenate()([transposed(h, 32), first])
    return keras.Model(x, transposed(h, 3, 1, "sigmoid")), "mse"


def colouring():
    x = keras.Input((32, 32, 1))
    first = conv(x, 32, 1)
    second = conv(first, 64)
    third = conv(second, 128)
    h = layers.Concatenate()([through_code(layers.Dropout(0.5)(third), 32), third])
    h = layers.Concatenate()([transposed(h, 64), second])
    h = layers.Concatenate()([transposed(h, 32), first])
    return keras.Model(x, transposed(h, 3, 1, "sigmoid")), "mse"


class EpochEnds(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.ends = []

    def on_epoch_end(self, epoch, logs=None):
        self.ends.append(time.perf_counter())


keras.utils.set_random_seed(1)
model, loss = {
    "sparse": lambda: one_layer(layers.Dense(1024, activation="sigmoid", activity_regularizer=divergence)),
    "contractive": lambda: one_layer(ContractiveDense(64, activation="sigmoid")),
    "variational": lambda: (Variational(), None),
    "denoising": denoising,
    "watermark": watermark,
    "colouring": colouring,
}[kind]()
if kind in ("watermark", "colouring"):
    shape, count, batch = (32, 32, 3), 9000, 64
elif kind == "denoising":
    shape, count, batch = (28, 28, 1), 16000, 128
else:
    shape, count, batch = (784,), 54000, 128
target = np.random.default_rng(1).random((count, *shape), dtype=np.float32)
given = target[..., :1].copy() if kind == "colouring" else target
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss)
ends = EpochEnds()
# The first epoch traces the step.
model.fit(given, target, batch_size=batch, epochs=EPOCHS + 1, verbose=0, callbacks=[ends])
print("speed", count * EPOCHS / (ends.ends[-1] - ends.ends[0]))
