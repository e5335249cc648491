// Writes the dashboards' JSON, or checks that what is here is current and of Grafana's types.
// `tsc` runs before it; for the check, `tsc -p build` after it.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import node from './build/node.js';
import client from './build/client.js';

const boards = { node: node.default, client: client.default };
const stale = [];

for (const [name, board] of Object.entries(boards)) {
  const json = JSON.stringify(board, null, 2) + '\n';
  if (process.argv[2] === 'write') {
    writeFileSync(`${name}.json`, json);
  } else {
    const present = readFileSync(`${name}.json`, 'utf8');
    if (present !== json) stale.push(`${name}.json`);
    // The file as it lies here, as a literal: unknown and missing fields are errors, too.
    writeTypeCheck(name, present);
  }
}
writeTypeCheckConfig();
if (stale.length > 0) {
  console.error(`not current: ${stale.join(', ')}; run "npm run build" in dashboards/`);
  process.exit(1);
}

function writeTypeCheck(name, json) {
  mkdirSync('build/json', { recursive: true });
  writeFileSync(`build/json/${name}.ts`,
    `import type { Board } from '../../grafana';\nexport const board: Board = ${json};\n`);
}

function writeTypeCheckConfig() {
  writeFileSync('build/tsconfig.json', JSON.stringify({
    extends: '../tsconfig.json',
    compilerOptions: { noEmit: true, rootDir: '..' },
    files: Object.keys(boards).map(name => `json/${name}.ts`),
  }));
}
