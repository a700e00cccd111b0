import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Mails } from './mails.js';

const SIZE_LIMIT = 1_000_000;

/** A mail server that takes every mail and delivers none: all of it ends in the mailbox. */
export function smtpSink(mails: Mails, onFault: (fault: string) => void): SMTPServer {
  const server = new SMTPServer({
    size: SIZE_LIMIT,
    disabledCommands: ['AUTH', 'STARTTLS'],
    maxClients: 20,
    socketTimeout: 10_000,
    banner: 'sandbox mailbox',
    logger: false,
    onData: (stream, _session, done) => {
      simpleParser(stream, { skipImageLinks: true }).then(
        (parsed) => {
          if (stream.sizeExceeded)
            return done(Object.assign(new Error('mail is larger than 1 MB'), { responseCode: 552 }));
          mails.keep(parsed, new Date().toISOString());
          return done();
        },
        () => done(Object.assign(new Error('mail could not be read'), { responseCode: 554 })),
      );
    },
  });
  server.on('error', ({ message }) => onFault(`mailbox: ${message}`));
  return server;
}
