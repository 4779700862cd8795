import pino from 'pino';
import { serve } from '../../shared/ipc/server';
import { createEngineService } from './engine-service';
import { faultReport } from './fault-report';
import { parentTransport } from './parent-transport';

// The entry of the engine's own process. What it has to log goes to stderr, which the host writes into its log.
const log = pino({ base: { engine: process.pid } }, pino.destination({ fd: 2, sync: true }));
const report = faultReport(log);

// Ctrl+C in a terminal goes to every process in it; when to end is the host's to say.
process.on('SIGINT', () => {});
process.on('uncaughtException', (error) => {
  report(error, 'the engine process');
  process.exit(1);
});

const transport = parentTransport();
const engine = createEngineService(report);
serve(transport, engine.handlers, { report });
// Without its host the engine is of no use: it must not be left behind, not even in the middle of a run.
transport.onClose(() => process.exit(0));
void engine.warm();
