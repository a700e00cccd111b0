import { type KeyUse, type PrivateKey } from '@bayway/envelope';
import { type ExchangeParts, type Pins, type SideName } from '../src/index.js';
import { Log } from './logs.js';
export type Setting = Readonly<{
    importer: SideName;
    exporter: SideName;
    recipient: string;
    holder: string;
    acts: readonly string[];
    /** Entries of others between those of this exchange. */
    others: number;
    /** Rules that each assessment names. */
    rules: number;
    /** Whether the third jurisdiction cosigned too. */
    third: boolean;
    /** Whether the exporter's broker has a new key since. */
    rotated: boolean;
    /** Owner whose key is entered in the log only after the exchange. */
    late?: string;
    /** Members of a directory line that differ, by owner. */
    lines?: Readonly<Record<string, Record<string, unknown>>>;
}>;
export declare const SMALL: Setting;
type Over = Readonly<Partial<Record<keyof ExchangeParts['objects'], Record<string, unknown>>>>;
/** Three jurisdictions with roots, directories and logs, in which one exchange is made with the real signing code. */
export declare class World {
    readonly setting: Setting;
    readonly keys: Map<string, Readonly<{
        use: KeyUse;
        kid: string;
        publicKey: import("@bayway/envelope").PublicKey;
        jwk: import("jose").JWK;
    }>>;
    readonly logs: Record<SideName, Log>;
    private readonly directories;
    pins: Pins;
    static create(setting: Setting): Promise<World>;
    private constructor();
    private openLog;
    private owners;
    key(owner: string, use?: KeyUse): PrivateKey;
    /** Enters a key in its directory and log; `over` changes the line, as when a key ends. */
    enter(owner: string, use: KeyUse, over?: Record<string, unknown>): Promise<void>;
    private readonly waiting;
    private busy;
    /** One exchange: its parts as the two sides keep them. `over` changes claims of an object before it is signed. */
    exchange(over?: Over): Promise<ExchangeParts>;
    bundle: (parts: ExchangeParts) => Promise<Uint8Array>;
    private sign;
    /** What each service records, and in whose log. */
    private record;
}
/** Claims of a signed object. */
export declare const claimsOf: (jws: string) => any;
/** A world with one bundle in it. */
export declare function newBundle(setting?: Partial<ExchangeSetting>, over?: Over): Promise<{
    world: World;
    parts: {
        objects: {
            request: string;
            importerAssessment: string;
            exporterAssessment: string;
            consentReceipt: string;
            acts: string[];
            permit: string;
            release: string;
            deliveryReceipt: string;
        };
        records: {
            importer: {
                record: Record<string, string | number | boolean | string[] | null>;
                salt: string;
            }[];
            exporter: {
                record: Record<string, string | number | boolean | string[] | null>;
                salt: string;
            }[];
        };
    };
    bytes: Uint8Array<ArrayBufferLike>;
}>;
export {};
//# sourceMappingURL=exchange.d.ts.map