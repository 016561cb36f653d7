// Functions that a framework puts into every file: nobody imports them. What the program itself calls so is its own.
import { exec } from 'node:child_process';

export default defineEventHandler(async (event) => {
  const body = await readBody(event);
  const { name } = getQuery(event);
  exec(`convert ${body.name} out.png`); // vuln: javascript-command-injection
  exec(`convert ${name} out.png`); // vuln: javascript-command-injection
  exec(`convert ${Number(name)} out.png`); // safe: javascript-command-injection
});
