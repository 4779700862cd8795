import { valueCount } from '../../shared/tensors/shape';
import { numbersAttribute } from './attributes';
import type { OpDefinition } from './op';

/** The float32 numbers of the attribute `values`, under the shape of the attribute `shape`. */
export const constant: OpDefinition = {
  name: 'constant',
  shape(_, attributes) {
    const shape = numbersAttribute(attributes, 'shape');
    const { length } = numbersAttribute(attributes, 'values');
    if (length !== valueCount(shape)) throw new Error(`${length} numbers do not fill [${shape}].`);
    return { shape };
  },
  tensorflow: (graph, { attributes }) =>
    graph.float(numbersAttribute(attributes, 'values'), numbersAttribute(attributes, 'shape')),
  onnx: (graph, { attributes }) =>
    graph.float(numbersAttribute(attributes, 'values'), numbersAttribute(attributes, 'shape')),
};
