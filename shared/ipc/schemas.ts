import type { z } from 'zod';
import {
  type CallName,
  type CallParams,
  type CallResult,
  contract,
  type StreamEvent,
  type StreamName,
  type StreamParams,
} from './contract';

type Place = 'host' | 'engine';

/** The contract's calls, typed so that a name of any kind finds the schemas that belong to it. */
export const callSchemas: {
  readonly [C in CallName]: {
    readonly to: Place;
    /** Whether it is the host's alone to ask, and forwarded for no window. */
    readonly hostOnly?: true;
    readonly params: z.ZodType<CallParams<C>>;
    readonly result: z.ZodType<CallResult<C>>;
  };
} = contract.calls;

export const streamSchemas: {
  readonly [S in StreamName]: {
    readonly to: Place;
    readonly hostOnly?: true;
    readonly params: z.ZodType<StreamParams<S>>;
    readonly event: z.ZodType<StreamEvent<S>>;
  };
} = contract.streams;

export function isCallName(name: string): name is CallName {
  return Object.hasOwn(contract.calls, name);
}

export function isStreamName(name: string): name is StreamName {
  return Object.hasOwn(contract.streams, name);
}
