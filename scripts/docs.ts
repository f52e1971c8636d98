// npm run docs: writes the pages of docs/ that are generated.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './build/paths.ts';
import { devicesPage } from './devices-page.ts';
import { doctorPage } from './doctor-page.ts';
import { errorsPage } from './errors-page.ts';
import { limitsPage } from './limits-page.ts';

await writeFile(join(root, 'docs/errors.md'), await errorsPage());
await writeFile(join(root, 'docs/limits.md'), await limitsPage());
await writeFile(join(root, 'docs/devices.md'), await devicesPage());
await writeFile(join(root, 'docs/doctor.md'), await doctorPage());
