import type {AddressInfo} from "node:net";
import type {FastifyInstance} from "fastify";
import {InputError} from "../inputError.js";

/** Where to listen; port 0 is any that is free. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
}

/** Lets a server listen and gives its address, such as http://127.0.0.1:5000; throws an InputError where it cannot. */
export async function listen(app: FastifyInstance, {host, port}: ListenOptions): Promise<string> {
  try {
    await app.listen({port, host});
  } catch (error) {
    throw new InputError(explain(error as NodeJS.ErrnoException, port, host));
  }
  const address = app.server.address() as AddressInfo;
  return `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
}

function explain({code, message}: NodeJS.ErrnoException, port: number, host: string): string {
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} is in use; choose another with --port NUMBER`;
    case "EACCES":
      return `port ${port} needs more rights; choose one above 1023 with --port NUMBER`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `this machine has no address ${host}`;
    default:
      return message;
  }
}
