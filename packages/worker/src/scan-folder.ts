import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where the private folders of scans are made. */
export const scanFolder = (given: string | undefined): string => given ?? join(tmpdir(), 'assayer')

/** The file whose time says when a worker of this scan folder last wrote itself into the registry. */
export const signOfLife = (folder: string): string => join(folder, 'alive')
