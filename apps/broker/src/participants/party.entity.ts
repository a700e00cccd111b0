import type { LocalText, Party } from '@bayway/contracts';
import type { ParticipantId, PartyKind, Place, Sector } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A party of this jurisdiction. */
@Entity('party')
export class PartyEntity {
  @PrimaryColumn('text') id!: ParticipantId;
  @Column('jsonb') name!: LocalText;
  @Column('text') place!: Place;
  @Column('text') kind!: PartyKind;
  @Column('text', { nullable: true }) sector!: Sector | null;
  @Column('text') role!: 'independent' | 'entrusted';
  @Column('boolean', { nullable: true }) ciio!: boolean | null;
  @Column('jsonb') contact!: Party['contact'];
  @Column('jsonb') authority!: LocalText;
  /** Where it is told what concerns it. */
  @Column('text', { nullable: true }) webhook!: string | null;
  @Column('text') status!: 'active' | 'suspended';
}

/** The party as residents and the other side see it. */
export const toParty = ({ id, name, place, kind, sector, contact, authority }: PartyEntity): Party => ({
  id,
  name,
  place,
  kind,
  ...(sector ? { sector } : {}),
  contact,
  authority,
});
