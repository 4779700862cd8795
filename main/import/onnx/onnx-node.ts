import type { AttributeProto, NodeProto } from '../../execute/onnx/onnx_pb';
import { constantOf, type OnnxConstant, short } from './onnx-constant';

/** A node with its attributes at hand. */
export class OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly #attributes: ReadonlyMap<string, AttributeProto>;
  #name: string;

  constructor(
    { opType, domain, input, output, name, attribute }: NodeProto,
    private readonly file: string,
  ) {
    this.op = domain === '' || domain === 'ai.onnx' ? opType : `${domain}.${opType}`;
    this.inputs = input;
    this.outputs = output;
    this.#attributes = new Map(attribute.map((each) => [each.name, each]));
    this.#name = short(name || output[0] || opType);
  }

  /** For people; of a layer with weights, what these are called. */
  get name(): string {
    return this.#name;
  }

  /** As a layer is known by: its kind. */
  get type(): string {
    return short(this.op);
  }

  calledLike(weight: string): void {
    const stem = weight.replace(/[./](?:weight|kernel|bias|Cast|MatMul|ReadVariableOp|Read).*$/, '');
    if (/^[\w./-]{1,60}$/.test(stem) && /[A-Za-z]/.test(stem) && !/^(?:val|onnx|const)/i.test(stem))
      this.#name = stem;
  }

  has(name: string): boolean {
    return this.#attributes.has(name);
  }

  int(name: string, otherwise: number): number {
    const attribute = this.#attributes.get(name);
    return attribute ? Number(attribute.i) : otherwise;
  }

  float(name: string, otherwise: number): number {
    return this.#attributes.get(name)?.f ?? otherwise;
  }

  ints(name: string): number[] {
    return this.#attributes.get(name)?.ints.map(Number) ?? [];
  }

  text(name: string, otherwise: string): string {
    const attribute = this.#attributes.get(name);
    return attribute ? new TextDecoder().decode(attribute.s) : otherwise;
  }

  /** @throws ProblemError where it is damaged */
  tensor(name: string): OnnxConstant | null {
    const tensor = this.#attributes.get(name)?.t;
    return tensor ? constantOf(tensor, null, this.file) : null;
  }

  /** What a node `Constant` holds. */
  constant(): OnnxConstant | null {
    const of = (values: readonly number[], dims: readonly number[], isFloat: boolean): OnnxConstant => ({
      dims,
      data: isFloat ? Float32Array.from(values) : Float64Array.from(values),
    });
    if (this.has('value')) return this.tensor('value');
    if (this.has('value_float')) return of([this.float('value_float', 0)], [], true);
    if (this.has('value_int')) return of([this.int('value_int', 0)], [], false);
    const floats = this.#attributes.get('value_floats')?.floats;
    if (floats) return of(floats, [floats.length], true);
    const ints = this.ints('value_ints');
    return this.has('value_ints') ? of(ints, [ints.length], false) : null;
  }
}
