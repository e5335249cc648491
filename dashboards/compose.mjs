// Checks a compose file against the compose specification's schema. Usage: compose.mjs FILE

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';

// dclint carries the specification's schema, and exports its own code only.
const dclint = createRequire(import.meta.url).resolve('dclint');
const schema = JSON.parse(readFileSync(join(dirname(dclint), '../schemas/compose.schema.json')));

// It names its dialect by https, which is not the dialect's name; draft 7 is what Ajv takes it for.
delete schema.$schema;

const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
if (!validate(parse(readFileSync(process.argv[2], 'utf8'), { merge: true }))) {
  for (const { instancePath, message, params } of validate.errors) {
    console.error(`${instancePath || '/'} ${message} ${JSON.stringify(params)}`);
  }
  process.exit(1);
}
