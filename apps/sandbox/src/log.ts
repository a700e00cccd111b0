/** One line of JSON per event on standard output. Never give it personal data. */
export function log(level: 'info' | 'error', msg: string): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, name: 'sandbox', msg })}\n`);
}
