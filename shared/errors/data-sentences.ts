import type { Sentence, Sentences } from './sentence';

/** What can be wrong with data. */
export const dataSentences = {
  BROKEN_PICTURE: (v: { file: string; reason: string }): Sentence => ({
    message: `Expected a readable picture, but ${v.file} is broken (${v.reason}).`,
    hint: 'Repair or remove it, or choose to skip broken pictures.',
  }),
  BUILTIN_COUNT: (v: { name: string; count: number; smallest: number; largest: number }): Sentence => ({
    message: `The built-in set ${v.name} draws ${v.smallest} to ${v.largest} samples; ${v.count} were asked for.`,
    hint: 'Choose a whole number in this range.',
  }),
  BUILTIN_UNKNOWN: (v: { name: string; known: string }): Sentence => ({
    message: `There is no built-in data set “${v.name}”; there are ${v.known}.`,
    hint: 'Choose one of these in the data panel.',
  }),
  DATA_NO_ROWS: (v: { file: string }): Sentence => ({
    message: `Expected at least one sample, but ${v.file} holds 0.`,
    hint: 'Choose a file that holds samples.',
  }),
  DATA_NOT_RECOGNISED: (v: { path: string; found: string }): Sentence => ({
    message: `Expected IDX files, an NPY file, a table of numbers or a folder of pictures, but ${v.path} ${v.found}.`,
    hint: 'Choose a picture file in IDX form (plain or gzipped), a .npy file, a table as text or in Parquet, or a folder with pictures.',
  }),
  DATA_PATH_MISSING: (v: { path: string }): Sentence => ({
    message: `Expected data at ${v.path}, but there is no such file or folder.`,
    hint: 'Check the path. A relative path starts at the folder of the drawing.',
  }),
  DATA_TEST_SHAPE: (v: { train: string; test: string; place: string }): Sentence => ({
    message: `The training samples in ${v.place} are ${v.train}, but the test samples are ${v.test}.`,
    hint: 'Both sets must have samples of one shape and type. Remove the set that does not belong.',
  }),
  DATA_TOO_LARGE: (v: { file: string; needed: string; limit: string }): Sentence => ({
    message: `${v.file} declares ${v.needed} of samples; at most ${v.limit} are loaded.`,
    hint: 'Choose a smaller set, or a part of this one.',
  }),
  DATA_UNREADABLE: (v: { path: string; reason: string }): Sentence => ({
    message: `Expected to read ${v.path}, but the system refused (${v.reason}).`,
    hint: 'Check that the file or folder may be read, and that nothing is changing it.',
  }),
  FILE_SURPLUS: (v: { file: string; form: string; expected: number }): Sentence => ({
    message: `The header of ${v.file} declares ${v.expected} bytes in ${v.form} form, but more bytes follow.`,
    hint: 'The file is damaged, or two were joined. Get it again.',
  }),
  FILE_TRUNCATED: (v: { file: string; form: string; expected: number; present: number }): Sentence => ({
    message: `The header of ${v.file} declares ${v.expected} bytes in ${v.form} form, but ${v.present} are there.`,
    hint: 'The file was cut off, for instance by a broken download. Get it again.',
  }),
  FILE_TRUNCATED_HEADER: (v: { file: string; form: string; present: number }): Sentence => ({
    message: `Expected a whole ${v.form} header, but ${v.file} ends after ${v.present} bytes.`,
    hint: 'The file was cut off, for instance by a broken download. Get it again.',
  }),
  GZIP_DAMAGED: (v: { file: string; reason: string; unpacked: number }): Sentence => ({
    message: `Expected sound gzip data, but ${v.file} is damaged (${v.reason}) after ${v.unpacked} unpacked bytes.`,
    hint: 'Get the file again.',
  }),
  GZIP_TRUNCATED: (v: { file: string; offset: number; unpacked: number }): Sentence => ({
    message: `Expected whole gzip data, but ${v.file} breaks off at byte ${v.offset}, after ${v.unpacked} unpacked bytes.`,
    hint: 'The file was cut off, for instance by a broken download. Get it again.',
  }),
  GZIP_TOO_DENSE: (v: { file: string; packed: string; limit: string }): Sentence => ({
    message: `${v.file} has ${v.packed} and would be more than ${v.limit} unpacked, more than 100 times as much.`,
    hint: 'Such files are made to fill memory. If it is yours, unpack it (gunzip) and choose what comes of it.',
  }),
  IDX_LABEL_COUNT: (v: {
    pictures: string;
    pictureCount: number;
    labels: string;
    labelCount: number;
  }): Sentence => ({
    message: `Expected a label for each of the ${v.pictureCount} samples of ${v.pictures}, but ${v.labels} holds ${v.labelCount}.`,
    hint: 'The two files do not belong together. Put the matching labels file beside it, or move this one away.',
  }),
  IDX_LABELS_ONLY: (v: { file: string; dimensions: number }): Sentence => ({
    message: `Expected an IDX file of samples (2 to 4 dimensions), but ${v.file} has ${v.dimensions}${v.dimensions === 1 ? ', like a labels file' : ''}.`,
    hint: 'Choose the file whose name says “images”.',
  }),
  IDX_TYPE: (v: { file: string; type: string }): Sentence => ({
    message: `Expected an IDX file of unsigned bytes (type 0x08), but ${v.file} is of type ${v.type}.`,
    hint: 'Convert it to unsigned bytes, or save it as NPY.',
  }),
  IDX_WRONG_MAGIC: (v: { file: string; found: string }): Sentence => ({
    message: `Expected an IDX file (beginning 00 00 08, then the number of dimensions), but ${v.file} begins ${v.found}.`,
    hint: 'Choose an IDX file, such as train-images-idx3-ubyte.gz.',
  }),
  NPY_BAD_HEADER: (v: { file: string; reason: string }): Sentence => ({
    message: `Expected an NPY header with descr, fortran_order and shape, but ${v.file} ${v.reason}.`,
    hint: 'Save the array again with numpy.save.',
  }),
  NPY_DTYPE: (v: { file: string; dtype: string }): Sentence => ({
    message: `Expected numbers (bool, integers of 1 to 8 bytes or floats of 2 to 8), but ${v.file} holds the dtype ${v.dtype}.`,
    hint: 'Convert the array with .astype(numpy.float32) or .astype(numpy.uint8) and save it again.',
  }),
  NPY_NOT_FINITE: (v: {
    file: string;
    rows: number;
    total: number;
    first: string;
    nan: number;
    infinite: number;
  }): Sentence => ({
    message: `Expected finite numbers, but ${v.rows} of ${v.total} rows of ${v.file} hold NaN (${v.nan} values) or infinity (${v.infinite} values): rows ${v.first}, counted from 0.`,
    hint: 'Remove or fill these rows and save the array again.',
  }),
  NPY_OBJECT: (v: { file: string; dtype: string }): Sentence => ({
    message: `Expected numbers, but ${v.file} holds Python objects (dtype ${v.dtype}), which could run code when read.`,
    hint: 'Convert the array with .astype(numpy.float32) and save it again with allow_pickle=False.',
  }),
  NPY_SHAPE: (v: { file: string; shape: string }): Sentence => ({
    message: `Expected an array of samples × values, samples × height × width or samples × height × width × channels, but ${v.file} has the shape ${v.shape}.`,
    hint: 'Reshape the array so that its first axis counts the samples, and save it again.',
  }),
  NPY_WRONG_MAGIC: (v: { file: string; found: string }): Sentence => ({
    message: `Expected an NPY file (beginning 93 4e 55 4d 50 59), but ${v.file} begins ${v.found}.`,
    hint: 'Choose a file written by numpy.save.',
  }),
  PICTURE_TOO_LARGE: (v: { file: string; width: number; height: number; limit: number }): Sentence => ({
    message: `${v.file} is ${v.width}×${v.height} pixels; at most ${v.limit} pixels are read.`,
    hint: 'Make it smaller, or choose to skip broken pictures.',
  }),
  PICTURES_NONE: (v: { folder: string; found: string }): Sentence => ({
    message: `Expected pictures (PNG, JPEG, WebP, GIF, TIFF or AVIF), but ${v.folder} holds ${v.found}.`,
    hint: 'Choose a folder with pictures, or with one folder of pictures a class.',
  }),
} satisfies Sentences;
