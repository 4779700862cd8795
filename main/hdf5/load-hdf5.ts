type Hdf5 = typeof import('h5wasm/node')['default'];

let loaded: Promise<Hdf5> | null = null;

/**
 * The HDF5 library (HDF Group), compiled to WebAssembly (h5wasm, NIST). It takes 4 MB and a tenth of a second, so that it is
 * loaded by those alone who need it. Files are opened by their paths on disk.
 */
export function loadHdf5(): Promise<Hdf5> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Hdf5> {
  const { default: hdf5 } = await import('h5wasm/node');
  await hdf5.ready;
  return hdf5;
}
