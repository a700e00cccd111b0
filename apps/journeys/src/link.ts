import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The cable over which the others reach a jurisdiction's leaf listener: it can be cut while both ends run on. */
export type Link = Readonly<{ url: string; cut: () => Promise<void>; mend: () => Promise<void> }>;

/** @param port of the leaf listener on this machine, which may begin to listen later */
export async function layLink(port: number): Promise<Link> {
  const ends = new Set<Socket>();
  const hold = (socket: Socket): Socket => {
    ends.add(socket);
    // An end that is reset is told by its closing.
    return socket.on('error', () => undefined).on('close', () => ends.delete(socket));
  };
  const listen = async (at: number): Promise<Server> => {
    const server = createServer((near) => {
      const far = hold(connect(port, '127.0.0.1'));
      hold(near).pipe(far).pipe(near);
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
    return server.unref();
  };
  let server = await listen(0);
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `nats-leaf://127.0.0.1:${own}`,
    mend: async () => void (server = await listen(own)),
    cut: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const end of ends) end.destroy();
      await closed;
    },
  };
}
