/** Of a name, in bytes; ours have at most some tens. */
const LONGEST = 1024;

/** A name of an archive's entry, read from its bytes, and what is wrong with it; null where nothing is. */
export interface EntryName {
  readonly name: string;
  readonly fault: string | null;
}

/**
 * Reads the name of an archive's entry and looks for ways out of any folder it might be unpacked to, on any system
 * (“zip slip”, Snyk 2018). Hourglass never unpacks by name; an archive that has such a one was made to do harm.
 */
export function entryName(raw: Uint8Array): EntryName {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return { name: String.fromCharCode(...raw.subarray(0, 60)), fault: 'has a name that is no UTF-8' };
  }
  return { name, fault: faultOf(name, raw.length) };
}

function faultOf(name: string, bytes: number): string | null {
  if (name === '') return 'has no name';
  if (bytes > LONGEST) return `has a name of ${bytes} bytes`;
  // A zero byte ends a path for the system, so that what is checked would not be what is written.
  if (hasControlCharacter(name)) return 'has a control character in its name';
  if (/^[A-Za-z]:/.test(name)) return 'names a drive';
  if (/^[\\/]/.test(name)) return 'names a place of its own';
  if (name.includes('\\')) return 'has a backslash in its name';
  const parts = name.replace(/\/$/, '').split('/');
  // Windows passes over dots and spaces at the end of a name.
  if (parts.some((part) => part.replace(/[. ]+$/, '') === '')) return 'leads out of its folder';
  return null;
}

function hasControlCharacter(name: string): boolean {
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}
