// The same name, and another function.
import { exec } from 'node:child_process';

function readBody(event: unknown) {
  return { name: 'chair' };
}

export const run = (event: unknown) => {
  exec(`convert ${readBody(event).name} out.png`); // safe: javascript-command-injection
};
