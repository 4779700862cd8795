import { parentTransport } from '../../main/engine/parent-transport';
import { answerFetchOrders } from './answer-fetch-orders';
import { getTensorFlow } from './get-tensorflow';

// The entry of the process that fetches TensorFlow beside an open window.

// Ctrl+C in a terminal goes to every process in it; when to end is the host's to say.
process.on('SIGINT', () => {});

const transport = parentTransport();
let hostIsGone = false;
transport.onClose(() => {
  hostIsGone = true;
});
await answerFetchOrders(transport, getTensorFlow);
// Whoever is there to read the last word ends this process when it has.
if (hostIsGone) process.exit(0);
transport.onClose(() => process.exit(0));
