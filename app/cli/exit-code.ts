/** What every command ends with. */
export const EXIT = {
  ok: 0,
  problem: 1,
  usage: 2,
  /** 128 + SIGINT, as shells have it. */
  interrupted: 130,
} as const;
