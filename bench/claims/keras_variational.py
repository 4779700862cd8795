"""The model of examples/mnist-variational.hourglass in Keras; prints KL + reconstruction of a test picture, in nats."""
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
import gzip
import sys

import keras
import numpy as np
import tensorflow as tf
from keras import layers

folder, epochs = sys.argv[1], int(sys.argv[2])
CODE = 16


def pictures(name):
    with gzip.open(os.path.join(folder, name)) as file:
        return np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784).astype("float32") / 255.0


class Variational(keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder = keras.Sequential([layers.Dense(256, activation="relu"), layers.Dense(2 * CODE)])
        self.decoder = keras.Sequential([layers.Dense(256, activation="relu"), layers.Dense(784)])

    def parts(self, x, drawn):
        mean, log_variance = tf.split(self.encoder(x), 2, axis=1)
        noise = tf.random.normal(tf.shape(mean)) if drawn else 0.0
        logits = self.decoder(mean + tf.exp(0.5 * log_variance) * noise)
        error = tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(x, logits), axis=1)
        divergence = 0.5 * tf.reduce_sum(tf.square(mean) + tf.exp(log_variance) - log_variance - 1.0, axis=1)
        return tf.reduce_mean(error + divergence)

    def train_step(self, x):
        with tf.GradientTape() as tape:
            loss = self.parts(x, True)
        weights = self.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        return {"loss": loss}


keras.utils.set_random_seed(1)
train, test = pictures("train-images-idx3-ubyte.gz"), pictures("t10k-images-idx3-ubyte.gz")
model = Variational()
model.compile(optimizer=keras.optimizers.Adam(1e-3))
# A tenth is held out, as in the drawing.
model.fit(train[6000:], batch_size=128, epochs=epochs, verbose=0)
print("nats", float(model.parts(tf.constant(test), False)))
