import { exec, execFile } from 'node:child_process';
import { promisify } from 'node:util';

const runLine = promisify(exec);
const runProgram = promisify(execFile);

/** Runs a command line and returns what it prints. */
export async function run(line: string): Promise<string> {
  const { stdout } = await runLine(line, { timeout: 10_000 });
  return stdout;
}

/** Runs a program with its arguments. */
export async function start(program: string, args: string[]): Promise<string> {
  const { stdout } = await runProgram(program, args, { timeout: 10_000 });
  return stdout;
}
