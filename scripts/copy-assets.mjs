// tsc emits only what it compiles; the page assets in src/ are copied separately.
import { cp } from 'node:fs/promises';

const isAsset = (path) => !path.endsWith('.ts');
await cp('src', 'dist', { recursive: true, filter: isAsset });
