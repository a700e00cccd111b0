import { MemoryTree } from '@bayway/transparency';
import { type PrivateKey } from '@bayway/envelope';
import type { PublicEvidence, PublishedLine, SideName } from '../src/index.js';
type Keys = Readonly<{
    log: PrivateKey;
    witnesses: readonly (readonly [SideName, PrivateKey])[];
}>;
/** A log with its published directory, as an evidence service holds it; checkpoints are signed and cosigned for real. */
export declare class Log {
    readonly side: SideName;
    private readonly keys;
    readonly tree: MemoryTree;
    readonly indices: Map<string, number>;
    readonly published: (PublishedLine & {
        owner: string;
    })[];
    private note;
    constructor(side: SideName, keys: Keys);
    add(commitment: string): void;
    /** Records something, as `recordEvidence` does. */
    record(type: string, body: Record<string, unknown>): {
        record: {
            type: string;
        } & Record<string, string>;
        salt: string;
    };
    /** Publishes a directory line and enters it in the log, as `key-directory` does. */
    publish(line: string): void;
    private signed;
    proof(commitment: string): Promise<string | undefined>;
}
/** What the three evidence services answer. */
export declare const evidenceOf: (logs: Readonly<Record<SideName, Log>>) => PublicEvidence;
export {};
//# sourceMappingURL=logs.d.ts.map