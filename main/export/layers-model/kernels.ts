/** Numbers in an array of some shape, row-major. */
export interface Kernel {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * A grouped kernel [height, width, channels / groups, filters] as one that sees all channels, with zeros where a filter does
 * not see a channel: tfjs-layers knows no groups. So it is of a convolution and of its adjoint alike.
 */
export function ungrouped({ shape, data }: Kernel, groups: number): Kernel {
  if (groups === 1) return { shape, data };
  const [height = 0, width = 0, channels = 0, filters = 0] = shape;
  const all = channels * groups;
  const each = filters / groups;
  const whole = new Float32Array(height * width * all * filters);
  for (let place = 0; place < height * width; place++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let filter = 0; filter < filters; filter++) {
        const group = Math.floor(filter / each);
        whole[(place * all + group * channels + channel) * filters + filter] =
          data[(place * channels + channel) * filters + filter]!;
      }
    }
  }
  return { shape: [height, width, all, filters], data: whole };
}

/**
 * The kernel of the convolution that a transposed convolution by steps of 1 is: turned by half a turn, channels and filters
 * exchanged. [height, width, out, in] → [height, width, in, out].
 */
export function turnedKernel({ shape, data }: Kernel): Kernel {
  const [height = 0, width = 0, out = 0, inside = 0] = shape;
  const turned = new Float32Array(data.length);
  for (let place = 0; place < height * width; place++) {
    const from = height * width - 1 - place;
    for (let o = 0; o < out; o++) {
      for (let i = 0; i < inside; i++) {
        turned[(place * inside + i) * out + o] = data[(from * out + o) * inside + i]!;
      }
    }
  }
  return { shape: [height, width, inside, out], data: turned };
}
