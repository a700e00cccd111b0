import type { DataCategory } from '@bayway/domain';

/** How a category stands in the two laws that class data: Mainland sensitivity (PIPL 28) and class under Law 8/2005 of Macao. Hong Kong has no statutory class. */
export type CategoryClass = Readonly<{
  sensitiveCn: boolean;
  classMo: 'general' | 'credit' | 'sensitive' | 'criminal';
}>;

/** Sensitivity of every category. An item may say otherwise of itself for the Mainland (`item.sensitive`). */
export const CATEGORIES: Readonly<Record<DataCategory, CategoryClass>> = {
  'credit-report': { sensitiveCn: true, classMo: 'credit' },
  'bank-statement': { sensitiveCn: true, classMo: 'credit' },
  'asset-proof': { sensitiveCn: true, classMo: 'credit' },
  'transaction-history': { sensitiveCn: true, classMo: 'credit' },
  'kyc-file': { sensitiveCn: true, classMo: 'credit' },
  'bank-account': { sensitiveCn: true, classMo: 'general' },
  'identity-document': { sensitiveCn: false, classMo: 'general' },
  'hkid-copy': { sensitiveCn: false, classMo: 'general' },
  'address-proof': { sensitiveCn: false, classMo: 'general' },
  'contact-details': { sensitiveCn: false, classMo: 'general' },
  'income-tax': { sensitiveCn: true, classMo: 'general' },
  'social-insurance': { sensitiveCn: true, classMo: 'general' },
  property: { sensitiveCn: true, classMo: 'general' },
  marriage: { sensitiveCn: true, classMo: 'sensitive' },
  education: { sensitiveCn: false, classMo: 'general' },
  'professional-licence': { sensitiveCn: false, classMo: 'general' },
  'driving-licence': { sensitiveCn: false, classMo: 'general' },
  'employment-record': { sensitiveCn: false, classMo: 'general' },
  medical: { sensitiveCn: true, classMo: 'sensitive' },
  vaccination: { sensitiveCn: true, classMo: 'sensitive' },
  'insurance-claim': { sensitiveCn: true, classMo: 'sensitive' },
  genetic: { sensitiveCn: true, classMo: 'sensitive' },
  biometric: { sensitiveCn: true, classMo: 'general' },
  religion: { sensitiveCn: true, classMo: 'sensitive' },
  'criminal-record': { sensitiveCn: true, classMo: 'criminal' },
  'travel-history': { sensitiveCn: true, classMo: 'general' },
  membership: { sensitiveCn: false, classMo: 'general' },
  'auth-secret': { sensitiveCn: true, classMo: 'general' },
};
