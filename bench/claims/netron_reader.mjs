// Opens files by the parser of Netron (the Python package carries its JavaScript), without its window.
//   node netron_reader.mjs FOLDER-OF-NETRON FILE…
// Prints a line of JSON a file: its format, what goes in and comes out, and how many nodes there are.
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [netron = '', ...files] = process.argv.slice(2);
const at = (name) => pathToFileURL(join(netron, name)).href;
const { ModelFactoryService } = await import(at('view.js'));
const { BinaryStream } = await import(at('base.js'));
const complaints = [];
const complain = (error) => void complaints.push(String(error));
const host = {
  type: 'Test',
  window: {},
  document: {},
  environment: () => false,
  require: (id) => import(at(`${id.replace(/^\.\//, '')}.js`)),
  asset: (file) => readFile(join(netron, file), 'utf8'),
  event: () => {},
  exception: complain,
};

async function contextOf(path) {
  const beside = async (file) => new BinaryStream(await readFile(join(dirname(path), file)));
  return {
    identifier: basename(path),
    name: basename(path),
    entries: new Map(),
    tags: new Map(),
    stream: new BinaryStream(await readFile(path)),
    asset: host.asset,
    require: host.require,
    fetch: beside,
    request: beside,
    error: complain,
  };
}

const service = new ModelFactoryService(host);
for (const file of files) {
  const model = await service.open(await contextOf(file));
  const [graph] = model.modules;
  const names = (ends) => ends.map(({ name }) => name);
  const told = {
    format: model.format,
    inputs: names(graph.inputs),
    outputs: names(graph.outputs),
    nodes: graph.nodes.length,
    complaints: complaints.splice(0),
  };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
