import type { OpCases } from '../verify-op';

const picture = { shape: [2, 3, 4, 3] };

export const shapeCases: OpCases = {
  transpose: [
    { inputs: [{ shape: [3, 5] }], attributes: { axes: [1, 0] } },
    { inputs: [{ shape: [2, 3, 4, 5] }], attributes: { axes: [0, 2, 3, 1] } },
    { inputs: [{ shape: [2, 3, 4, 5] }], attributes: { axes: [3, 0, 2, 1] } },
  ],
  reshape: [
    { inputs: [picture], attributes: { shape: [2, 36] } },
    { inputs: [{ shape: [2, 36] }], attributes: { shape: [2, 3, 4, 3] } },
    { inputs: [{ shape: [2, 1, 4, 1] }], attributes: { shape: [8] } },
  ],
  slice: [
    { inputs: [{ shape: [4, 6] }], attributes: { begin: [1, 2], size: [2, 4] } },
    { inputs: [{ shape: [2, 5, 6, 3] }], attributes: { begin: [0, 1, 2, 0], size: [2, 3, 4, 3] } },
    { inputs: [{ shape: [2, 5, 6, 3] }], attributes: { begin: [1, 0, 0, 1], size: [1, 5, 6, 2] } },
  ],
  pad: [
    { inputs: [{ shape: [2, 3] }], attributes: { before: [0, 1], after: [2, 0] } },
    { inputs: [picture], attributes: { before: [0, 1, 2, 0], after: [0, 0, 3, 1] } },
  ],
  concat: [
    { inputs: [{ shape: [2, 3] }, { shape: [2, 1] }, { shape: [2, 2] }], attributes: { axis: 1 } },
    { inputs: [picture, { shape: [2, 1, 4, 3] }], attributes: { axis: 1 } },
    { inputs: [picture, { shape: [2, 3, 1, 3] }], attributes: { axis: 2 } },
    { inputs: [picture, { shape: [2, 3, 4, 2] }], attributes: { axis: 3 } },
  ],
  broadcastTo: [
    { inputs: [{ shape: [] }], attributes: { shape: [2, 3] } },
    { inputs: [{ shape: [2, 1] }], attributes: { shape: [2, 3] } },
    { inputs: [{ shape: [1, 1, 1, 3] }], attributes: { shape: [2, 4, 5, 3] } },
  ],
  reduceSum: [
    { inputs: [{ shape: [3, 4] }], attributes: { axes: [0] } },
    { inputs: [{ shape: [3, 4] }], attributes: { axes: [1] } },
    { inputs: [{ shape: [3, 4] }], attributes: { axes: [0, 1] } },
    { inputs: [picture], attributes: { axes: [0, 1, 2] } },
    { inputs: [picture], attributes: { axes: [1, 2, 3] } },
    { inputs: [picture], attributes: { axes: [0] } },
    { inputs: [picture], attributes: { axes: [0, 1, 2, 3] } },
    { inputs: [picture], attributes: { axes: [2] } },
  ],
  reduceMean: [
    { inputs: [{ shape: [3, 4] }], attributes: { axes: [0, 1] } },
    { inputs: [picture], attributes: { axes: [1, 2, 3] } },
    { inputs: [picture], attributes: { axes: [0, 1, 2, 3] } },
    { inputs: [picture], attributes: { axes: [0, 1] } },
  ],
  cast: [
    { inputs: [{ shape: [2, 3], dtype: 'uint8', from: 0, to: 256 }] },
    { inputs: [{ shape: [2, 3, 2, 3], dtype: 'uint8', from: 0, to: 256 }] },
  ],
  takeRows: [
    {
      inputs: [
        { shape: [5, 3], dtype: 'uint8', from: 0, to: 256 },
        { shape: [4], dtype: 'int32', from: 0, to: 5 },
      ],
    },
    { inputs: [{ shape: [5, 2, 3, 2] }, { shape: [7], dtype: 'int32', from: 0, to: 5 }] },
  ],
  constant: [
    { inputs: [], attributes: { values: [1.5], shape: [] } },
    { inputs: [], attributes: { values: [1, -2, 3, -4, 5, -6], shape: [2, 3] } },
  ],
};
