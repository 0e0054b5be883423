import { access, constants } from 'node:fs/promises'

/** Rejects with the system's error for the first file that cannot be read: then this machine is at fault, not what it runs. */
export async function checkReadable(files: Iterable<string>): Promise<void> {
  for (const file of files) await access(file, constants.R_OK)
}
