import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { matchNumber, type IdentityDocument } from '@bayway/domain';
import { CONFIG } from '@bayway/service';
import { ConnectorConfig } from '../config.js';

/** Names of persons in the connector's own tables: the same for every request, and nobody's without the holder's key. */
@Injectable()
export class PersonNames {
  constructor(@Inject(CONFIG) private readonly config: ConnectorConfig) {}

  /** @param use names of different uses tell nothing about one another */
  nameOf(use: 'answers' | 'carried', document: IdentityDocument): string {
    const { HOLDER_KEK: key = this.config.KEK } = this.config;
    const text = [use, document.kind, matchNumber(document)].join('\n');
    return createHmac('sha256', Buffer.from(key, 'base64url')).update(text).digest('base64url');
  }
}
