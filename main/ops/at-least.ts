import { FLOAT, numberAttribute } from './attributes';
import { elementwise } from './elementwise';
import { onnxNode } from './onnx-nodes';

/** ONNX's number for float32. */
const ONNX_FLOAT = 1;

/** 1 where x is at least the attribute `threshold`, else 0; no gradient flows. */
export const atLeast = elementwise({
  name: 'atLeast',
  arity: 1,
  gradient: () => [null],
  tensorflow(graph, x, _, { attributes }) {
    const is = graph.node('GreaterEqual', [x, graph.float(numberAttribute(attributes, 'threshold'))], FLOAT);
    return graph.node('Cast', [is], { SrcT: { type: 'bool' }, DstT: { type: 'float32' } });
  },
  onnx(graph, x, _, { attributes }) {
    const is = onnxNode(graph, 'GreaterOrEqual', [x, graph.float(numberAttribute(attributes, 'threshold'))]);
    return onnxNode(graph, 'Cast', [is], { to: ONNX_FLOAT });
  },
});
