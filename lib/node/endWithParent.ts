/**
 * Ends this process, as by SIGTERM, when the one that started it has ended: npm, stopped by a signal, passes it on to the
 * shell that it runs a script in, and that shell ends alone. Does nothing outside a script of npm.
 */
export function endWithParent(): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, 250);
  timer.unref();
}
