// Writes src/engine/kernels.wasm from its source in this folder: npm run kernels

import { writeFileSync } from 'node:fs';
import { assembleKernels } from './assemble.ts';

writeFileSync(new URL('../../src/engine/kernels.wasm', import.meta.url), await assembleKernels());
