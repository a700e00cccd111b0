import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What became of an ask before she answered it: shown, or put off. Append-only; her answer is in a consent's history. */
@Entity('ask_history')
export class AskHistoryEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  seq!: string;

  @Column('uuid', { name: 'ask_id' })
  askId!: string;

  @Column('text')
  state!: 'requested' | 'deferred';

  @Column('timestamptz')
  at!: Date;
}
